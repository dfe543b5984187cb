// SPDX-License-Identifier: GPL-2.0-only
// HALT, CLEAR, and what START answers when it is not its turn.
#include "program.hpp"

namespace guest {

namespace {

enum class How { kHalt, kClear };

Answer end_with(Subchannel &s, How how)
{
	const int cc = how == How::kHalt ? s.halt() : s.clear();
	Answer a;
	if (cc)
		a.cc = cc;
	else
		a = s.wait();
	return a;
}

// What the subchannel shows of a function other than START. An emulated device
// leaves an old CPA; passed through, it must be the guest's, or 0.
void ended(Subchannel &s, const char *name, const Answer &a, u32 function, u32 cpa)
{
	tell(name, a);
	check("condition code", static_cast<u64>(a.cc), 0, 1);
	check("interrupt came", a.came, true, 1);
	check("function", a.irb.scsw.control & kFunctions, function);
	check("status pending", a.irb.scsw.control & kStatusControl & kPending, kPending);
	check("subchannel status", a.irb.scsw.cstat(), 0, 2);
	if (options.passed_through)
		check("CPA", a.irb.scsw.cpa, cpa);
	check_quiet(s);
}

Chain held()
{
	return Chain().ccw(kSenseId, kSli | kSuspend, 4, kBuffers);
}

// A program that waits at its first CCW: it stays in flight.
Chain hold(Subchannel &s)
{
	const Chain c = held();
	check("START of a program that suspends: cc", static_cast<u64>(s.start(c.orb(kOrbSuspend))),
	      0, 1);
	// An emulated device interrupts now, and has no status to show.
	IoInterrupt empty;
	Irb irb;
	if (!options.passed_through && check("interrupt came", wait_io(empty, kLimit), true, 1))
		s.test(irb);
	return c;
}

void in_flight(Subchannel &s, How how, const char *name)
{
	const Chain c = hold(s);
	check("a second START: cc", static_cast<u64>(s.start(c.orb())), 2, 1);
	Schib schib{};
	schib.flags = kEnabled;
	check("MODIFY SUBCHANNEL meanwhile: cc", static_cast<u64>(s.modify(schib)), 2, 1);
	ended(s, name, end_with(s, how), how == How::kHalt ? kHalt : kClear, c.next());
	wipe(kBuffers);
	const Chain next = Chain().ccw(kSenseId, kSli, 4, kBuffers);
	run(s, "the next program", next.orb(), {next.next()});
	check_id("its data", kBuffers, 4);
}

// The interrupt has come, its status is not yet taken.
void untaken(Subchannel &s)
{
	const Chain c = Chain().ccw(kNop, kSli, 1, kBuffers);
	const Orb orb = c.orb();
	check("START: cc", static_cast<u64>(s.start(orb)), 0, 1);
	Answer a;
	a.came = wait_io(a.io, kLimit);
	check("START with status pending: cc", static_cast<u64>(s.start(c.orb())), 1, 1);
	check("HALT with status pending: cc", static_cast<u64>(s.halt()), 1, 1);
	Schib schib{};
	check("MODIFY SUBCHANNEL with status pending: cc", static_cast<u64>(s.modify(schib)), 1, 1);
	a.test_cc = s.test(a.irb);
	check("TEST SUBCHANNEL: cc", static_cast<u64>(a.test_cc), 0, 1);
	tell("status that was left pending", a);
	judge(s, a, orb, {c.next()});
}

} // namespace

void run_functions(Subchannel &s)
{
	ended(s, "HALT, idle", end_with(s, How::kHalt), kHalt, 0);
	ended(s, "CLEAR, idle", end_with(s, How::kClear), kClear, 0);
	check("RESUME, idle: cc", static_cast<u64>(s.resume()), 2, 1);
	in_flight(s, How::kHalt, "HALT of a program in flight");
	in_flight(s, How::kClear, "CLEAR of a program in flight");
	untaken(s);
}

} // namespace guest
