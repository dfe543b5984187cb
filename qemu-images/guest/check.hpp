// SPDX-License-Identifier: GPL-2.0-only
// Counts what was checked; says only what was wrong.
#pragma once

#include "console.hpp"

namespace guest {

struct Tally {
	unsigned checks = 0;
	unsigned failures = 0;
	unsigned programs = 0;
};
inline Tally tally;

// `digits`: of the two numbers, where they are shown.
inline bool check(const char *what, u64 got, u64 want, unsigned digits = 8)
{
	tally.checks++;
	if (got == want)
		return true;
	tally.failures++;
	say("   WRONG: ", what, ": ", hex(got, digits), " instead of ", hex(want, digits));
	return false;
}

inline bool check_bytes(const char *what, const u8 *got, const u8 *want, unsigned n)
{
	tally.checks++;
	for (unsigned i = 0; i < n; i++) {
		if (got[i] == want[i])
			continue;
		tally.failures++;
		say("   WRONG: ", what, ": byte ", i, " is ", hex(got[i], 2), " instead of ",
		    hex(want[i], 2));
		return false;
	}
	return true;
}

} // namespace guest
