// SPDX-License-Identifier: GPL-2.0-only
// Channel programs made up from numbers, so that a property can shrink them:
// taking a run or a group away, or making a number smaller, leaves the rest of
// the program as it was.
#pragma once

#include "machine.hpp"

namespace vccw_test {

// What a group of CCWs is made from; 0 gives the plainest one.
using Runs = std::vector<std::vector<u32>>;

struct Plan {
	u32 seed; // choices for the program as a whole
	Runs runs;
};

struct Program {
	u32 word1 = 0; // of the ORB
	u32 cpa = 0;
	u32 ccws = 0;
	ref::Device device;
	std::vector<std::pair<u32, u32>> runs; // address and length of each run of CCWs

	bool has(u32 addr) const
	{
		for (const auto &[at, bytes] : runs)
			if (addr >= at && addr - at < bytes)
				return true;
		return false;
	}
};

// Writes a program into `memory` that a channel would run, apart from a few
// CCWs here and there that are a program check: TICs forward, backward and into
// the middle of a run, search loops, command and data chaining, all kinds of
// indirect addressing, skipping, suspension, storage up to its very ends.
Program make_program(GuestMemory &memory, const Plan &plan);

// Puts what real storage is full of behind, before and between the runs of `p`: blanks,
// zeros, text, old programs, what looks like CCWs, also where nothing was mapped.
void surround(GuestMemory &memory, const Program &p, u32 seed);

// Writes a program of `ccws` CCWs or a few less.
Program make_long(GuestMemory &memory, u32 seed, u32 ccws);

// Writes nonsense that looks like CCWs, lists and MIDAWs.
Program make_hostile(GuestMemory &memory, const Plan &plan);

// Pseudo-random choices; all 0 for seed 0.
class Choices {
	u64 state_;

public:
	explicit Choices(u64 seed) : state_(seed) {}
	u64 next()
	{
		if (!state_)
			return 0;
		state_ += 0x9e3779b97f4a7c15;

		u64 z = state_;

		z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
		z = (z ^ z >> 27) * 0x94d049bb133111eb;
		return z ^ z >> 31;
	}
	u32 below(u32 n) { return u32((next() >> 32) * n >> 32); }
	bool one_in(u32 n) { return below(n) == n - 1; }
	template <class T, size_t N> T of(const T (&values)[N]) { return values[below(N)]; }
};

} // namespace vccw_test
