// SPDX-License-Identifier: GPL-2.0-only
// Numbers that requests are likely not to expect.
#pragma once

#include "../stress/random.hpp"

namespace client {

inline std::uint64_t odd64(Random &random)
{
	static const std::uint64_t edges[] = {0, 1, 4095, 4096, 4097, 1ull << 31, (1ull << 31) - 4096, 1ull << 32,
					      1ull << 63, ~0ull, ~0ull - 4095};

	switch (random.below(3)) {
	case 0:
		return edges[random.below(std::size(edges))];
	case 1:
		return random.below(1 << 14) << 12;
	default:
		return random.next() >> random.below(64);
	}
}

inline std::uint32_t odd32(Random &random)
{
	return static_cast<std::uint32_t>(odd64(random));
}

// A size of an argument: mostly `right`.
inline std::uint32_t odd_size(Random &random, std::size_t right)
{
	return random.chance(70) ? static_cast<std::uint32_t>(right) : odd32(random);
}

} // namespace client
