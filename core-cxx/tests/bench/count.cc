// SPDX-License-Identifier: GPL-2.0-only
// Does each shape a fixed number of times between two requests to callgrind,
// which writes one dump for each, named after it.  `count --list` tells the
// shapes: name, times, CCWs.
#include "subject.hpp"

#include <cstdio>
#include <cstring>
#include <valgrind/callgrind.h>

using namespace vccw_bench;

constexpr int kTimes = 4, kWarmUp = 3;

static int measure(const Shape &shape)
{
	Subject subject(shape);
	int rc = 0;

	if (!subject.plausible()) {
		std::fprintf(stderr, "count: %s is not translated as it must be\n",
			     shape.name.c_str());
		return 1;
	}
	for (int i = 0; i < kWarmUp; i++)
		rc |= subject.once();
	CALLGRIND_ZERO_STATS;
	for (int i = 0; i < kTimes; i++)
		rc |= subject.once();
	CALLGRIND_DUMP_STATS_AT(shape.name.c_str());
	if (rc)
		std::fprintf(stderr, "count: %s failed: %d\n", shape.name.c_str(), rc);
	return rc != 0;
}

int main(int argc, char **argv)
{
	int bad = 0;

	for (const Shape &shape : shapes()) {
		if (argc > 1 && !std::strcmp(argv[1], "--list"))
			std::printf("%s %d %u\n", shape.name.c_str(), kTimes, shape.ccws);
		else
			bad |= measure(shape);
	}
	return bad;
}
