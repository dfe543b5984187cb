// SPDX-License-Identifier: GPL-2.0-only
// The channel programs that are measured.
#pragma once

#include "port.hpp"

#include <string>
#include <vector>

namespace vccw_bench {

struct Shape {
	std::string name;
	std::uint32_t ccws;  // what the figures may be divided by
	std::uint32_t cpa;   // the program's address, 0: CLEAR, no program
	std::uint32_t word1; // of the ORB
	bool whole;          // START, interrupt and read; else translation and release
	void (*build)(FlatPort &port, std::uint32_t n);
};

const std::vector<Shape> &shapes();
// Programs that make as much work as a program may, by what makes it: `ccws` is how
// often that is in it.  They are within kMost.
const std::vector<Shape> &worst_shapes();
// The most that the module's parameters allow.
constexpr vccw_limits kMost{65536, 65536, 65536, 16u << 20};

} // namespace vccw_bench
