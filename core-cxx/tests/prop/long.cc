// SPDX-License-Identifier: GPL-2.0-only
// Programs of many CCWs, pages and lists, which need more storage than the core
// holds for ordinary ones.
#include "program.hpp"

namespace vccw_test {
namespace {

constexpr u8 CC = 0x40, DC = 0x80, IDA = 0x04, MIDA = 0x01;
constexpr u32 kPrograms = 0x100000, kData = 0x1000000, kIdal = 0x800000, kMidal = 0x810000;
constexpr u32 kIdaws = 17;

void ccw(GuestMemory &memory, u32 at, u8 cmd, u8 flags, u32 count, u32 addr)
{
	u8 b[8] = {cmd, flags};

	put16(b + 2, u16(count));
	put32(b + 4, addr);
	memory.map(at, 8);
	memory.write(at, b, 8);
}

// A MIDAL of `n` entries of 16 bytes each at `at`.
void midal(GuestMemory &memory, u32 at, u32 n, u32 data)
{
	for (u32 i = 0; i < n; i++) {
		u8 m[16] = {};

		m[5] = i + 1 < n ? 0 : 0x80;
		put16(m + 6, 16);
		put64(m + 8, data + i * 16);
		memory.write(at + i * 16, m, 16);
	}
}

} // namespace

Program make_long(GuestMemory &memory, u32 seed, u32 ccws)
{
	Choices c(seed);
	const u32 pages = 1 + c.below(c.one_in(3) ? 500 : 60);
	const u32 entries = 1 + c.below(250);
	const u32 kinds = 1 + c.below(6);
	const u32 tics = c.one_in(3) ? 4 : 60;
	u32 tics_left = 200; // within the usual limit of segments
	const bool holes = c.one_in(3);
	const bool only_fetches = c.one_in(4); // pages mapped read-only will do
	u32 at = kPrograms + c.below(512) * 8;
	Program p{0x00c2ff40, at, ccws, {c.next(), 0}, {}};

	memory.map(kIdal, kPage);
	memory.map(kMidal, kPage);
	// CCWs go up to 16 pages on from the one that they begin in.
	for (u32 i = 0; i < pages + 16; i++)
		if (!(holes && c.one_in(60)))
			memory.map(kData + i * kPage, kPage, !(only_fetches && c.one_in(9)));
	for (u32 i = 0; i < kIdaws; i++) {
		u8 w[8];

		put64(w, kData + c.below(pages) * kPage);
		memory.write(kIdal + i * 8, w, 8);
	}
	midal(memory, kMidal, entries, kData);

	for (u32 i = 0; i < ccws; i++, at += 8) {
		const u8 cmd = only_fetches || c.one_in(2) ? 0x01 : 0x02;
		const u8 flags = i + 1 == ccws ? 0 : c.one_in(20) ? DC : CC;
		const u32 data = kData + c.below(pages) * kPage;

		if (i % 2 && tics_left && c.one_in(tics)) { // on to another place
			const u32 to = (at & ~(kPage - 1)) + 3 * kPage + c.below(512) * 8;

			tics_left--;
			ccw(memory, at, 0x08, 0, 0, to);
			at = to - 8;
			ccw(memory, to, 0x01, 0, 1, kData); // should it be the last one
			continue;
		}
		switch (c.below(kinds)) {
		case 0:
			ccw(memory, at, cmd, flags, 8, data);
			break;
		case 1:
			ccw(memory, at, cmd, flags, 0x1800, data + 0x800);
			break;
		case 2:
			ccw(memory, at, cmd, flags | IDA, 65535, kIdal);
			break;
		case 3:
			ccw(memory, at, 0x03, flags ? CC : 0, 50000, 0);
			break;
		case 4:
			ccw(memory, at, cmd, flags | MIDA, entries * 16, kMidal);
			break;
		case 5:
			ccw(memory, at, cmd, flags, 65535, kData);
			break;
		}
	}
	return p;
}

} // namespace vccw_test
