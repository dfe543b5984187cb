// SPDX-License-Identifier: GPL-2.0-only
// Does each shape a fixed number of times between two requests to callgrind,
// which writes one dump for each, named after it.  `count NAME...` does these only,
// `count --list` tells the shapes: name, times, CCWs.  `count --worst ...`: the same with
// the worst ones.
#include "subject.hpp"

#include <cstdio>
#include <cstring>
#include <valgrind/callgrind.h>

using namespace vccw_bench;

constexpr unsigned int kLong = 10000; // CCWs
constexpr int kWarmUp = 3;

// A long one costs the same each time.
static int times(const Shape &shape)
{
	return shape.ccws < kLong ? 4 : 1;
}

static int measure(const Shape &shape)
{
	Subject subject(shape);
	int rc = 0;

	if (!subject.plausible()) {
		std::fprintf(stderr, "count: %s is not translated as it must be\n",
			     shape.name.c_str());
		return 1;
	}
	for (int i = 0; i < kWarmUp && shape.ccws < kLong; i++)
		rc |= subject.once();
	CALLGRIND_ZERO_STATS;
	for (int i = 0; i < times(shape); i++)
		rc |= subject.once();
	CALLGRIND_DUMP_STATS_AT(shape.name.c_str());
	if (rc)
		std::fprintf(stderr, "count: %s failed: %d\n", shape.name.c_str(), rc);
	return rc != 0;
}

// Once, for a device that has done nothing before.
static int measure_worst(const Shape &shape)
{
	Subject subject(shape, kMost);

	CALLGRIND_ZERO_STATS;

	const int rc = subject.once();

	CALLGRIND_DUMP_STATS_AT(shape.name.c_str());
	if (rc)
		std::fprintf(stderr, "count: %s failed: %d\n", shape.name.c_str(), rc);
	return rc != 0;
}

int main(int argc, char **argv)
{
	const auto is = [&](int i, const char *what) {
		return i < argc && !std::strcmp(argv[i], what);
	};
	const bool worst = is(1, "--worst");
	const int rest = worst ? 2 : 1;
	const bool list = is(rest, "--list");
	int bad = 0;

	for (const Shape &shape : worst ? worst_shapes() : shapes()) {
		bool wanted = argc == rest;

		for (int i = rest; i < argc; i++)
			wanted = wanted || shape.name == argv[i];
		if (list)
			std::printf("%s %d %u\n", shape.name.c_str(), worst ? 1 : times(shape),
				    shape.ccws);
		else if (wanted)
			bad |= worst ? measure_worst(shape) : measure(shape);
	}
	return bad;
}
