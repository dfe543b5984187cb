// SPDX-License-Identifier: GPL-2.0-only
#include "walk.hpp"

namespace vccw {
namespace {

constexpr u32 kCcwSize = sizeof(Ccw);
constexpr u32 kFirstFetch = 16; // CCWs; then four times as many, up to a page
constexpr u32 kNone = ~0u;

} // namespace

void make_invalid(Ccw &c)
{
	c.cmd = 0;
	c.flags = 0;
	c.count = 0;
	c.cda = kInvalidCda;
}

bool find_slot(const ProgramBody &body, u32 guest, u32 *slot)
{
	for (const Segment &s : body.segments) {
		const u32 at = (guest - s.guest) / kCcwSize;

		if (guest >= s.guest && (at < s.count || guest == s.guest)) {
			*slot = s.first + at;
			return true;
		}
	}
	return false;
}

Status Walker::over(vccw_msg limit, u32 value, u32 guest)
{
	port_.log(limit, value, guest);
	return -VCCW_EINVAL;
}

Status Walker::run(u32 cpa)
{
	u32 scanned = 0;
	u32 bridged = 0;

	VCCW_TRY(walk(cpa));
	for (;;) {
		if (scanned < body_.segments.size()) {
			VCCW_TRY(walk_tics(body_.segments[scanned++]));
		} else if (bridged < body_.segments.size()) {
			const Segment &s = body_.segments[bridged++];
			const u32 behind = s.guest + s.count * kCcwSize;
			u32 slot;

			speculative_ = true;
			if (s.open && !find_slot(body_, behind, &slot))
				VCCW_TRY(walk(behind));
		} else {
			return kOk;
		}
	}
}

// Takes a copy of `segment`: the array may move.
Status Walker::walk_tics(const Segment &segment)
{
	const u32 first = segment.first;
	const u32 end = segment.tics ? first + segment.count : first;

	for (u32 i = first; i < end; i++) {
		const Ccw c = body_.storage.ccws()[i];
		const u32 target = c.cda;
		u32 slot;

		if (c.cmd != ccw::kCmdTic || (target & 7) || target >= address_end() ||
		    find_slot(body_, target, &slot))
			continue;
		VCCW_TRY(walk(target));
	}
	return kOk;
}

// The lowest address above `guest` at which a known segment begins.
u32 Walker::next_known(u32 guest) const
{
	u32 next = kNone;

	for (const Segment &s : body_.segments)
		if (s.guest > guest && s.guest < next && s.count)
			next = s.guest;
	return next;
}

Status Walker::walk(u32 guest)
{
	if (body_.segments.size() >= limits_.segments) {
		if (speculative_)
			return kOk;
		return over(VCCW_MSG_LIMIT_SEGMENTS, limits_.segments, guest);
	}

	const u32 joint = next_known(guest);
	Segment s{guest, slots_, 0, false, false};
	u32 fetched = 0;

	for (;;) {
		if (!fetched) {
			if (guest + s.count * kCcwSize == joint) {
				VCCW_TRY(join(s, joint));
				break;
			}
			VCCW_TRY(fetch(s, joint, &fetched));
			if (!fetched)
				break;
		}

		const u32 at = s.first + s.count;

		to_format1(body_.storage.ccws()[at]);
		fetched--;
		s.count++;
		ccws_++;
		if (!goes_on(s, at))
			break;
	}
	make_invalid(body_.storage.ccws()[s.first + s.count]);
	if (!body_.segments.push(port_, s))
		return -VCCW_ENOMEM;
	slots_ = ProgramBody::end_of(s);
	return kOk;
}

// Reads CCWs behind those of `segment`, up to the end of the page or to what is
// known already.  *fetched is 0 where the channel could fetch nothing either.
Status Walker::fetch(Segment &segment, u32 joint, u32 *fetched)
{
	const u32 guest = segment.guest + segment.count * kCcwSize;
	const u32 at = segment.first + segment.count;
	u32 n = segment.count ? segment.count * 3 : kFirstFetch;

	*fetched = 0;
	n = min_u32(n, (kPage - (guest & (kPage - 1))) / kCcwSize);
	if (joint != kNone)
		n = min_u32(n, (joint - guest) / kCcwSize);
	n = min_u32(n, limits_.ccws - ccws_);
	if (!n && !speculative_)
		return over(VCCW_MSG_LIMIT_CCWS, limits_.ccws, guest);

	VCCW_TRY(make_room(at + n + 1, guest)); // one slot more for the bridge
	if (n && guest < address_end() &&
	    port_.read_guest(guest, &body_.storage.ccws()[at], n * kCcwSize).ok())
		*fetched = n;
	return kOk;
}

// Slots for at least `room` CCWs; twice what there is where that is possible.
Status Walker::make_room(u32 room, u32 guest)
{
	Storage &storage = body_.storage;
	const u32 doubled = 2 * storage.ccw_capacity();

	if (room <= storage.ccw_capacity() ||
	    (room < doubled && storage.grow_ccws(port_, doubled, limits_.bytes).ok()) ||
	    storage.grow_ccws(port_, room, limits_.bytes).ok())
		return kOk;
	if (storage.over_limit())
		return over(VCCW_MSG_LIMIT_STORAGE, limits_.bytes, guest);
	port_.log(VCCW_MSG_NO_MEMORY, u64{room} * kCcwSize);
	return -VCCW_ENOMEM;
}

// `segment` has run into one that is known: continues with a copy of it.
Status Walker::join(Segment &segment, u32 joint)
{
	for (const Segment &known : body_.segments) {
		if (known.guest != joint || !known.count)
			continue;

		const u32 at = segment.first + segment.count;

		if (known.count > limits_.ccws - ccws_) {
			if (!speculative_)
				return over(VCCW_MSG_LIMIT_CCWS, limits_.ccws, joint);
			return kOk;
		}
		VCCW_TRY(make_room(at + known.count + 1, joint));
		memcpy(&body_.storage.ccws()[at], &body_.storage.ccws()[known.first],
		       known.count * kCcwSize);
		segment.count += known.count;
		segment.open = known.open;
		segment.tics = segment.tics || known.tics;
		ccws_ += known.count;
		return kOk;
	}
	return kOk;
}

// Whether the channel can go on from the CCW in slot `at`, the last one of
// `segment`, to the one behind it.
bool Walker::goes_on(Segment &segment, u32 at)
{
	const Ccw &c = body_.storage.ccws()[at];
	const Ccw *const before = segment.count > 1 ? &c - 1 : nullptr;
	const bool in_data_chain = before && (before->flags & ccw::kDataChain);
	const bool commanded = before && (before->flags & ccw::kChain) == ccw::kCommandChain;

	if (c.cmd == ccw::kCmdTic) {
		const u32 target = c.cda;

		segment.tics = true;
		tic_in_data_chain_ = tic_in_data_chain_ || in_data_chain;
		// Back into its own segment: a loop that the device leaves by
		// status modifier.
		if (commanded && target >= segment.guest &&
		    target < segment.guest + segment.count * kCcwSize)
			return true;
		segment.open = commanded && may_skip_next(before->cmd);
		return false;
	}
	any_ida_ = any_ida_ || (c.flags & ccw::kIda);
	if (c.flags & ccw::kDataChain)
		chained_ |= directions_of(c.cmd);
	if (!directions_of(c.cmd) && !in_data_chain)
		return false;
	if (c.flags & ccw::kChain)
		return true;
	segment.open = commanded && may_skip_next(before->cmd);
	return false;
}

// Format 0: command, 24-bit address, flags, ignored byte, count.  In a TIC the
// left half of the command code, flags and count have no meaning; elsewhere a
// count of zero is invalid, which it is not in format 1.
void Walker::to_format1(Ccw &c) const
{
	if (format1_)
		return;

	const Ccw raw = c;
	const u32 word0 = u32{raw.cmd} << 24 | u32{raw.flags} << 16 | u32{raw.count};
	const u32 word1 = raw.cda;
	const bool tic = (raw.cmd & 0xf) == ccw::kCmdTic;

	if (!tic && !(word1 & 0xffff)) {
		make_invalid(c);
		return;
	}
	c.cmd = tic ? ccw::kCmdTic : raw.cmd;
	c.flags = tic ? u8{0} : static_cast<u8>(word1 >> 24);
	c.count = tic ? u16{0} : static_cast<u16>(word1);
	c.cda = word0 & 0xffffff;
}

} // namespace vccw
