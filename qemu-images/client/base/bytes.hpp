// SPDX-License-Identifier: GPL-2.0-only
// Big-endian loads and stores: what a channel looks at is big-endian on every machine.
#pragma once

#include <cstdint>

namespace client {

inline std::uint16_t load16(const std::uint8_t *p)
{
	return static_cast<std::uint16_t>((p[0] << 8) | p[1]);
}

inline std::uint32_t load32(const std::uint8_t *p)
{
	return (std::uint32_t{load16(p)} << 16) | load16(p + 2);
}

inline std::uint64_t load64(const std::uint8_t *p)
{
	return (std::uint64_t{load32(p)} << 32) | load32(p + 4);
}

inline void store8(std::uint8_t *p, std::uint32_t v)
{
	*p = static_cast<std::uint8_t>(v & 0xff);
}

inline void store16(std::uint8_t *p, std::uint32_t v)
{
	store8(p, v >> 8);
	store8(p + 1, v);
}

inline void store32(std::uint8_t *p, std::uint32_t v)
{
	store16(p, v >> 16);
	store16(p + 2, v);
}

inline void store64(std::uint8_t *p, std::uint64_t v)
{
	store32(p, static_cast<std::uint32_t>(v >> 32));
	store32(p + 4, static_cast<std::uint32_t>(v & 0xffffffff));
}

} // namespace client
