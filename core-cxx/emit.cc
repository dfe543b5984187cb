// SPDX-License-Identifier: GPL-2.0-only
#include "emit.hpp"

namespace vccw {

Status Emitter::run()
{
	for (const Segment &s : body_.segments) {
		Directions carried = 0;

		for (u32 i = 0; i < s.count; i++) {
			if (!carried && !through_)
				i += usual(s.first + i, s.count - i);
			if (i == s.count)
				break;

			const Ccw c = at(s.first + i);

			if (c.cmd == ccw::kCmdTic) {
				tic(s.first + i);
				carried = 0;
				continue;
			}
			VCCW_TRY(one(s.first + i, s.guest + i * u32(sizeof(Ccw)), carried));
			carried = c.flags & ccw::kDataChain ? directions_of(c.cmd) | carried : 0;
		}
	}
	for (const Segment &s : body_.segments)
		if (s.open)
			bridge(s);
	return kOk;
}

// Does as one() and direct() would with as many CCWs from `slot` on, `n` at most,
// as are of the usual kind: a command by itself whose data lies in one block.
// Returns how many; what it can't do, an error included, is left to one().
u32 Emitter::usual(u32 slot, u32 n)
{
	constexpr u8 unusual = ccw::kDataChain | ccw::kSkip | ccw::kIda | ccw::kMida;
	const u32 most = min_u32(min_u32(n, Pacer::kUnits), body_.storage.idal_room());
	const Storage::List list = body_.storage.idal(port_, most, limits_.bytes);
	Be64 *const words = static_cast<Be64 *>(list.words);
	Ccw *const ccws = &at(slot);
	u32 page = ~0u;      // of the CCW before
	u64 token = 0;       // of that page's first byte
	Directions done = 0; // the ways in which that page is known to be used
	u32 i;

	for (i = 0; i < most; i++) {
		Ccw &c = ccws[i];
		const u32 addr = c.cda;
		const u32 count = c.count;
		const Directions way = directions_of(c.cmd);

		if ((c.flags & unusual) || c.cmd == ccw::kCmdNop || !count || addr >= kEnd31 ||
		    (addr & (block_ - 1)) + count > block_ || !(way & (kFetches | kStores)))
			break;
		if ((addr & ~(kPage - 1)) != page)
			done = 0;
		if (!(way & done)) {
			page = addr & ~(kPage - 1);
			done |= way;
			token = body_.pages.token(port_, page, way & kStores, limits_.pages);
			if (!token)
				break;
		}
		words[i] = token | (addr & (kPage - 1));
		c.flags |= ccw::kIda;
		c.cda = list.abs + i * u32(sizeof(Be64));
	}
	body_.storage.trim_idal(most - i);
	pacer_.spend(i);
	return i;
}

// A CCW that is not a TIC; `carried`: directions that the CCW before it gives
// to it by data chaining, where its own command code does not count.
Status Emitter::one(u32 slot, u32 guest, Directions carried)
{
	Ccw &c = at(slot);
	const Directions chained = carried | through_;
	const Directions all = chained | directions_of(c.cmd);
	const u8 how = c.flags & (ccw::kIda | ccw::kMida);

	if (!all || c.cda >= kEnd31 || how == (ccw::kIda | ccw::kMida) ||
	    (how == ccw::kMida && !(word1_ & orb::kMidaw))) {
		pacer_.spend(1);
		make_invalid(c);
		return kOk;
	}
	if (!c.count || ((c.flags & ccw::kSkip) && !(all & kFetches))) {
		without_data(c);
		return kOk;
	}
	if (c.cmd == ccw::kCmdNop && !chained)
		return zeros(slot);
	if ((all & kStoresBackward) && all != kStoresBackward) {
		port_.log(VCCW_MSG_MIXED_CHAIN, guest);
		return -VCCW_EOPNOTSUPP;
	}

	const Flow flow{(all & kAnyStore) != 0, all == kStoresBackward, !(all & kFetches)};

	if (how == ccw::kIda)
		return indirect(slot, flow);
	if (how == ccw::kMida)
		return modified(slot, flow);
	return direct(slot, flow);
}

void Emitter::tic(u32 slot)
{
	Ccw &c = at(slot);
	const u32 target = c.cda;
	u32 to;

	pacer_.spend(1);
	if ((target & 7) || target >= address_end() || !find_slot(body_, target, &to))
		make_invalid(c);
	else
		c.cda = body_.storage.ccw_abs(to);
}

// The channel left out a CCW and comes to the slot behind the segment: it goes
// on where the guest's program does.  A TIC must not lead to a TIC.
void Emitter::bridge(const Segment &segment)
{
	Ccw &c = at(segment.first + segment.count);
	u32 to;

	pacer_.spend(1);
	if (!find_slot(body_, segment.guest + segment.count * u32(sizeof(Ccw)), &to))
		return;
	if (at(to).cmd == ccw::kCmdTic) {
		c = at(to);
		return;
	}
	c.cmd = ccw::kCmdTic;
	c.cda = body_.storage.ccw_abs(to);
}

void Emitter::without_data(Ccw &c)
{
	pacer_.spend(1);
	c.flags = static_cast<u8>(c.flags & ~(ccw::kIda | ccw::kMida));
	c.cda = 0;
}

void Emitter::point_to(u32 slot, u8 how, const Storage::List &list)
{
	Ccw &c = at(slot);

	c.flags = static_cast<u8>((c.flags & ~(ccw::kIda | ccw::kMida)) | how);
	c.cda = list.abs;
}

Status Emitter::out_of_storage()
{
	if (body_.storage.over_limit()) {
		port_.log(VCCW_MSG_LIMIT_STORAGE, limits_.bytes, body_.segments[0].guest);
		return -VCCW_EINVAL;
	}
	port_.log(VCCW_MSG_NO_MEMORY, kPage);
	return -VCCW_ENOMEM;
}

Status Emitter::out_of_pages(u32 slot)
{
	if (body_.pages.size() < limits_.pages) {
		port_.log(VCCW_MSG_NO_MEMORY, body_.pages.bytes());
		return -VCCW_ENOMEM;
	}
	port_.log(VCCW_MSG_LIMIT_PAGES, limits_.pages,
		  body_.guest_cpa(body_.storage.ccw_abs(slot)));
	return -VCCW_EINVAL;
}

} // namespace vccw
