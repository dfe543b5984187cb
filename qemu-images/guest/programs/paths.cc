// SPDX-License-Identifier: GPL-2.0-only
// A channel path that the host's operator varies off and on: reports of it come.
// The line that starts with "# host:" is obeyed by nested/paths.sh.
#include "../check.hpp"
#include "../console.hpp"
#include "../insn.hpp"
#include "../program.hpp"

namespace guest {

namespace {

// Channel report: source channel path, error recovery code.
constexpr u32 kSourceAndCode = 0x0f3f0000, kFromPath = 0x04000000;
constexpr u32 kGone = kFromPath | 6 << 16, kCame = kFromPath | 2 << 16;

void report(u32 want)
{
	const u64 end = clock() + (u64{kLimit} * 1000000 << 12);
	u32 crw = 0;
	while (clock() < end && stcrw(crw))
		crw = 0;
	say("   channel report ", hex(crw, 8));
	check("source and error recovery code", crw & kSourceAndCode, want);
}

} // namespace

void run_paths(Subchannel &s)
{
	u32 crw;
	while (!stcrw(crw))
		say("   before that: channel report ", hex(crw, 8));
	say("# host: vary");
	report(kGone);
	report(kCame);
	check("no further report", static_cast<unsigned>(stcrw(crw)), 1, 1);
	run_long(s);
}

} // namespace guest
