// SPDX-License-Identifier: GPL-2.0-only
// Visits every state that a scenario can reach, each once.
#pragma once

#include "world.hpp"

#include <string>
#include <vector>

namespace explore {

struct Result {
	u64 states;   // distinct
	u64 steps;    // taken
	u64 ends;     // states in which nothing moves any more
	double paths; // interleavings that these states stand for
	u32 depth;    // of the longest one run
	double seconds;
	bool complete;
	bool bad;
	std::vector<Choice> trail; // to the broken promise
	Broken broken;
};

struct Limits {
	double seconds;
	u64 states;
};

// Depth first, every choice of every state.
Result search(const Scenario &s, const Limits &limits);
// Among the ways to break a promise, one with the fewest switches from one
// actor to another; starts from the trail of `found`.
void shorten(const Scenario &s, Result &found, double seconds);

std::string to_string(const std::vector<Choice> &trail);
bool from_string(const std::string &text, std::vector<Choice> *trail);
// Runs a trail; the trace goes to `trace`.
Result replay(const Scenario &s, const std::vector<Choice> &trail, Trace *trace);

} // namespace explore
