// SPDX-License-Identifier: GPL-2.0-only
#include "../base/error.hpp"
#include "../cmd/steps.hpp"
#include "scenario.hpp"

namespace client {

void leave_held(Report &r, Session &s)
{
	const int err = s.device().start(held_orb(s, held_program(s)));

	if (!r.expect(err == 0, "a program is in flight", errno_name(err)))
		throw unexpected_error("refused", failed("START", err));
}

// Leaves `leave` behind, closes, opens again.
static void close_with(RaceContext &ctx, void (*leave)(Report &, Session &))
{
	for (std::uint64_t i = 0; i < ctx.times(10); i++) {
		{
			Session s(ctx.session);
			leave(ctx.report, s);
		}
		Session s(ctx.session);
		ctx.report.expect(!s.io().wait(50), "no interrupt from before the close", "one");
		still_works(ctx.report, s);
	}
}

// One status is signalled, two wait behind it.
void leave_unread(Report &r, Session &s)
{
	const Chain chain = nop_program(s);

	for (int i = 0; i < 3; i++) {
		const int err = start_unread(s, chain);

		r.expect(err == 0, "START accepted", errno_name(err));
		s.io().wait(s.timeout_ms());
	}
}

static void leave_cleared(Report &r, Session &s)
{
	leave_held(r, s);
	accepted(r, s, Async::kClear);
}

static void close_held(RaceContext &ctx) { close_with(ctx, leave_held); }
static void close_unread(RaceContext &ctx) { close_with(ctx, leave_unread); }
static void close_cleared(RaceContext &ctx) { close_with(ctx, leave_cleared); }

// Memory that a program in flight uses is unmapped.
static void unmap_running(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const std::uint64_t gpa = s.options().memory_bytes + (2 << 20), length = 1 << 20;
	const auto data = static_cast<std::uint32_t>(gpa);

	if (const int err = s.memory().add(gpa, length, true))
		throw environment_error("no-dma-map", failed("mapping a second area", err), "use less with --memory MIB");
	for (std::uint64_t i = 0; i < ctx.times(10); i++) {
		s.memory().release_all();
		Chain chain = Chain::fresh(s.memory(), 1);
		chain.add({kCmdSenseId, kCcwSuspend | kCcwSli, 64, data});
		int err = s.device().start(held_orb(s, chain));
		r.expect(err == 0, "a program is in flight", errno_name(err));
		const std::int64_t begin = now_ms();
		err = s.memory().unmap(gpa, length);
		r.expect(err == 0, "the unmap of its data succeeds", errno_name(err));
		const auto all = drain(s, 50);
		r.say("after " + std::to_string(now_ms() - begin) + " ms; statuses: " + functions_of(all));
		expect_broken_off(r, all);
		still_works(r, s);
		Chain read = Chain::fresh(s.memory(), 1);
		read.add({kCmdSenseId, kCcwSli, 64, data});
		expect_refused_program(r, s, Session::orb_for(read), "SENSE ID into the area that is gone");
		err = s.memory().map_again(gpa, length);
		r.expect(err == 0, "mapped again", errno_name(err));
		const Irb irb = s.must_run(read, "SENSE ID into the area");
		r.expect(ended_normally(irb, read) && *s.memory().at(gpa, 1) == 0xff, "SENSE ID works there", irb->line());
		*s.memory().at(gpa, 1) = 0;
	}
}

std::vector<Scenario> life_scenarios()
{
	return {
		{"close-held", "close with a program in flight, then open again", close_held},
		{"close-unread", "close with interrupts unread", close_unread},
		{"close-cleared", "close right after a CLEAR of a program in flight", close_cleared},
		{"unmap-running", "unmap memory that a program in flight uses", unmap_running},
	};
}

} // namespace client
