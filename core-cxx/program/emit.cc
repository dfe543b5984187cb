// SPDX-License-Identifier: GPL-2.0-only
#include "emit.hpp"

namespace vccw {

Status Emitter::run()
{
	const Plan &plan = body_.plan;
	bool certain = true;

	for (const Segment &s : plan.segments) {
		if (certain && s.ground == Ground::kPossible) {
			certain = false;
			body_.pages.end_certain();
		}
		VCCW_TRY(segment(s));
	}
	VCCW_TRY(finish_outputs());
	if (plan.any_behind)
		for (const Segment &s : plan.segments)
			lead_on(s);
	return kOk;
}

Status Emitter::segment(const Segment &s)
{
	Context context = s.context;

	for (u32 i = 0; i < s.count; i++) {
		if (context == Context::kCommand)
			i += simple_commands(s.first + i, s.count - i);
		if (i == s.count)
			break;

		const Ccw c = at(s.first + i);

		if (c.cmd == ccw::kCmdTic) {
			tic(s.first + i, context);
			context = Context::kCommand;
			continue;
		}
		VCCW_TRY(command(s.first + i, context));
		context = c.flags & ccw::kDataChain
				  ? context_in_data_chain(context, c.cmd, body_.plan.device)
				  : Context::kCommand;
	}
	return kOk;
}

// The first word of the IDAL at `list`, if it was fetched with something before it;
// otherwise an address that no data has.
u64 Emitter::word_at_hand(u32 list) const
{
	const u32 size = format2_ida() ? sizeof(Be64) : sizeof(Be32);
	const u8 *const at = list & (size - 1) ? nullptr : body_.fetched.at_hand(list, size);

	if (!at)
		return ~0ull;
	if (format2_ida()) {
		Be64 word;

		memcpy(&word, at, sizeof(word));
		return word;
	}

	Be32 word;

	memcpy(&word, at, sizeof(word));
	return u32{word};
}

// Does as command(), direct() and indirect() would with as many CCWs from `slot` on, `n` at
// most, as are a command by itself whose data lies in one block.  Returns how many; what
// it can't do, an error included, is left to command().
u32 Emitter::simple_commands(u32 slot, u32 n)
{
	constexpr u8 not_simple = ccw::kDataChain | ccw::kSkip | ccw::kMida;
	constexpr u8 forward = u8(Flow::kFetch) | u8(Flow::kStore);
	const u32 most = min_u32(min_u32(n, Pacer::kUnits), body_.storage.idal_room());
	const Storage::List list = body_.storage.idal(port_, most, limits_.bytes);
	Be64 *const words = static_cast<Be64 *>(list.words);
	Ccw *const ccws = &at(slot);
	const u64 list_end = format2_ida() ? ~0ull : kEnd31;
	u64 page = ~0ull; // of the CCW before
	u64 token = 0;    // of that page's first byte
	u8 known = 0;     // the flows for which that page is to be pinned
	u32 i;

	for (i = 0; i < most; i++) {
		Ccw &c = ccws[i];
		const bool listed = c.flags & ccw::kIda;
		const u64 addr = listed ? word_at_hand(c.cda) : u64{u32{c.cda}};
		const u32 count = c.count;
		const u8 flow = u8(flow_of_command(c.cmd));

		if ((c.flags & not_simple) || !count || addr >= (listed ? list_end : kEnd31) ||
		    (u32(addr) & (block_ - 1)) + count > block_ || !(flow & forward))
			break;
		if ((addr & ~u64{kPage - 1}) != page)
			known = 0;
		if (!(flow & known)) {
			if (!listed && flow == u8(Flow::kFetch) && count <= kMostCopied &&
			    outputs_size_ < most_outputs_) {
				outputs_[outputs_size_++] = {
					slot + i, list.abs + i * u32(sizeof(Be64)), &words[i]};
				words[i] = PageSet::bad_token();
				continue;
			}
			page = addr & ~u64{kPage - 1};
			known |= flow;
			token = body_.pages.token(port_, page, flow & u8(Flow::kStore),
						  limits_.pages);
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

// A CCW that is not a TIC.
//
// The device that is asked to go on may present status modifier where the plan does not
// expect it, and then a CCW in a data chain is taken for a command.  The channel ignores
// its code otherwise, so a code that would have its data flow in another way is
// made an invalid one.
//
// A CCW with a suspend flag that it may not have is a program check (Principles of Operation,
// "CCW Format").  What is behind it is planned for whoever left it out, so in a data chain it
// is made an invalid one, too, and no channel's opinion of the flag matters.
Status Emitter::command(u32 slot, Context context)
{
	constexpr u8 chains_and_suspends = ccw::kDataChain | ccw::kSuspend;
	Ccw &c = at(slot);
	const Flow flow = flow_in(context, c.cmd);
	const u8 how = c.flags & (ccw::kIda | ccw::kMida);

	if (flow == Flow::kNone || c.cda >= kEnd31 || ccw::is_mida_amiss(c.flags) ||
	    (how == ccw::kMida && !(word1_ & orb::kMidaw)) ||
	    ((c.flags & chains_and_suspends) == chains_and_suspends &&
	     (context != Context::kCommand || !(word1_ & orb::kSuspend)))) {
		pacer_.spend(1);
		make_invalid(c);
		return kOk;
	}
	if (context != Context::kCommand && flow_of_command(c.cmd) != flow)
		c.cmd = 0;
	if (!c.count || ((c.flags & ccw::kSkip) && stores(flow))) {
		without_data(c);
		return kOk;
	}
	if (flow == Flow::kNothing)
		return zeros(slot);
	if (how == ccw::kIda)
		return indirect(slot, flow);
	if (how == ccw::kMida)
		return modified(slot, flow);
	return direct(slot, flow);
}

void Emitter::tic(u32 slot, Context context)
{
	Ccw &c = at(slot);
	const u32 target = c.cda;
	const CcwRun *run = nullptr;
	u32 to;

	pacer_.spend(1);
	if (!(target & 7) && target < address_end())
		run = body_.plan.find(target, context, &to);
	// What can't be fetched is the TIC's check, too.
	if (!run || !run->count)
		make_invalid(c);
	else
		c.cda = body_.storage.ccw_abs(to);
}

// The channel comes to a slot behind the segment: it goes on where the guest's program
// does.  A TIC must not lead to a TIC.
void Emitter::lead_on(const Segment &segment)
{
	for (u32 k = 0; k < Plan::kBehind; k++) {
		const Segment::Behind b = segment.behind[k];
		const u32 index = segment.count + k;
		Ccw &c = at(segment.first + index);
		u32 to;

		if (!b.used ||
		    !body_.plan.find(segment.guest + index * u32(sizeof(Ccw)), b.context, &to))
			continue;
		pacer_.spend(1);
		if (at(to).cmd == ccw::kCmdTic) {
			c = at(to);
			continue;
		}
		c.cmd = ccw::kCmdTic;
		c.cda = body_.storage.ccw_abs(to);
	}
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
		return why_.set(VCCW_MSG_LIMIT_STORAGE, limits_.bytes, body_.plan.segments[0].guest,
				-VCCW_EINVAL);
	}
	return why_.set(VCCW_MSG_NO_MEMORY, kPage, 0, -VCCW_ENOMEM);
}

Status Emitter::out_of_pages(u32 slot)
{
	if (body_.pages.size() < limits_.pages) {
		return why_.set(VCCW_MSG_NO_MEMORY, body_.pages.bytes(), 0, -VCCW_ENOMEM);
	}
	return why_.set(VCCW_MSG_LIMIT_PAGES, limits_.pages,
			body_.guest_cpa(body_.storage.ccw_abs(slot)), -VCCW_EINVAL);
}

} // namespace vccw
