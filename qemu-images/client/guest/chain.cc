// SPDX-License-Identifier: GPL-2.0-only
#include "chain.hpp"

#include "../base/bytes.hpp"

namespace client {

void encode_ccw(std::uint8_t *p, const Ccw &c, bool format1)
{
	if (format1) {
		store8(p, c.cmd);
		store8(p + 1, c.flags);
		store16(p + 2, c.count);
		store32(p + 4, c.data);
	} else {
		store32(p, (c.data & 0xffffff) | (c.cmd << 24));
		store8(p + 4, c.flags);
		store8(p + 5, 0);
		store16(p + 6, c.count);
	}
}

Chain Chain::fresh(GuestMemory &memory, unsigned ccws, bool format1)
{
	const std::uint64_t bytes = std::uint64_t{ccws} * 8;

	// A run that fits in a page stays in one.
	return Chain(memory, memory.alloc(bytes, bytes <= 4096 ? 4096 : 8), format1);
}

std::uint32_t Chain::add(const Ccw &ccw)
{
	const std::uint32_t at = next_;

	encode_ccw(memory_->at(at, 8), ccw, format1_);
	next_ += 8;
	return at;
}

} // namespace client
