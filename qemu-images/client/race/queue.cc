// SPDX-License-Identifier: GPL-2.0-only
#include <unistd.h>

#include "../base/error.hpp"
#include "../base/fd.hpp"
#include "pinned.hpp"
#include "scenario.hpp"

namespace client {

// Both statuses, in order, although the first was unread when the second came.
static void two_interrupts(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		{
			Pinned pinned;
			accepted(r, s, Async::kClear);
			accepted(r, s, Async::kHalt);
		}
		const auto all = drain(s, 300);
		r.expect(functions_of(all) == "clear, halt", "clear, halt", functions_of(all));
	}
	still_works(r, s);
}

// A program's end, then HALT: the end must not be lost.
static void end_then_halt(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		s.memory().release_all();
		const Chain chain = nop_program(s);
		{
			Pinned pinned;
			const int err = s.device().start(Session::orb_for(chain));
			r.expect(err == 0, "START accepted", errno_name(err));
			accepted(r, s, Async::kHalt);
		}
		const auto all = drain(s, 300);
		r.expect(functions_of(all) == "start, halt", "start, halt", functions_of(all));
		if (!all.empty())
			r.expect(ended_normally(all[0], chain), "the program's own end first", all[0]->line());
	}
	still_works(r, s);
}

// What a CLEAR finds captured but not yet readable is discarded; what the
// client could read already is not.
static void clear_discards(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		bool readable;
		{
			Pinned pinned;
			accepted(r, s, Async::kHalt);
			accepted(r, s, Async::kHalt);
			readable = s.io().wait(0);
			accepted(r, s, Async::kClear);
		}
		const std::string wanted = readable ? "halt, clear" : "clear";
		const auto all = drain(s, 300);
		r.expect(functions_of(all) == wanted, wanted, functions_of(all));
	}
	still_works(r, s);
}

// Many statuses wait; the end of a program is among those that are kept.
static void overflow(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const std::uint64_t halts = ctx.times(40);
	const Chain chain = nop_program(s);

	{
		Pinned pinned;
		const int err = s.device().start(Session::orb_for(chain));
		r.expect(err == 0, "START accepted", errno_name(err));
		for (std::uint64_t i = 0; i < halts; i++)
			if (const int e = s.device().async(Async::kHalt))
				r.say("HALT " + std::to_string(i + 1) + ": " + errno_name(e));
	}
	const auto all = drain(s, 300);
	r.add("statuses", all.size(), std::to_string(all.size()) + " statuses of " + std::to_string(halts + 1));
	r.expect(!all.empty() && ended_normally(all[0], chain), "the program's own end, first",
		 all.empty() ? "nothing" : all[0]->line());
	still_works(r, s);
}

// Starts a program and waits until the driver has released it, with its status unread.
static void release_unread(Report &r, Session &s, const Chain &chain)
{
	const auto released = [&] { return read_text(s.mdev().path + "/stats/programs_released"); };
	const std::string before = released();
	const int err = s.device().start(Session::orb_for(chain));
	const std::int64_t end = now_ms() + s.timeout_ms();

	r.expect(err == 0, "START accepted", errno_name(err));
	while (!err && released() == before && now_ms() < end)
		::usleep(1000);
	r.expect(released() != before, "the program is released although nobody reads its status", "it is not");
	const auto irb = s.wait_irb(0);
	r.expect(irb && ended_normally(*irb, chain), "its status afterwards", irb ? (*irb)->line() : "none");
}

// The work item releases what the client does not ask about; the memory that only the
// large program needed is given back with the small one.
static void unread_releases(RaceContext &ctx)
{
	constexpr unsigned kPages = 200;
	Report &r = ctx.report;
	Session s(ctx.session);
	Chain large = Chain::fresh(s.memory(), kPages);
	const std::uint32_t data = s.memory().alloc(kPages * 4096, 4096);

	for (unsigned i = 0; i < kPages; i++)
		large.add({kCmdSenseId, kCcwSli | (i + 1 < kPages ? unsigned{kCcwCc} : 0), 1, data + i * 4096});
	const Chain small = nop_program(s);
	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		release_unread(r, s, large);
		release_unread(r, s, small);
	}
	still_works(r, s);
}

std::vector<Scenario> queue_scenarios()
{
	return {
		{"two-interrupts", "CLEAR then HALT before one read: both statuses come, in order", two_interrupts},
		{"end-then-halt", "a program's end then HALT before one read: both come", end_then_halt},
		{"clear-discards", "CLEAR discards status that was not readable yet", clear_discards},
		{"overflow", "many statuses before one read: a program's end is never dropped", overflow},
		{"unread-releases", "programs are released, and memory with them, though no status is read", unread_releases},
	};
}

} // namespace client
