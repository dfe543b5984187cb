// SPDX-License-Identifier: GPL-2.0-only
#include "machine.hpp"

#include <cstdio>

namespace vccw_test::ref {

const char *name_of(End end)
{
	static const char *const names[] = {"normal end", "program check",
					    "program check (end of MIDAL)", "suspended",
					    "limit of steps"};
	return names[int(end)];
}

std::string show(const Step &step)
{
	char line[96];
	std::snprintf(line, sizeof(line), "%08x: cmd %02x flow %d flags %02x count %04x", step.ccw,
		      step.command, int(step.flow), step.flags, step.count);
	std::string s = line;
	for (const Range &r : step.data) {
		std::snprintf(line, sizeof(line), " [%llx+%llx]", (unsigned long long)r.addr,
			      (unsigned long long)r.len);
		s += line;
	}
	for (const u8 f : step.midaws) {
		std::snprintf(line, sizeof(line), " m%02x", f);
		s += line;
	}
	return s;
}

} // namespace vccw_test::ref
