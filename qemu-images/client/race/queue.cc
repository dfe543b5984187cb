// SPDX-License-Identifier: GPL-2.0-only
#include "../base/error.hpp"
#include "pinned.hpp"
#include "scenario.hpp"

namespace client {

// So many statuses, however long they take, and all that comes right behind them.
static std::vector<Irb> come(Session &s, std::size_t count)
{
	std::vector<Irb> all;

	while (all.size() < count) {
		const auto irb = s.wait_irb(s.timeout_ms());
		if (!irb)
			return all;
		all.push_back(*irb);
	}
	for (const Irb &irb : drain(s, 300))
		all.push_back(irb);
	return all;
}

// Both statuses, in order, although the first was unread when the second came.
static void two_interrupts(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(1); i++) {
		{
			Pinned pinned;
			accepted(r, s, Async::kHalt);
			s.io().wait(s.timeout_ms());
			accepted(r, s, Async::kClear);
		}
		const auto all = come(s, 2);
		r.expect(functions_of(all) == "halt, clear", "halt, clear", functions_of(all));
	}
	still_works(r, s);
}

// A program's end, then HALT: busy, as with status pending (Principles of Operation, HALT
// SUBCHANNEL, cc 1; QEMU css_do_hsch), and the end is not lost.
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
			s.io().wait(s.timeout_ms());
			const int halt = s.device().async(Async::kHalt);
			r.expect(halt == -EBUSY, "HALT before it is read: EBUSY", errno_name(halt));
		}
		const auto all = come(s, 1);
		r.expect(functions_of(all) == "start", "start", functions_of(all));
		if (!all.empty())
			r.expect(ended_normally(all[0], chain), "the program's own end", all[0]->line());
		accepted(r, s, Async::kHalt);
		const auto halted = come(s, 1);
		r.expect(functions_of(halted) == "halt", "halt", functions_of(halted));
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
		{
			Pinned pinned;
			accepted(r, s, Async::kHalt);
			s.io().wait(s.timeout_ms());
			accepted(r, s, Async::kClear);
			accepted(r, s, Async::kClear);
		}
		const auto all = come(s, 2);
		r.expect(functions_of(all) == "halt, clear", "halt, clear", functions_of(all));
	}
	still_works(r, s);
}

// Programs are started and their statuses left unread: as many as there is room for are
// accepted, and the end of each of these is kept.
static void overflow(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const std::uint64_t starts = ctx.times(40);
	const Chain chain = nop_program(s);
	std::uint64_t accepted_starts = 0;
	bool normal = true;

	for (std::uint64_t i = 0; i < starts; i++) {
		const int err = start_unread(s, chain);

		r.expect(err == 0 || err == -EBUSY, "START accepted, or busy", errno_name(err));
		accepted_starts += !err;
	}
	const auto all = come(s, accepted_starts);
	for (const Irb &irb : all)
		normal = normal && ended_normally(irb, chain);
	r.add("statuses", all.size(), std::to_string(all.size()) + " statuses of " + std::to_string(starts) + " STARTs");
	r.expect(accepted_starts > 8 && accepted_starts < starts, "room for more than 8, and not for all",
		 std::to_string(accepted_starts) + " of " + std::to_string(starts));
	r.expect(all.size() == accepted_starts && normal, "the end of each that was accepted",
		 functions_of(all));
	still_works(r, s);
}

// Starts a program and waits until the driver has released it, with its status unread.
static void release_unread(Report &r, Session &s, const Chain &chain)
{
	const std::uint64_t before = counter(s, "programs_released");
	const int err = start_unread(s, chain);

	r.expect(err == 0, "START accepted", errno_name(err));
	r.expect(counter(s, "programs_released") != before, "the program is released although nobody reads its status", "it is not");
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
		{"two-interrupts", "HALT then CLEAR before one read: both statuses come, in order", two_interrupts},
		{"end-then-halt", "a program's end then HALT before one read: HALT is busy, the end comes", end_then_halt},
		{"clear-discards", "CLEAR discards status that was not readable yet", clear_discards},
		{"overflow", "many ends before one read: none is dropped", overflow},
		{"unread-releases", "programs are released, and memory with them, though no status is read", unread_releases},
	};
}

} // namespace client
