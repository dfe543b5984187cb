// SPDX-License-Identifier: GPL-2.0-only
// A program held in flight: suspended at its first CCW until HALT or CLEAR.
#include "../base/error.hpp"
#include "steps.hpp"

namespace client {

Chain held_program(Session &s)
{
	Chain chain = Chain::fresh(s.memory(), 2);

	chain.add({kCmdNop, kCcwSuspend | kCcwSli, 1, chain.first()});
	return chain;
}

Orb held_orb(const Session &s, const Chain &chain)
{
	Orb orb = Session::orb_for(chain);

	orb.spnd = true;
	orb.ssic = s.options().suppress_suspended;
	return orb;
}

bool step_hold_start(Report &r, Session &s, Chain &chain)
{
	chain = held_program(s);
	const int err = s.device().start(held_orb(s, chain));
	r.say("START: a CCW with the suspend flag, at " + to_hex(chain.first(), 8) + "; it stays in flight");
	if (!r.expect(err == 0, "START accepted", errno_name(err)))
		return false;
	Chain other = Chain::fresh(s.memory(), 1);
	other.add({kCmdNop, kCcwSli, 1, other.first()});
	const int second = s.device().start(Session::orb_for(other));
	r.say("START: a NOP, while the first program is in flight");
	r.expect(second == -EBUSY, "EBUSY", errno_name(second));
	return true;
}

static bool only_suspended(const Irb &irb)
{
	return irb->fctl() == kFctlStart && (irb->actl() & kActlSuspended) && !irb->final();
}

Irb need_but_suspended(Report &r, Session &s, const char *after)
{
	for (;;) {
		const Irb irb = s.need_irb(after);
		if (!only_suspended(irb))
			return irb;
		r.say("the program is suspended, says a status");
	}
}

static bool only_intermediate(const Irb &irb)
{
	return (irb->stctl() & kStctlIntermediate) &&
	       !(irb->stctl() & (kStctlAlert | kStctlPrimary | kStctlSecondary));
}

void settle_halt(Report &r, Session &s, const Irb &last)
{
	if (only_intermediate(last)) {
		const int err = async_when_free(s, Async::kClear);
		r.say("an intermediate status ends no program: CLEAR");
		if (r.expect(err == 0, "CLEAR accepted", errno_name(err)))
			wait_function(r, s, kFctlClear, "CLEAR");
		return;
	}
	if (!(last->actl() & (kActlSubchannelActive | kActlDeviceActive)))
		return;
	Chain chain = Chain::fresh(s.memory(), 1);
	chain.add({kCmdNop, kCcwSli, 1, chain.first()});
	const std::int64_t end = now_ms() + 1000;
	unsigned busy = 0;
	int err;
	while ((err = s.device().start(Session::orb_for(chain))) == -EBUSY && now_ms() < end)
		busy++;
	r.say("the status shows the subchannel active");
	if (r.expect(err == 0, "a START is accepted once it is proven inactive, after " + std::to_string(busy) + " that were busy",
		     errno_name(err)))
		wait_function(r, s, kFctlStart, "NOP");
}

void expect_guest_cpa(Report &r, const Irb &irb, const Chain &chain)
{
	const std::uint32_t cpa = irb->cpa;

	r.expect(cpa == 0 || (cpa >= chain.first() && cpa <= chain.next()),
		 "CPA 0 or of the guest's program (" + to_hex(chain.first(), 8) + " to " + to_hex(chain.next(), 8) + ")",
		 to_hex(cpa, 8));
}

void step_hold_end(Report &r, Session &s, const Chain &chain, Async how)
{
	const int err = s.device().async(how);

	r.say(std::string(async_name(how)) + " SUBCHANNEL, to end it");
	if (!r.expect(err == 0, std::string(async_name(how)) + " accepted", errno_name(err)))
		return;
	const Irb irb = wait_function(r, s, how == Async::kHalt ? kFctlHalt : kFctlClear, async_name(how));
	r.irb("end_irb", irb);
	expect_guest_cpa(r, irb, chain);
	settle_halt(r, s, irb);
	r.say("and the device takes the next program:");
	step_nop(r, s);
}

} // namespace client
