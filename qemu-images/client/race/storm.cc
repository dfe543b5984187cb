// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <optional>
#include <thread>
#include <unistd.h>

#include "../base/bytes.hpp"
#include "../base/error.hpp"
#include "../cmd/steps.hpp"
#include "../guest/indirect.hpp"
#include "scenario.hpp"

namespace client {

// One thread starts programs and reads statuses; another sends HALT and CLEAR
// at any time.  Every accepted START must be followed by a status, no status may
// carry a strange address, the device works afterwards, and by the driver's own
// count each program was released and each interrupt was read or is accounted for.
struct Counters {
	explicit Counters(const Session &s)
		: starts(counter(s, "starts")), released(counter(s, "programs_released")), interrupts(counter(s, "interrupts")),
		  published(counter(s, "irbs_published")),
		  unread(counter(s, "irbs_dropped") + counter(s, "irbs_cleared") + counter(s, "irbs_merged"))
	{
	}

	std::uint64_t starts, released, interrupts, published, unread;
};

static void expect_nothing_lost(Report &r, const Counters &from, const Counters &to, std::uint64_t started, std::uint64_t read)
{
	const auto same = [&](const char *what, std::uint64_t one, std::uint64_t other) {
		r.expect(one == other, what, std::to_string(one) + " and " + std::to_string(other));
	};

	same("as many STARTs as were accepted", to.starts - from.starts, started);
	same("as many programs released as started", to.released - from.released, started);
	same("each interrupt published, or voided by CLEAR", to.interrupts - from.interrupts,
	     to.published - from.published + to.unread - from.unread);
	same("as many statuses read as published", read, to.published - from.published);
}

static void storm(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const std::uint64_t times = ctx.times(2000);
	std::atomic<std::uint64_t> asyncs{0};
	std::atomic<bool> stop{false};
	std::uint64_t started = 0, busy = 0, statuses = 0;
	std::string failure;
	const auto from = has_counters(s) ? std::optional<Counters>(s) : std::nullopt;

	std::thread other([&] {
		for (std::uint32_t x = 1; !stop; x = x * 1664525 + 1013904223) {
			if (!s.device().async((x >> 16) & 1 ? Async::kHalt : Async::kClear))
				asyncs++;
			std::this_thread::sleep_for(std::chrono::microseconds(200 + (x >> 22)));
		}
	});
	const Chain held = held_program(s), nop = nop_program(s);
	const auto look = [&](const Irb &irb) {
		statuses++;
		const std::uint32_t cpa = irb->cpa;
		if (irb.empty())
			failure = "an empty status";
		else if (cpa && (cpa < GuestMemory::kFirst || cpa > s.memory().used()))
			failure = "a strange address: " + irb->line();
	};
	for (std::uint64_t i = 0; i < times && failure.empty(); i++) {
		const bool hold = i % 4 == 3;
		const int err = s.device().start(hold ? held_orb(s, held) : Session::orb_for(nop));
		if (err == -EBUSY)
			busy++;
		else if (err)
			failure = failed("START", err);
		else
			started++;
		if (const auto irb = s.wait_irb(err ? 10 : s.timeout_ms()))
			look(*irb);
		else if (!err)
			failure = "no status at all after START " + std::to_string(i + 1);
	}
	stop = true;
	other.join();
	accepted(r, s, Async::kClear);
	for (bool over = false; !over;) {
		const Irb irb = s.need_irb("the last CLEAR");
		look(irb);
		over = irb->fctl() & kFctlClear;
	}
	for (const auto &irb : drain(s, 200))
		look(irb);
	r.expect(failure.empty(), "every status in order", failure);
	r.expect(started && asyncs, "STARTs, HALTs and CLEARs accepted", std::to_string(started) + " and " + std::to_string(asyncs));
	if (from) {
		for (const std::int64_t end = now_ms() + s.timeout_ms();
		     counter(s, "programs_released") - from->released < started && now_ms() < end;)
			::usleep(1000);
		expect_nothing_lost(r, *from, Counters(s), started, statuses);
	}
	r.add("started", started, std::to_string(started) + " STARTs accepted, " + std::to_string(busy) + " busy");
	r.add("busy", busy, "");
	r.add("async", asyncs.load(), std::to_string(asyncs) + " HALTs and CLEARs, " + std::to_string(statuses) + " statuses");
	r.add("statuses", statuses, "");
	still_works(r, s);
}

// The second word of an IDAL goes back and forth between an address of the
// guest and one outside while programs are started: each START is refused or
// ends, and nothing else comes of it.
static void idal_flip(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const std::uint64_t times = ctx.times(2000);
	const std::uint32_t data = s.memory().alloc(8192, 4096);
	const std::uint32_t list = make_idal(s.memory(), IdaKind::kFormat2Of2K, data + 2048 - 16, 64);
	Chain chain = Chain::fresh(s.memory(), 1);
	std::atomic<bool> stop{false};
	std::uint64_t ended = 0, refused = 0, other_end = 0;
	std::string failure;

	chain.add({kCmdSenseId, kCcwSli | kCcwIda, 64, list});
	Orb orb = Session::orb_for(chain);
	orb.c64 = orb.i2k = true;
	std::thread flipper([&] {
		auto *word = reinterpret_cast<std::uint64_t *>(s.memory().at(list + 8, 8));
		std::uint8_t good[8], bad[8];
		store64(good, data + 2048);
		store64(bad, s.options().memory_bytes + (64 << 20));
		while (!stop) {
			for (const auto *image : {bad, good}) {
				std::uint64_t v;
				std::memcpy(&v, image, sizeof(v));
				std::atomic_ref(*word).store(v);
				for (volatile int spin = 0; spin < 300;)
					spin = spin + 1;
			}
		}
	});
	for (std::uint64_t i = 0; i < times && failure.empty(); i++) {
		const Outcome o = s.run(orb);
		if (o.timed_out)
			failure = "no status after START " + std::to_string(i + 1);
		else if (o.start == -EBUSY || o.start == -ENODEV)
			failure = failed("START", o.start);
		else if (o.start)
			refused++;
		else if (ended_normally(o.irb, chain))
			ended++;
		else if (o.irb->cpa == chain.next() && (o.irb->cstat & kCstatProgramCheck))
			other_end++;
		else
			failure = o.irb->line();
	}
	stop = true;
	flipper.join();
	r.expect(failure.empty(), "every START refused or ended", failure);
	r.add("ended", ended, std::to_string(ended) + " ended normally, " + std::to_string(other_end) +
				      " by program check, " + std::to_string(refused) + " refused");
	r.add("program_checks", other_end, "");
	r.add("refused", refused, "");
	still_works(r, s);
}

// Programs with a page each, while another thread reads the driver's counters, as tools do
// at any time: no more is pinned than that page.
static void counters_read(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const std::uint64_t times = ctx.times(2000);
	Chain chain = Chain::fresh(s.memory(), 1);
	std::atomic<bool> stop{!has_counters(s)};
	std::uint64_t most = 0, reads = 0;
	std::string failure;

	chain.add({kCmdSenseId, kCcwSli, 64, s.memory().alloc(64, 64)});
	std::thread reader([&] {
		for (; !stop; reads++)
			most = std::max(most, counter(s, "pages_pinned"));
	});
	for (std::uint64_t i = 0; i < times && failure.empty(); i++) {
		const Outcome o = s.run(chain);
		if (!o.done() || !ended_normally(o.irb, chain))
			failure = "program " + std::to_string(i + 1) + ": " + o.text();
	}
	stop = true;
	reader.join();
	r.expect(failure.empty(), "every program ended as usual", failure);
	r.expect(most <= 1, "no more pages pinned than the program has", std::to_string(most));
	r.add("reads", reads, std::to_string(reads) + " reads, at most " + std::to_string(most) + " pages pinned");
}

std::vector<Scenario> storm_scenarios()
{
	return {
		{"storm", "HALT and CLEAR from another thread while programs run (--count STARTs)", storm},
		{"counters-read", "the driver's counters are read while programs run (--count STARTs)", counters_read},
		{"idal-flip", "an IDAL that changes while programs start (--count STARTs)", idal_flip},
	};
}

} // namespace client
