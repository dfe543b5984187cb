// SPDX-License-Identifier: GPL-2.0-only
#include "program.hpp"

namespace vccw_test {
namespace {

// What a doubleword of storage that is not program may hold.
void leftover(Choices &c, u32 kind, u8 *b)
{
	static constexpr u8 codes[] = {0x01, 0x02, 0x0c, 0x31, 0xb1, 0x08, 0x07, 0xe4};
	static constexpr u8 flags[] = {0x40, 0x80, 0xc0, 0x44, 0x60, 0x00};

	switch (kind) {
	case 0: // EBCDIC blanks
		return put64(b, 0x4040404040404040);
	case 1:
		return put64(b, 0);
	case 2: // a chained command that never ends
		return put64(b, 0x0240000800200000);
	case 3: // the same, chaining data backward
		return put64(b, 0x0c80000800201000);
	case 4: // EBCDIC text
		for (u32 i = 0; i < 8; i++)
			b[i] = u8(0xc1 + c.below(0x39));
		return;
	case 5: // other programs
		b[0] = c.of(codes);
		b[1] = c.of(flags);
		put16(b + 2, u16(b[0] == 8 ? 0 : c.below(5000)));
		put32(b + 4, (b[0] == 8 ? 0x10000 : 0x200000) + c.below(0x8000) * 8);
		if (b[0] == 8)
			b[1] = 0;
		return;
	default:
		return put64(b, c.next());
	}
}

} // namespace

void surround(GuestMemory &memory, const Program &p, u32 seed)
{
	constexpr u64 kAfter = 2 * kPage;
	Choices c(seed | 1);

	for (const auto &[at, bytes] : p.runs) {
		const u64 from = at & ~u64{kPage - 1};
		const u64 to = (at + u64{bytes} + kAfter) & ~u64{kPage - 1};
		const u32 kind = c.below(7);

		for (u64 addr = from; addr < to; addr += 8) {
			u8 b[8];

			// Lists and data are elsewhere.
			if (p.has(u32(addr)) || (addr >= 0x200000 && addr < 0x400000))
				continue;
			leftover(c, kind, b);
			memory.map(addr & ~u64{kPage - 1}, kPage);
			memory.write(addr, b, 8);
		}
	}
}

} // namespace vccw_test
