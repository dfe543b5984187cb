// SPDX-License-Identifier: GPL-2.0-only
#include "walk.hpp"

namespace vccw {
namespace {

constexpr u32 kCcwSize = sizeof(Ccw);
constexpr u32 kFirstFetch = 16; // CCWs; then four times as many, up to a page

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
	const CcwRun *const run = body.map.find(guest).run;

	if (run)
		*slot = run->slot + run->index_of(guest);
	return run != nullptr;
}

// A limit is hit at `guest`.
Status Walker::over(vccw_msg limit, u32 value, u32 guest)
{
	at_limit_ = speculative_;
	if (speculative_)
		return kOk;
	port_.log(limit, value, guest);
	return -VCCW_EINVAL;
}

Status Walker::run(u32 cpa)
{
	u32 scanned = 0;
	u32 bridged = 0;

	VCCW_TRY(walk(cpa));
	while (!at_limit_) {
		pacer_.spend(1);
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
			break;
		}
	}
	return kOk;
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

		if (c.cmd != ccw::kCmdTic)
			continue;
		pacer_.spend(1);
		if ((target & 7) || target >= address_end() || find_slot(body_, target, &slot))
			continue;
		VCCW_TRY(walk(target));
	}
	return kOk;
}

// Has the map know the CCWs of `segment` that were fetched and not noted yet.
bool Walker::note_fetched(const Segment &segment)
{
	const u32 from = noted_;

	noted_ = segment.count;
	if (from >= segment.count && segment.count)
		return true;
	return body_.map.add(port_, {segment.guest + from * kCcwSize, segment.count - from,
				     body_.segments.size(), segment.first + from});
}

Status Walker::walk(u32 guest)
{
	if (body_.segments.size() >= limits_.segments)
		return over(VCCW_MSG_LIMIT_SEGMENTS, limits_.segments, guest);

	Segment s{guest, slots_, 0, false, false};
	u32 fetched = 0;

	if (!has_room(s, 0))
		return no_room(guest);
	command_ = 0;
	noted_ = 0;
	for (;;) {
		if (!fetched) {
			VCCW_TRY(fetch(s, &fetched));
			if (!fetched)
				break;
		}
		if (const u32 n = chained_commands(s, fetched)) {
			fetched -= n;
			s.count += n;
			ccws_ += n;
			continue;
		}
		fetched--;
		s.count++;
		ccws_++;
		if (!goes_on(s))
			break;
	}

	// Nothing of the guest's stays behind the segment.
	Ccw *const behind = &body_.storage.ccws()[s.first + s.count];

	memset(behind, 0, fetched * kCcwSize);
	for (u32 i = 0; i < ProgramBody::kBehind; i++)
		make_invalid(behind[i]);
	if (!note_fetched(s) || !body_.segments.push(port_, s))
		return -VCCW_ENOMEM;
	slots_ = ProgramBody::end_of(s);
	return kOk;
}

// Gets CCWs behind those of `segment`: a copy of what is known already, or from
// guest storage up to the end of the page or to what is known.  *fetched is 0
// where the channel could fetch nothing either.
Status Walker::fetch(const Segment &segment, u32 *fetched)
{
	const u32 guest = segment.guest + segment.count * kCcwSize;
	const u32 at = segment.first + segment.count;
	const u32 allowed = limits_.ccws - ccws_;
	u32 n = segment.count ? segment.count * 3 : kFirstFetch;

	*fetched = 0;
	if (guest >= address_end())
		return kOk;
	if (!allowed)
		return over(VCCW_MSG_LIMIT_CCWS, limits_.ccws, guest);

	const CcwMap::Found found = body_.map.find(guest);

	if (found.run) {
		const Segment &of = body_.segments[found.run->segment];
		const u32 known = found.run->slot + found.run->index_of(guest);

		n = min_u32(of.first + of.count - known, allowed);
		if (!has_room(segment, n))
			return no_room(guest);
		if (!note_fetched(segment))
			return -VCCW_ENOMEM;
		noted_ += n;
		memcpy(&body_.storage.ccws()[at], &body_.storage.ccws()[known], n * kCcwSize);
		pacer_.spend(n);
		*fetched = n;
		return kOk;
	}
	n = min_u32(n, (kPage - (guest & (kPage - 1))) / kCcwSize);
	n = min_u32(n, (found.next - guest) / kCcwSize);
	n = min_u32(n, allowed);
	if (!has_room(segment, n))
		return no_room(guest);

	Ccw *const ccws = &body_.storage.ccws()[at];

	if (!port_.read_guest(guest, ccws, n * kCcwSize).ok())
		return kOk;
	if (!format1_)
		for (u32 i = 0; i < n; i++)
			to_format1(ccws[i]);
	pacer_.spend(n);
	*fetched = n;
	return kOk;
}

