// SPDX-License-Identifier: GPL-2.0-only
// A START by a path that the device does not have is accepted and answered with a
// deferred condition code: alert status, start-pending still shown.  TEST SUBCHANNEL of
// it ends the START, and the next one is accepted at once.  Principles of Operation,
// "Deferred Condition Code" and "TEST SUBCHANNEL"; the machine's own devices, which have
// the one path 80, are the control.
#include "program.hpp"

namespace guest {

namespace {

constexpr u32 kOnlyPath = 0x8000, kOtherPath = 0x4000; // logical-path mask of an ORB
constexpr u8 kUntouched = 0xee;

Orb by_paths(const Chain &c, u32 paths)
{
	Orb o = c.orb();
	o.control = (o.control & ~kOrbAnyPath) | paths;
	return o;
}

// QEMU leaves in the CPA what was there; here it must be no address of the host.
void deferred(Subchannel &s, const Chain &c, bool aloud)
{
	const Orb orb = by_paths(c, kOtherPath);
	wipe(kBuffers);
	const Answer a = s.run(orb);
	tally.programs++;
	if (!check("START without a path: cc", static_cast<u64>(a.cc), 0, 1) ||
	    !check("interrupt came", a.came, true, 1))
		return;
	const Scsw &w = a.irb.scsw;
	if (aloud)
		say("   START without a path: SCSW ", hex(w.control, 8));
	const u32 shown = options.passed_through ? kFormat1 | kPrefetch : 0;
	check("SCSW word 0", w.control & ~((kFormat1 | kPrefetch) & ~shown),
	      kDeferredCc3 | kStart | kStartPending | kAlert | kPending | (orb.control & shown));
	check("interruption parameter", a.io.intparm, orb.intparm);
	check("device and subchannel status", w.status >> 16, 0, 4);
	if (options.passed_through)
		check("CPA is 0 or the program's", w.cpa && w.cpa != c.first() && w.cpa != c.next(),
		      false, 1);
	check("nothing was stored", *storage<u8>(kBuffers), kUntouched, 2);
	check_quiet(s);
}

// From now on QEMU shows the deferred condition code in all status.
void by_its_path(Subchannel &s, const Chain &c, u32 paths, const char *name)
{
	const Orb orb = by_paths(c, paths);
	wipe(kBuffers);
	const Answer a = s.run(orb);
	if (name)
		tell(name, a);
	judge(s, a, orb, {.cpa = c.next(), .control = kDeferredCc3 | kStart | kEnded});
	check_id("its data", kBuffers, 4);
}

} // namespace

void run_no_path(Subchannel &s)
{
	const unsigned before = tally.failures;
	unsigned i = 0;
	for (; i < options.rounds && tally.failures == before; i++) {
		const Chain c = Chain(kPrograms + i % 256 * 8).ccw(kSenseId, kSli, 4, kBuffers);
		deferred(s, c, !i);
		if (i % 4 == 3)
			deferred(s, c, false);
		by_its_path(s, c, kOnlyPath, i ? nullptr : "START by its path");
	}
	const Chain c = Chain().ccw(kSenseId, kSli, 4, kBuffers);
	by_its_path(s, c, kOnlyPath | kOtherPath, "START by both");
	tally.programs += i;
	say("   ", i, " times without a path, then with it");
}

} // namespace guest
