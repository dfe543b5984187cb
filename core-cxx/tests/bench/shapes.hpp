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

} // namespace vccw_bench
