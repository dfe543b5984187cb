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

} // namespace vccw_bench
