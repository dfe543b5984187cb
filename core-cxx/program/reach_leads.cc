// SPDX-License-Identifier: GPL-2.0-only
// Where a segment leads when it ends: to a CCW that is planned for already, or to one that is
// reached in another way as well.
//
//	READ CC    segment 1          SEARCH CC    segment 1
//	(1000)     is in segment 0    READ CD      segment 2, and
//	                              01           segment 3: in a data chain there, a command here
#include "reach.hpp"

namespace vccw {

// The CCW that comes next is in `context`.
Status Reach::enter(Walk &w, Context context)
{
	u32 slot;

	if (context == w.context)
		return kOk;
	if (!map_rest(w))
		return no_memory(2 * plan_.bytes());
	w.context = context;
	return plan_.find(next_address(w), context, &slot) ? join(w, slot) : kOk;
}

void Reach::lead(Walk &w, u32 index, By by, Ground ground, Context context)
{
	w.s.behind[index] = {true, by, ground, context};
	plan_.any_behind = true;
}

// The last CCW of the segment may be left out.
Status Reach::land(Walk &w)
{
	const u32 last = address_of(w.s, w.s.count - 1);
	const u32 guest = next_address(w);

	lead(w, 0, By::kStatusModifier, Ground::kPossible, Context::kCommand);
	return add_way({guest, last - u32(sizeof(Ccw)), By::kStatusModifier, Ground::kPossible,
			Context::kCommand});
}

// The CCW that comes next is in `slot` already.
Status Reach::join(Walk &w, u32 slot)
{
	const u32 guest = next_address(w);
	const u32 last = address_of(w.s, w.s.count - 1);
	const bool is_tic = body_.storage.ccws()[slot].cmd == ccw::kCmdTic;

	w.over = true;
	lead(w, 0, By::kChaining, w.s.ground, w.context);
	VCCW_TRY(add_way({guest, last, By::kChaining, w.s.ground, w.context}));
	if (w.skips == Skips::kNever)
		return kOk;

	const bool for_both = is_tic && w.skips == Skips::kAsUsual;
	const Ground ground = for_both ? w.s.ground : Ground::kPossible;

	lead(w, 1, By::kStatusModifier, ground, Context::kCommand);
	return add_way(
		{guest + u32(sizeof(Ccw)), last, By::kStatusModifier, ground, Context::kCommand});
}

// A CCW that may be left out chains data: the one behind it is reached in two
// contexts.  So both are in segments of their own.
Status Reach::part(Walk &w)
{
	const u32 last = address_of(w.s, w.s.count - 1);

	w.over = true;
	lead(w, 0, By::kChaining, w.s.ground, Context::kCommand);
	lead(w, 1, By::kStatusModifier, Ground::kPossible, Context::kCommand);
	VCCW_TRY(add_way({next_address(w), last, By::kChaining, w.s.ground, Context::kCommand}));
	return add_way({next_address(w) + u32(sizeof(Ccw)), last, By::kStatusModifier,
			Ground::kPossible, Context::kCommand});
}

} // namespace vccw
