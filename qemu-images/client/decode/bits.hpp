// SPDX-License-Identifier: GPL-2.0-only
// Bit masks turned into their architecture's names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace client {

struct BitName {
	std::uint32_t mask;
	const char *name;
};

template <std::size_t N>
std::vector<std::string> bit_words(std::uint32_t v, const BitName (&names)[N])
{
	std::vector<std::string> w;

	for (const auto &b : names)
		if (v & b.mask)
			w.emplace_back(b.name);
	return w;
}

} // namespace client
