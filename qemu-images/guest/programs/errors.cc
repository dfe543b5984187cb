// SPDX-License-Identifier: GPL-2.0-only
// Status that is not good: rejected commands, and what the device says of them.
#include "program.hpp"

namespace guest {

namespace {

constexpr u8 kUnknown = 0xfe, kCommandReject = 0x80;

// Sense data come with the status that they explain, as every operating system
// has it, and are gone afterwards.
void rejected(const char *what, const Answer &a)
{
	say("   sense data: ", Bytes{reinterpret_cast<const u8 *>(a.irb.ecw), 8});
	check(what, a.irb.ecw[0] >> 24, kCommandReject, 2);
	check("their length", a.irb.esw[1] & 0x3f00, 32 << 8);
}

} // namespace

void run_errors(Subchannel &s)
{
	const Chain bad = Chain().ccw(kUnknown, kSli, 1, kBuffers);
	rejected("command reject",
		 run(s, "an unknown command", bad.orb(), unit_check_at(bad.first())));
	const Chain chained =
		Chain().ccw(kUnknown, kSli | kChain, 1, kBuffers).ccw(kSenseId, kSli, 4, kBuffers);
	wipe(kBuffers);
	const Answer a = run(s, "an unknown command ends its chain", chained.orb(),
			     unit_check_at(chained.first()));
	check("the CCW behind it did not run", *storage<u8>(kBuffers), 0xee, 2);
	rejected("command reject", a);
	const Chain sense = Chain().ccw(kSense, kSli, 1, kBuffers);
	run(s, "SENSE", sense.orb(), {sense.next()});
	check("no sense data are left", *storage<u8>(kBuffers), 0, 2);
}

} // namespace guest