// Makes room for `n` CCWs more and what is behind them; if it takes more
// storage, for twice what there is where that is possible.
bool Walker::has_room(const Segment &segment, u32 n)
{
	Storage &storage = body_.storage;
	const u32 room = ProgramBody::end_of(segment) + n;
	const u32 doubled = 2 * storage.ccw_capacity();

	return room <= storage.ccw_capacity() ||
	       (room < doubled && storage.grow_ccws(port_, doubled, limits_.bytes).ok()) ||
	       storage.grow_ccws(port_, room, limits_.bytes).ok();
}

Status Walker::no_room(u32 guest)
{
	if (speculative_ || body_.storage.over_limit())
		return over(VCCW_MSG_LIMIT_STORAGE, limits_.bytes, guest);
	port_.log(VCCW_MSG_NO_MEMORY, u64{body_.storage.ccw_capacity()} * kCcwSize);
	return -VCCW_ENOMEM;
}

// How many of the `fetched` CCWs behind those of `segment` are each a command, by
// itself, with command chaining: what most programs consist of.  The same as
// goes_on() of each.
u32 Walker::chained_commands(const Segment &segment, u32 fetched)
{
	const Ccw *const first = &body_.storage.ccws()[segment.first + segment.count];
	const Ccw *const end = first + fetched;
	const Ccw *c = first;
	u8 seen = 0;

	if (segment.count && (first[-1].flags & ccw::kDataChain))
		return 0;
	while (c < end && c->cmd != ccw::kCmdTic && (c->flags & ccw::kChain) == ccw::kCommandChain)
		seen |= c++->flags;
	if (c == first)
		return 0;
	command_ = c[-1].cmd;
	any_ida_ = any_ida_ || (seen & ccw::kIda);
	return u32(c - first);
}

// Whether the channel can go on from the last CCW of `segment` to the one
// behind it.  An invalid CCW is no end: it may be one in a data chain.
bool Walker::goes_on(Segment &segment)
{
	const Ccw &c = body_.storage.ccws()[segment.first + segment.count - 1];
	const Ccw *const before = segment.count > 1 ? &c - 1 : nullptr;
	const bool in_data_chain = before && (before->flags & ccw::kDataChain);
	const bool commanded = before && (before->flags & ccw::kChain) == ccw::kCommandChain;
	// A segment may begin inside a data chain, whose command is not known here.
	const bool skippable = commanded && (may_skip_next(command_) || !directions_of(command_));

	if (c.cmd == ccw::kCmdTic) {
		const u32 target = c.cda;

		segment.tics = true;
		tic_in_data_chain_ = tic_in_data_chain_ || in_data_chain;
		// Back into its own segment: a loop that the device leaves by
		// status modifier.
		if (commanded && target >= segment.guest &&
		    target < segment.guest + segment.count * kCcwSize)
			return true;
		segment.open = skippable;
		return false;
	}
	if (!in_data_chain)
		command_ = c.cmd;
	any_ida_ = any_ida_ || (c.flags & ccw::kIda);
	if (c.flags & ccw::kDataChain)
		chained_ |= directions_of(c.cmd);
	if (c.flags & ccw::kChain)
		return true;
	segment.open = skippable;
	return false;
}

// Format 0: command, 24-bit address, flags, ignored byte, count.  In a TIC the
// left half of the command code, flags and count have no meaning; elsewhere a
// count of zero is invalid, which it is not in format 1.
void Walker::to_format1(Ccw &c)
{
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
