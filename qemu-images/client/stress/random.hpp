// SPDX-License-Identifier: GPL-2.0-only
// Reproducible choices: the same seed and stream give the same sequence.
#pragma once

#include <cstdint>

namespace client {

// The next number of the sequence that `state` stands for.
inline std::uint64_t splitmix64(std::uint64_t &state)
{
	std::uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

class Random {
public:
	Random(std::uint64_t seed, std::uint64_t stream)
		: state_(seed * 0x9e3779b97f4a7c15 + stream)
	{
		next();
	}

	std::uint64_t next() { return splitmix64(state_); }
	std::uint32_t word() { return static_cast<std::uint32_t>(next() >> 32); }
	// 0 to n - 1.
	std::uint32_t below(std::uint32_t n)
	{
		return static_cast<std::uint32_t>((next() >> 32) * n >> 32);
	}
	bool chance(std::uint32_t percent) { return below(100) < percent; }

private:
	std::uint64_t state_;
};

} // namespace client
