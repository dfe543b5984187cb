// SPDX-License-Identifier: GPL-2.0-only
#include "shapes.hpp"

namespace vccw_bench {
namespace {

using u8 = unsigned char;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

constexpr u32 kProgram = 0x10000, kLists = 0x100000, kData = 0x400000, kPage = 4096;
constexpr u32 kFormat1 = 0x00C2ff00, kFormat0 = 0x0042ff00,
	      kMidaw = 0x40; // format-2 IDAWs of 4K, prefetch
constexpr u32 kSense = 0xe4, kTic = 0x08;
constexpr u32 kDataChain = 0x80, kCommandChain = 0x40, kSli = 0x20, kIda = 0x04, kMida = 0x01;
constexpr u32 kPiece = 64, kWords = 16; // bytes a CCW, words a list

void put(FlatPort &p, u32 at, u64 value, u32 bytes)
{
	for (u32 i = 0; i < bytes; i++)
		*p.guest(at + i) = u8(value >> 8 * (bytes - 1 - i));
}

void ccw(FlatPort &p, u32 at, u32 cmd, u32 flags, u32 count, u32 cda)
{
	put(p, at, cmd << 24 | flags << 16 | count, 4);
	put(p, at + 4, cda, 4);
}

void ccw0(FlatPort &p, u32 at, u32 cmd, u32 flags, u32 count, u32 cda)
{
	put(p, at, cmd << 24 | cda, 4);
	put(p, at + 4, flags << 24 | count, 4);
}

u32 chain(u32 i, u32 n, u32 how = kCommandChain)
{
	return kSli | (i + 1 < n ? how : 0);
}

u32 in_one_page(u32 i)
{
	return kData + i % (kPage / kPiece) * kPiece;
}

void one_page(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++)
		ccw(p, kProgram + 8 * i, kSense, chain(i, n), kPiece, in_one_page(i));
}

void many_pages(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++)
		ccw(p, kProgram + 8 * i, kSense, chain(i, n), kPiece, kData + i * kPage);
}

void data_chain(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++)
		ccw(p, kProgram + 8 * i, kSense, chain(i, n, kDataChain), kPiece, in_one_page(i));
}

void format0(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++)
		ccw0(p, kProgram + 8 * i, kSense, chain(i, n), kPiece, in_one_page(i));
}

void one_block(FlatPort &p, u32)
{
	ccw(p, kProgram, kSense, kSli, 65535, kData);
}

void idal(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		const u32 list = kLists + i * kWords * 8;

		for (u32 w = 0; w < kWords; w++)
			put(p, list + 8 * w, kData + (i * kWords + w) * kPage, 8);
		ccw(p, kProgram + 8 * i, kSense, chain(i, n) | kIda, 65535, list);
	}
}

void midal(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		const u32 list = kLists + i * kWords * 16;

		for (u32 w = 0; w < kWords; w++) {
			put(p, list + 16 * w, u64{w + 1 == kWords ? 0x80u : 0u} << 16 | 2048, 8);
			put(p, list + 16 * w + 8, kData + (i * kWords + w) * kPage, 8);
		}
		ccw(p, kProgram + 8 * i, kSense, chain(i, n) | kMida, kWords * 2048, list);
	}
}

// Three commands, and a TIC to the next rung.
void ladder(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i += 4) {
		const u32 rung = kProgram + 64 * i;

		for (u32 k = 0; k < 3; k++)
			ccw(p, rung + 8 * k, kSense, chain(i + k, n - 1), kPiece,
			    in_one_page(i + k));
		ccw(p, rung + 24, kTic, 0, 0, rung + 256);
	}
}

void none(FlatPort &, u32)
{
}

} // namespace

const std::vector<Shape> &shapes()
{
	static const std::vector<Shape> all = {
		{"ccws=1", 1, kProgram, kFormat1, false, one_page},
		{"ccws=16", 16, kProgram, kFormat1, false, one_page},
		{"ccws=64", 64, kProgram, kFormat1, false, one_page},
		{"ccws=200", 200, kProgram, kFormat1, false, one_page},
		{"ccws=4096", 4096, kProgram, kFormat1, false, one_page},
		{"pages=16", 16, kProgram, kFormat1, false, many_pages},
		{"pages=200", 200, kProgram, kFormat1, false, many_pages},
		{"pages=4096", 4096, kProgram, kFormat1, false, many_pages},
		{"64k", 1, kProgram, kFormat1, false, one_block},
		{"idal", 16, kProgram, kFormat1, false, idal},
		{"midal", 16, kProgram, kFormat1 | kMidaw, false, midal},
		{"ladder", 256, kProgram, kFormat1, false, ladder},
		{"data-chain", 64, kProgram, kFormat1, false, data_chain},
		{"format-0", 64, kProgram, kFormat0, false, format0},
		{"whole-start", 1, kProgram, kFormat1, true, one_page},
		{"whole-clear", 1, 0, kFormat1, true, none},
	};
	return all;
}

} // namespace vccw_bench
