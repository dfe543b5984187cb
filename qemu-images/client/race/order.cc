// SPDX-License-Identifier: GPL-2.0-only
#include "../base/error.hpp"
#include "../cmd/steps.hpp"
#include "pinned.hpp"
#include "scenario.hpp"

namespace client {

// After an unprocessed CLEAR interrupt a program is started, which stays in
// flight.  It must survive the processing of that interrupt.
//
//	this thread			worker
//	CLEAR, interrupt captured
//	START (a suspended program)
//	blocks
//					processes CLEAR's interrupt
//	HALT: CPA of the program?
static void clear_then_start(RaceContext &ctx, Session &s)
{
	Report &r = ctx.report;
	const Chain chain = held_program(s);
	int start;

	{
		Pinned pinned;
		accepted(r, s, Async::kClear);
		start = s.device().start(held_orb(s, chain));
	}
	r.expect(start == 0 || start == -EBUSY, "START accepted, or refused as busy", errno_name(start));
	const Irb first = need_but_suspended(r, s, "CLEAR");
	r.irb("clear_irb", first);
	r.expect(function_of(first) == "clear", "the first status is of CLEAR alone", function_of(first));
	if (start == -EBUSY)
		start = s.device().start(held_orb(s, chain));
	if (!r.expect(start == 0, "the program is in flight", errno_name(start)))
		return;
	const int other = s.device().start(Session::orb_for(nop_program(s)));
	r.expect(other == -EBUSY, "another START finds it busy: EBUSY", errno_name(other));
	expect_in_flight(r, s);
	accepted(r, s, Async::kHalt);
	const Irb end = need_but_suspended(r, s, "HALT");
	r.irb("halt_irb", end);
	r.expect(end->fctl() & kFctlHalt, "the next status is of HALT", function_of(end));
	expect_guest_cpa(r, end, chain);
	settle_halt(r, s, end);
	still_works(r, s);
}

static void clear_start(RaceContext &ctx)
{
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		s.memory().release_all();
		clear_then_start(ctx, s);
	}
}

static void clear_start_running(RaceContext &ctx)
{
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		s.memory().release_all();
		const Chain first = held_program(s);
		const int err = s.device().start(held_orb(s, first));
		if (!ctx.report.expect(err == 0, "a first program is in flight", errno_name(err)))
			return;
		clear_then_start(ctx, s);
	}
}

// A START's write lies between an interrupt and the read of its status.
static void start_between(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		s.memory().release_all();
		const Chain one = nop_program(s), two = nop_program(s);
		int err = s.device().start(Session::orb_for(one));
		r.expect(err == 0, "the first START accepted", errno_name(err));
		r.expect(s.io().wait(s.timeout_ms()), "its interrupt signalled", "none");
		err = s.device().start(Session::orb_for(two));
		r.expect(err == 0 || err == -EBUSY, "the second START accepted, or refused as busy", errno_name(err));
		const auto first = s.wait_irb();
		r.expect(first && ended_normally(*first, one), "the first program's status",
			 first ? function_of(*first) + ", CPA " + to_hex((*first)->cpa, 8) : "none");
		if (err == -EBUSY)
			err = s.device().start(Session::orb_for(two));
		r.expect(err == 0, "the second program started", errno_name(err));
		const auto second = s.wait_irb();
		r.expect(second && ended_normally(*second, two), "the second program's status",
			 second ? function_of(*second) + ", CPA " + to_hex((*second)->cpa, 8) : "none");
	}
	const auto rest = drain(s, 100);
	r.expect(rest.empty(), "nothing more", functions_of(rest));
}

// The CPA left from an earlier program must not be shown as an idle function's.
static void idle_cpa(RaceContext &ctx, Async which)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		s.memory().release_all();
		still_works(r, s);
		accepted(r, s, which);
		const Irb irb = s.need_irb(async_name(which));
		r.irb("irb", irb);
		r.expect(irb->cpa == 0, "CPA 0", to_hex(irb->cpa, 8));
	}
}

static void idle_clear(RaceContext &ctx) { idle_cpa(ctx, Async::kClear); }
static void idle_halt(RaceContext &ctx) { idle_cpa(ctx, Async::kHalt); }

// Programs at changing addresses: each status once, in order, of the right one.
static void each_once(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const std::uint64_t times = ctx.times(1000);
	std::uint64_t unsolicited = 0, signals = 0, reads = 0;

	for (std::uint64_t i = 0; i < times; i++) {
		if (i % 256 == 0)
			s.memory().release_all();
		const Chain chain = nop_program(s);
		if (const int err = s.device().start(Session::orb_for(chain)))
			throw unexpected_error("refused", failed("START " + std::to_string(i + 1), err));
		for (bool mine = false; !mine;) {
			if (!s.io().wait(s.timeout_ms()))
				throw unexpected_error("timeout", "no interrupt for START " + std::to_string(i + 1));
			signals += s.io().take();
			ccw_io_region region{};
			s.device().read_io(region);
			reads++;
			const Scsw w = Scsw::decode(region.irb_area);
			mine = w.fctl() & kFctlStart;
			unsolicited += !w.fctl();
			if (mine && (w.cpa < chain.first() || w.cpa > chain.next()))
				throw unexpected_error("wrong-status", "START " + std::to_string(i + 1) + " of " +
									       to_hex(chain.first(), 8) + " got " + w.line());
		}
	}
	const auto rest = drain(s, 100);
	r.expect(rest.empty(), "nothing more", functions_of(rest));
	r.expect(signals == reads, "as many signals as statuses", std::to_string(signals) + " and " + std::to_string(reads));
	r.add("ios", times, std::to_string(times) + " programs, each with its own status");
	r.add("unsolicited", unsolicited, std::to_string(unsolicited) + " unsolicited statuses between them");
}

std::vector<Scenario> order_scenarios()
{
	return {
		{"clear-start", "a program started before CLEAR's interrupt is processed survives it", clear_start},
		{"clear-start-running", "the same, with another program in flight at first", clear_start_running},
		{"start-between", "a START between an interrupt and the read of its status", start_between},
		{"idle-clear-cpa", "CLEAR on the idle device shows CPA 0", idle_clear},
		{"idle-halt-cpa", "HALT on the idle device shows CPA 0", idle_halt},
		{"each-once", "many STARTs: each status once and of its own program", each_once},
	};
}

} // namespace client
