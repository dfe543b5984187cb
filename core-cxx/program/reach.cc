// SPDX-License-Identifier: GPL-2.0-only
#include "reach.hpp"

namespace vccw {

Status Reach::run(u32 cpa, Ground ground)
{
	VCCW_TRY(walk({cpa, cpa, By::kStart, Ground::kCertain, Context::kCommand}, CcwMap::kNone));
	VCCW_TRY(follow(plan_.certain_ways));
	return ground == Ground::kPossible ? follow(plan_.possible_ways) : kOk;
}

Status Reach::add_way(const Way &way)
{
	const bool certain = way.ground == Ground::kCertain;
	Vec<Way> &ways = certain ? plan_.certain_ways : plan_.possible_ways;

	return ways.push(port_, way) ? kOk : no_memory(2 * ways.bytes());
}

// A TIC with flags or a count is invalid.
Status Reach::add_tic(const Ccw &tic, u32 guest, Context context, Ground ground)
{
	const u32 target = tic.cda;

	if (tic.flags || u16{tic.count} || (target & 7) || target >= address_end())
		return kOk;
	return add_way({target, guest, By::kTic, ground, context});
}

// From possible ground no way leads back to certain ground.
Status Reach::follow(Vec<Way> &ways)
{
	for (u32 i = 0; i < ways.size(); i++) {
		const Way way = ways[i];
		const CcwMap::Found found = plan_.map.find(way.guest, way.context);

		pacer_.spend(1);
		if (!found.run) {
			VCCW_TRY(walk(way, found.next));
			continue;
		}

		const Ccw c =
			body_.storage.ccws()[found.run->slot + found.run->index_of(way.guest)];

		// It may have been reached by TIC before, which makes its target possible.
		if (c.cmd == ccw::kCmdTic && way.by != By::kTic)
			VCCW_TRY(add_tic(c, way.guest, way.context, way.ground));
	}
	ways.set_size(0);
	return kOk;
}

// `next`: what the map says of it.
Status Reach::walk(const Way &way, u32 next)
{
	plan_.any_possible = plan_.any_possible || way.ground == Ground::kPossible;
	if (plan_.segments.size() >= limits_.segments)
		return why_.set(VCCW_MSG_LIMIT_SEGMENTS, limits_.segments, way.guest, -VCCW_EINVAL);

	Walk w{{way.guest, slots_, 0, way.from, way.by, way.ground, way.context, {}},
	       way.context,
	       Skips::kNever,
	       0,
	       0,
	       next,
	       false};

	if (!has_room(w.s, 0))
		return no_room(way.guest);
	for (;;) {
		if (!w.fetched)
			VCCW_TRY(fetch(w));
		if (!w.fetched)
			return end(w);
		if (!plain_commands(w))
			VCCW_TRY(step(w));
		if (w.over)
			return end(w);
	}
}

// Nothing of the guest's stays behind the segment.
Status Reach::end(Walk &w)
{
	Ccw *const behind = &body_.storage.ccws()[w.s.first + w.s.count];

	memset(behind, 0, w.fetched * sizeof(Ccw));
	for (u32 i = 0; i < Plan::kBehind; i++) {
		behind[i].count = 0;
		make_invalid(behind[i]);
	}
	// Most programs are one segment, for which nobody will ask the map.
	if (((plan_.segments.size() || leads_on()) && !map_rest(w)) ||
	    !plan_.segments.push(port_, w.s))
		return no_memory(2 * plan_.bytes());
	slots_ = Plan::end_of(w.s);
	return kOk;
}

void Reach::take(Walk &w, u32 n)
{
	w.fetched -= n;
	w.s.count += n;
	ccws_ += n;
}

const Ccw *Reach::before_misaligned_list(const Ccw *c, const Ccw *end) const
{
	while (c < end && !((c->flags & ccw::kIda) && (c->cda & (idaw_ - 1))))
		c++;
	return c;
}

// Takes the CCWs behind the segment that are each a command by itself with command
// chaining, as most programs consist of.  The same as step() of each.
bool Reach::plain_commands(Walk &w)
{
	const Ccw *const first = &next_ccw(w);
	const Ccw *const end = first + w.fetched;
	const u8 looked_at = ccw::kChain | may_be_bad_;
	const Ccw *c = first;
	u8 seen = 0;
	u32 addresses = 0;

	if (w.context != Context::kCommand)
		return false;
	while (c < end && (c->cmd & 7) && (c->flags & looked_at) == ccw::kCommandChain &&
	       !(c->cda & kInvalidCda)) {
		addresses |= c->cda;
		seen |= c++->flags;
	}
	if ((seen & ccw::kIda) && (addresses & (idaw_ - 1)))
		c = before_misaligned_list(first, c);
	if (c == first)
		return false;
	plan_.any_ida = plan_.any_ida || (seen & ccw::kIda);
	w.skips = skips_of(c[-1].cmd, plan_.device);
	take(w, u32(c - first));
	return true;
}

// One CCW, behind those of the segment.
Status Reach::step(Walk &w)
{
	const Ccw c = next_ccw(w);
	const Skips skips = w.skips;

	if (c.cmd == ccw::kCmdTic)
		return tic(w, c);
	if (!(c.flags & ccw::kChain) || !is_executed(c, w.context)) {
		take(w, 1);
		plan_.any_ida = plan_.any_ida || (c.flags & ccw::kIda);
		w.over = true;
		return skips != Skips::kNever ? land(w) : kOk;
	}
	if (skips != Skips::kNever && (c.flags & ccw::kDataChain))
		return part(w);
	take(w, 1);
	plan_.any_ida = plan_.any_ida || (c.flags & ccw::kIda);
	if (c.flags & ccw::kDataChain) {
		w.skips = Skips::kNever;
		return enter(w, context_in_data_chain(w.context, c.cmd, plan_.device));
	}
	w.skips = skips_after(w.context, c.cmd, plan_.device);
	return enter(w, Context::kCommand);
}

// A TIC that is first in the program, or that a TIC leads to, is a program check by the
// Principles of Operation ("Transfer in Channel").  QEMU (css.c) and Hercules (channel.c)
// go on from the first.  The copy has the same TICs, and the channel that runs it decides.
Status Reach::tic(Walk &w, const Ccw &c)
{
	const Skips skips = w.skips;
	const bool by_tic = !w.s.count && w.s.by == By::kTic;

	VCCW_TRY(add_tic(c, next_address(w), w.context, by_tic ? Ground::kPossible : w.s.ground));
	take(w, 1);
	w.skips = Skips::kNever;
	w.over = skips != Skips::kAsUsual;
	return skips == Skips::kPerhaps ? land(w) : kOk;
}

// Whether the channel would look for the list of `c`; where there is no data for it, it does
// not look at the address.
bool Reach::may_have_list(const Ccw &c, Context context) const
{
	const u32 part = c.flags & ccw::kMida ? u32(sizeof(Midaw)) : idaw_;

	if (ccw::is_mida_amiss(c.flags) || (!midaw_ && (c.flags & ccw::kMida)))
		return false;
	if (!(c.cda & (part - 1)) || !u16{c.count})
		return true;

	const Flow flow = flow_in(context, c.cmd);

	return flow == Flow::kNothing || ((c.flags & ccw::kSkip) && stores(flow));
}

// Whether the channel executes `c`, which is not a TIC; otherwise it is a program
// check.  What the address designates is not looked at.
bool Reach::is_executed(const Ccw &c, Context context) const
{
	const bool chained = context != Context::kCommand;

	return (chained || flow_of_command(c.cmd) != Flow::kNone) && !(c.cda & kInvalidCda) &&
	       (u16{c.count} || !(chained || (c.flags & ccw::kDataChain))) &&
	       (!(c.flags & (ccw::kIda | ccw::kMida)) || may_have_list(c, context)) &&
	       (!(c.flags & ccw::kSuspend) || !(chained || (may_be_bad_ & ccw::kSuspend)));
}

} // namespace vccw
