// SPDX-License-Identifier: GPL-2.0-only
#include "build.hpp"

namespace vccw_bench {

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

// Lists of pages that share a bucket in every hash table of up to 32768 slots that
// multiplies the page number by 2^64 divided by the golden ratio, the usual
// choice, and takes the bits from 32 up.
void scattered(FlatPort &p, u32 n)
{
	constexpr u64 inverse = 0xf1de83e19937733d; // of 0x9e3779b97f4a7c15, modulo 2^64

	for (u32 i = 0; i < n * kWords; i++) {
		const u64 low = inverse * (i % 4096) & ((1u << 27) - 1);
		const u64 page = (low + (u64{i / 4096} << 27)) << 20;

		put(p, kLists + 8 * i, page * kPage, 8);
	}
	for (u32 i = 0; i < n; i++)
		ccw(p, kProgram + 8 * i, kSense, chain(i, n) | kIda, 65535,
		    kLists + 8 * i * kWords);
}

namespace {

// Pages far from each other, so that no two are pinned in one call.
u64 page(u32 i)
{
	return 0x100 + u64{i} * 0x10003;
}

// A TIC to the next, in the order first, last, second, last but one ...
void tics(FlatPort &p, u32 n)
{
	const auto place = [n](u32 i) { return kProgram + 64 * (i % 2 ? n - 1 - i / 2 : i / 2); };

	for (u32 i = 0; i < n; i++)
		ccw(p, place(i), kTic, 0, 0, place(i + 1 < n ? i + 1 : 0));
}

// A search, and a TIC to the next; what comes behind the TIC, should the search end
// with status modifier, is a segment, too.
void searches(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n / 2; i++) {
		const u32 rung = kProgram + 128 * i;

		ccw(p, rung, kSearch, kCommandChain, 5, kData);
		ccw(p, rung + 8, kTic, 0, 0, i + 1 < n / 2 ? rung + 128 : kProgram);
		ccw(p, rung + 16, kSense, kSli, 1, kData);
	}
}

void data_chains(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++)
		ccw(p, kProgram + 8 * i, kSense, chain(i, n, kDataChain), 1,
		    kData + i % 64 * kPage);
}

// Words that are each in another page than the one before.
void words(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < 32; i++)
		put(p, kLists + 8 * i, page(i) * kPage, 8);
	for (u32 i = 0; i < n / 32; i++)
		ccw(p, kProgram + 8 * i, kSense, chain(i, n / 32) | kIda, 65535, kLists);
}

void pages(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++)
		put(p, kLists + 8 * i, page(i) * kPage, 8);
	for (u32 i = 0; i < n / 32; i++)
		ccw(p, kProgram + 8 * i, kSense, chain(i, n / 32) | kIda, 65535,
		    kLists + 8 * 32 * i);
}

// Each says that there is one more, and has one byte.
void midaws(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < 256; i++) {
		put(p, kLists + 16 * i, u64{i == 255 ? 0x80u : 0u} << 16 | 1, 8);
		put(p, kLists + 16 * i + 8, page(i) * kPage, 8);
	}
	for (u32 i = 0; i < n / 256; i++)
		ccw(p, kProgram + 8 * i, kSense, chain(i, n / 256) | kMida, 256, kLists);
}

} // namespace

const std::vector<Shape> &worst_shapes()
{
	static const std::vector<Shape> all = {
		{"segments", 65536, kProgram, kFormat1, false, tics},
		{"searches", 43690, kProgram, kFormat1, false, searches},
		{"ccws", 65536, kProgram, kFormat1, false, data_chains},
		{"words", 1900000, kProgram, kFormat1 | kIda2K, false, words},
		{"pages", 65536, kProgram, kFormat1 | kIda2K, false, pages},
		{"midaws", 950016, kProgram, kFormat1 | kMidaw, false, midaws},
	};
	return all;
}

} // namespace vccw_bench
