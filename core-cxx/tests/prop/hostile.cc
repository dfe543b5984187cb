// SPDX-License-Identifier: GPL-2.0-only
#include "program.hpp"

namespace vccw_test {
namespace {

// Few places, so that addresses meet something.
constexpr u32 kWhere[] = {0x10000, 0x11000, 0x12000,    0x13000,   0x10ff8,
			  0x12ff0, 0x14000, 0x7ffff000, 0x7ffffe00};

u32 address(Choices &c)
{
	static constexpr u32 odd[] = {0, 7, 0xff8, 0xfff, 0x7ff, 0x800, 0x80000000, 0x1000000};
	const u32 base = c.of(kWhere);

	switch (c.below(8)) {
	case 7:
		return base + c.of(odd);
	case 6:
		return base + c.below(kPage);
	case 5:
		return base + c.below(64) * 16;
	default:
		return base + c.below(64) * 8;
	}
}

void ccw(Choices &c, u8 *b, bool format1)
{
	static constexpr u8 codes[] = {0x02, 0x01, 0x08, 0x31, 0x0c, 0x03,
				       0x00, 0x07, 0x08, 0x04, 0x18};
	static constexpr u8 flags[] = {0x40, 0x80, 0x44, 0x84, 0x41, 0x81,
				       0x50, 0x90, 0xc0, 0x00, 0x20, 0x42};
	const u8 code = c.one_in(20) ? u8(c.next()) : c.of(codes);
	const u8 flag = code == 0x08 && !c.one_in(10) ? 0
			: c.one_in(10)                ? u8(c.next())
						      : c.of(flags);
	const u16 count = code == 0x08 && !c.one_in(10) ? 0
			  : c.one_in(3)                 ? u16(c.below(20))
							: u16(c.below(c.one_in(4) ? 65536 : 9000));

	if (format1) {
		b[0] = code;
		b[1] = flag;
		put16(b + 2, count);
		put32(b + 4, address(c));
	} else {
		put32(b, u32(code) << 24 | (address(c) & 0xffffff));
		b[4] = flag;
		b[5] = u8(c.next());
		put16(b + 6, count);
	}
}

void doubleword(Choices &c, u8 *b, bool format1)
{
	switch (c.below(10)) {
	case 9:
		return put64(b, c.next());
	case 8:
		return put64(b, address(c) & ~0x7ffu);
	case 7:
		return put64(b, u64{address(c)} << 32 | address(c));
	case 6: // half of a MIDAW
		return put64(b,
			     u64{c.one_in(2)} << 23 | u64{c.one_in(3)} << 22 | (1 + c.below(4096)));
	default:
		return ccw(c, b, format1);
	}
}

} // namespace

Program make_hostile(GuestMemory &memory, const Plan &plan)
{
	Choices c(plan.seed);
	Program p;

	p.word1 = 0x0000ff00 | u32(c.next() & 0x08000000);
	for (const u32 bit : {0x00400000u, 0x00800000u, 0x00020000u, 0x40u})
		p.word1 |= c.one_in(5) ? 0 : bit;
	if (c.one_in(3))
		p.word1 |= 0x00010000;
	if (c.one_in(30))
		p.word1 ^= u32(1) << c.below(32);
	p.cpa = address(c) & ~(c.one_in(20) ? 0u : 7u);
	p.device.found = c.next();

	const bool format1 = p.word1 & 0x00800000;

	for (const u32 page : {0x10000u, 0x11000u, 0x12000u, 0x13000u, 0x7ffff000u})
		if (!c.one_in(10))
			memory.map(page, kPage, !c.one_in(5));
	// Each group fills some doublewords from one place on.
	for (const auto &group : plan.runs) {
		Choices g(group.empty() ? 0 : group[0]);
		u64 at = address(g) & ~7u;

		for (const u32 seed : group) {
			Choices d(seed);
			u8 b[8];

			doubleword(d, b, format1);
			if (memory.mapped(at))
				memory.write(at, b, 8);
			at += 8;
			p.ccws++;
		}
	}
	return p;
}

} // namespace vccw_test
