// SPDX-License-Identifier: GPL-2.0-only
// A device that the operator unplugs while programs run on it.  The line that
// starts with "# outside:" is obeyed by scripts/boot/hotplug.
#include "../check.hpp"
#include "../console.hpp"
#include "../insn.hpp"
#include "../program.hpp"

namespace guest {

namespace {

constexpr u32 kSource = 0x0f000000, kFromSubchannel = 0x03000000, kReportedId = 0xffff;

// The channel reports, until the one of this subchannel; false: there is none.
bool reported(const Subchannel &s)
{
	u32 crw;
	while (!stcrw(crw)) {
		say("   channel report ", hex(crw, 8));
		if ((crw & (kSource | kReportedId)) == (kFromSubchannel | (s.id() & kReportedId)))
			return true;
	}
	return false;
}

bool is_there(Subchannel &s)
{
	Schib schib;
	return !s.store(schib) && (schib.flags & kDeviceValid);
}

} // namespace

// One program after the other, each of which ends as it should but the one that runs
// when the device goes, until the subchannel is not operational: cc 3, and a channel report tells of it.
void run_unplug(Subchannel &s)
{
	const Chain c = Chain().ccw(kSenseId, kSli, 64, kBuffers);
	constexpr u64 kTime = u64{kLimit} * 1000000 << 12;
	u64 end = clock() + kTime;
	unsigned ended = 0, missing = 0, other = 0;
	int cc = 0;

	say("# outside: unplug rng");
	while (cc != 3 && missing <= 1 && clock() < end) {
		const Answer a = s.run(c.orb());
		cc = a.cc;
		ended += !cc && a.came;
		other += cc == 1 || cc == 2;
		if (!cc && !a.came) {
			missing++;
			end += kTime; // which that program alone has used up
		}
	}
	say("   ", ended, " programs ended, ", missing, " did not, then START had cc ", static_cast<unsigned>(cc));
	tally.programs += ended;
	check("the device is not operational: cc", static_cast<unsigned>(cc), 3, 1);
	check("programs without an interrupt", missing > 1, false, 1);
	check("STARTs that were busy", other, 0);
	bool told = false;
	while (clock() < end && (is_there(s) || !told))
		told = told || reported(s);
	check("the subchannel has no device any more", is_there(s), false, 1);
	check("a channel report told of it", told, true, 1);
}

} // namespace guest
