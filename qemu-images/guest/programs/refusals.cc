// SPDX-License-Identifier: GPL-2.0-only
// Where passing through differs from a machine's own device: what the host's
// driver refuses (cc 0 and a unit exception, or a condition code), and what it
// can't carry.
#include "program.hpp"

namespace guest {

namespace {

void refused(Subchannel &s, const char *name, const Chain &c)
{
	run(s, name, c.orb(),
	    {c.first() + 8, 0, kUnitException, 0, kStart | kStartPending | kEnded | kAlert});
}

} // namespace

void run_refusals(Subchannel &s)
{
	say("   -- what only the host's driver answers");
	Chain longest(kPrograms);
	for (unsigned i = 0; i < 5000; i++)
		longest.ccw(kNop, kChain | kSli, 1, kBuffers);
	longest.ccw(kNop, kSli, 1, kBuffers);
	refused(s, "5001 CCWs", longest);

	// RESUME is not carried to the host, and CANCEL only forgets: the
	// program still waits there, so that a START is busy.
	const Chain c = Chain().ccw(kSenseId, kSli | kSuspend, 4, kBuffers);
	check("START of a program that suspends: cc", static_cast<u64>(s.start(c.orb(kOrbSuspend))),
	      0, 1);
	check("RESUME: cc", static_cast<u64>(s.resume()), 2, 1);
	check("CANCEL: cc", static_cast<u64>(s.cancel()), 0, 1);
	check("START while the host is busy: cc", static_cast<u64>(s.start(c.orb())), 2, 1);
	check("and again: cc", static_cast<u64>(s.start(c.orb())), 2, 1);
	check("CLEAR: cc", static_cast<u64>(s.clear()), 0, 1);
	const Answer a = s.wait();
	tell("CLEAR of what the host still held", a);
	check("function", a.irb.scsw.control & kFunctions, kClear);
	check_quiet(s);
	const Chain next = Chain().ccw(kSenseId, kSli, 4, kBuffers);
	run(s, "the next program", next.orb(), {next.next()});
}

} // namespace guest
