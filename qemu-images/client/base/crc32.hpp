// SPDX-License-Identifier: GPL-2.0-only
// The CRC of IEEE 802.3, as zlib and Python's zlib.crc32 compute it.
#pragma once

#include <cstdint>
#include <span>

namespace client {

inline std::uint32_t crc32(std::span<const std::uint8_t> bytes)
{
	std::uint32_t c = 0xffffffff;

	for (const auto b : bytes) {
		c ^= b;
		for (int i = 0; i < 8; i++)
			c = (c >> 1) ^ ((c & 1) ? 0xedb88320 : 0);
	}
	return ~c;
}

} // namespace client
