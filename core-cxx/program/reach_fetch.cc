// SPDX-License-Identifier: GPL-2.0-only
// Copies of the guest's CCWs for reach.cc: out of guest storage or, where they were fetched
// for another context, out of the slots that have them.
#include "reach.hpp"

namespace vccw {
namespace {

// CCWs; then four times as many, up to a page.
constexpr u32 kFirstFetch = Fetched::kCcws;

} // namespace

void make_invalid(Ccw &c)
{
	c.cmd = 0;
	c.flags = 0;
	c.cda = kInvalidCda;
}

Status Reach::no_memory(usize bytes)
{
	return why_.set(VCCW_MSG_NO_MEMORY, bytes, 0, -VCCW_ENOMEM);
}

// Has the map know the CCWs that it does not know yet, which are in one context.
bool Reach::map_rest(Walk &w)
{
	const u32 from = w.mapped;

	w.mapped = w.s.count;
	if (from >= w.s.count && w.s.count)
		return true;
	return plan_.map.add(port_, {CcwRun::key_of(address_of(w.s, from), w.context),
				     w.s.count - from, w.s.first + from});
}

// Gets CCWs behind the segment, none of which is planned for in the same context, up to
// the end of the page.  w.fetched is 0 where the channel could fetch nothing either,
// or where the segment joins another.
Status Reach::fetch(Walk &w)
{
	const u32 guest = next_address(w);
	const u32 allowed = limits_.ccws - ccws_;
	u32 n = w.s.count ? w.s.count * 3 : kFirstFetch;

	// Of the ORB's address; a TIC that is misaligned leads nowhere.
	if ((guest & 7) || guest >= address_end())
		return kOk;

	n = min_u32(n, (kPage - (guest & (kPage - 1))) / u32(sizeof(Ccw)));

	const CcwRun *known = nullptr;

	for (u32 left = plan_.map.contexts(); left; left &= left - 1) {
		const Context context = Context(std::countr_zero(left));
		const bool known_not = !w.s.count && context == w.context;
		const CcwMap::Found found =
			known_not ? CcwMap::Found{nullptr, w.next} : plan_.map.find(guest, context);

		if (found.run && context == w.context)
			return join(w, found.run->slot + found.run->index_of(guest));
		known = found.run ? found.run : known;
		n = min_u32(n, (found.next - guest) / u32(sizeof(Ccw)));
	}
	if (!allowed)
		return why_.set(VCCW_MSG_LIMIT_CCWS, limits_.ccws, guest, -VCCW_EINVAL);
	n = min_u32(n, allowed);
	if (known) {
		const u32 index = known->index_of(guest);

		if (!known->count)
			return kOk;
		return copy(w, known->slot + index, min_u32(n, known->count - index));
	}
	if (!has_room(w.s, n))
		return no_room(guest);

	Ccw *const ccws = &body_.storage.ccws()[w.s.first + w.s.count];

	if (!body_.fetched.fetch(port_, guest, ccws, n * u32(sizeof(Ccw))))
		return kOk;
	body_.fetched.keep(guest, ccws, n);
	if (!format1_)
		for (u32 i = 0; i < n; i++)
			to_format1(ccws[i]);
	pacer_.spend(n);
	w.fetched = n;
	return kOk;
}

Status Reach::copy(Walk &w, u32 slot, u32 n)
{
	if (!has_room(w.s, n))
		return no_room(next_address(w));

	Ccw *const ccws = body_.storage.ccws();

	memcpy(&ccws[w.s.first + w.s.count], &ccws[slot], n * sizeof(Ccw));
	pacer_.spend(n);
	w.fetched = n;
	return kOk;
}

// Makes room for `n` CCWs more and what is behind them; if it takes more
// storage, for twice what there is where that is possible.
bool Reach::has_room(const Segment &segment, u32 n)
{
	Storage &storage = body_.storage;
	const u32 room = Plan::end_of(segment) + n;
	const u32 doubled = 2 * storage.ccw_capacity();

	return room <= storage.ccw_capacity() ||
	       (room < doubled && storage.grow_ccws(port_, doubled, limits_.bytes).ok()) ||
	       storage.grow_ccws(port_, room, limits_.bytes).ok();
}

Status Reach::no_room(u32 guest)
{
	if (body_.storage.over_limit())
		return why_.set(VCCW_MSG_LIMIT_STORAGE, limits_.bytes, guest, -VCCW_EINVAL);
	return no_memory(usize{body_.storage.ccw_capacity()} * sizeof(Ccw));
}

// Format 0: command, 24-bit address, flags, ignored byte, count.  In a TIC the
// left half of the command code, flags and count have no meaning; elsewhere a
// count of zero is invalid, which it is not in format 1.
void Reach::to_format1(Ccw &c)
{
	const Ccw raw = c;
	const u32 word0 = u32{raw.cmd} << 24 | u32{raw.flags} << 16 | u32{raw.count};
	const u32 word1 = raw.cda;
	const bool tic = (raw.cmd & 0xf) == ccw::kCmdTic;

	if (!tic && !(word1 & 0xffff)) {
		c.count = 0;
		make_invalid(c);
		return;
	}
	c.cmd = tic ? ccw::kCmdTic : raw.cmd;
	c.flags = tic ? u8{0} : static_cast<u8>(word1 >> 24);
	c.count = tic ? u16{0} : static_cast<u16>(word1);
	c.cda = word0 & 0xffffff;
}

} // namespace vccw
