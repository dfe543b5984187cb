// SPDX-License-Identifier: GPL-2.0-only
// What only a program at work shows: one that a channel goes on running beside the processor,
// not one that it holds suspended.  On a 3390.
#include "../base/bytes.hpp"
#include "../base/error.hpp"
#include "../cmd/ask.hpp"
#include "../cmd/steps.hpp"
#include "../guest/disk.hpp"
#include "pinned.hpp"
#include "scenario.hpp"

namespace client {

namespace {

constexpr unsigned kSearches = 80;	// with their CCWs below 255, which the kernel's own driver takes
constexpr unsigned kCylinders = 40, kLastHead = 14, kRecord = 12;	// of tracks that dasdinit -linux made
constexpr unsigned kCmdSearchIdEqualMulti = 0xb1;

// SEEK to a cylinder and a search for its very last record, one cylinder after another; each
// search goes round by a TIC until the record comes by.  No CCW stores anything.
Chain searching_program(Session &s)
{
	Chain chain = Chain::fresh(s.memory(), 3 * kSearches + 1);

	for (unsigned i = 0; i < kSearches; i++) {
		const std::uint32_t seek = s.memory().alloc(8), id = s.memory().alloc(8);
		const unsigned cylinder = i % kCylinders;
		std::uint8_t *p = s.memory().at(seek, 6);
		store16(p, 0);
		store16(p + 2, cylinder);
		store16(p + 4, 0);
		p = s.memory().at(id, 5);
		store16(p, cylinder);
		store16(p + 2, kLastHead);
		store8(p + 4, kRecord);
		chain.add({kCmdSeek, kCcwCc, 6, seek});
		const std::uint32_t search = chain.add({kCmdSearchIdEqualMulti, kCcwCc, 5, id});
		chain.tic(search);
	}
	chain.add({kCmdNop, kCcwSli, 1, chain.first()});
	return chain;
}

// What came of the rounds, in numbers.
struct Tally {
	std::uint64_t rounds = 0, at_once = 0, clear_lost = 0, not_its_address = 0, broken = 0;
};

// CLEAR; a program is started before its interrupt is processed, and is at work meanwhile.
void clear_then_search(Report &r, Session &s, const Chain &chain, Tally &tally)
{
	int start;
	{
		Pinned pinned;
		accepted(r, s, Async::kClear);
		start = s.device().start(Session::orb_for(chain));
	}
	tally.rounds++;
	tally.at_once += !start;
	Irb end = s.need_irb("CLEAR");
	const bool cleared = function_of(end) == "clear";
	tally.clear_lost += !cleared;
	if (start == -EBUSY)
		start = s.device().start(Session::orb_for(chain));
	if (start)
		throw unexpected_error("refused", failed("START", start));
	if (cleared)
		end = s.need_irb("the program");
	if (ended_normally(end, chain))
		return;
	const bool normal = end->dstat == (kDstatChannelEnd | kDstatDeviceEnd) && !end->cstat;
	tally.not_its_address += normal;
	tally.broken += !normal;
	if (!normal)
		r.say("   the program ended with " + function_of(end) + ": " + end->line());
}

void clear_start_searching(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	Tally t;

	need_device(r, s, {DeviceClass::kEckd});
	const Outcome alone = s.run(searching_program(s));
	r.expect(alone.done() && !alone.irb->cstat && alone.irb->dstat == (kDstatChannelEnd | kDstatDeviceEnd),
		 "alone, the program ends normally", alone.done() ? alone.irb->line() : errno_name(alone.start));
	while (t.rounds < ctx.times(100) && !r.failures() && !t.broken) {
		s.memory().release_all();
		clear_then_search(r, s, searching_program(s), t);
	}
	r.add("rounds", t.rounds);
	r.add("accepted_behind_clear", t.at_once);
	r.expect(t.at_once > 0, "some STARTs were accepted before CLEAR's interrupt was processed", "none");
	r.expect(!t.clear_lost, "the status of CLEAR came each time", std::to_string(t.clear_lost) + " were lost");
	r.expect(!t.not_its_address, "each CCW address was the program's",
		 std::to_string(t.not_its_address) + " were not: its memory was given back while it was at work");
	r.expect(!t.broken, "each program ended as it does alone", std::to_string(t.broken) + " did not");
	still_works(r, s);
}

} // namespace

std::vector<Scenario> disk_scenarios()
{
	return {
		{"clear-start-searching", "a program at work survives the processing of an earlier CLEAR's interrupt; a 3390",
		 clear_start_searching},
	};
}

} // namespace client
