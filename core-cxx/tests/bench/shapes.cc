// SPDX-License-Identifier: GPL-2.0-only
#include "build.hpp"

namespace vccw_bench {
namespace {

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

// As Linux reads blocks of 4 KiB: PREFIX, then a read with an IDAW for each.
void blocks(FlatPort &p, u32 n)
{
	ccw(p, kProgram, kPrefix, kCommandChain, 64, kLists + 0x8000);
	for (u32 i = 0; i < n; i++) {
		put(p, kLists + 8 * i, kData + i * kPage, 8);
		ccw(p, kProgram + 8 * (i + 1), kReadBlock, chain(i, n) | kIda, kPage,
		    kLists + 8 * i);
	}
}

// One block of 4 KiB, as Linux builds it: CCWs, arguments and the IDAW in one piece.
void block(FlatPort &p, u32 cmd)
{
	ccw(p, kProgram, kPrefix, kCommandChain, 64, kProgram + 16);
	ccw(p, kProgram + 8, cmd, kIda, kPage, kProgram + 80);
	put(p, kProgram + 80, kData, 8);
}

void block_read(FlatPort &p, u32)
{
	block(p, kReadBlock);
}

void block_write(FlatPort &p, u32)
{
	block(p, kWriteBlock);
}

// The older form of it.
void old_read(FlatPort &p, u32)
{
	ccw(p, kProgram, kDefineExtent, kCommandChain, 16, kProgram + 24);
	ccw(p, kProgram + 8, kLocateRecord, kCommandChain, 16, kProgram + 40);
	ccw(p, kProgram + 16, kReadBlock, kIda, kPage, kProgram + 56);
	put(p, kProgram + 56, kData, 8);
}

// A tape's mode, then a block of 32 KiB.
void tape_read(FlatPort &p, u32)
{
	constexpr u32 words = 8;

	ccw(p, kProgram, kModeSet, kCommandChain, 1, kProgram + 16);
	ccw(p, kProgram + 8, kTapeRead, kSli | kIda, words * kPage, kLists);
	for (u32 w = 0; w < words; w++)
		put(p, kLists + 8 * w, kData + w * kPage, 8);
}

// A terminal's 24 lines, too much to be copied.
void screen(FlatPort &p, u32)
{
	ccw(p, kProgram, kEraseWrite, kSli, 4 + 24 * 80, kData);
}

// Small ones of neighbouring data.
void writes(FlatPort &p, u32 n)
{
	for (u32 i = 0; i < n; i++)
		ccw(p, kProgram + 8 * i, kWrite, chain(i, n), kPiece, in_one_page(i));
}

// Orders for a terminal or a printer.
void small_write(FlatPort &p, u32)
{
	ccw(p, kProgram, kWrite, kSli, 80, kData);
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
		{"ladder=256", 1024, kProgram, kFormat1, false, ladder},
		{"ladder=1024", 4096, kProgram, kFormat1, false, ladder},
		{"ladder=4096", 16384, kProgram, kFormat1, false, ladder},
		{"ladder=32768", 131072, kProgram, kFormat1, false, ladder},
		{"scattered=4096", 256, kProgram, kFormat1, false, scattered},
		{"scattered=16384", 1024, kProgram, kFormat1, false, scattered},
		{"blocks=1", 1, kProgram, kFormat1, false, blocks},
		{"blocks=128", 128, kProgram, kFormat1, false, blocks},
		{"block-read", 2, kProgram, kFormat1, false, block_read},
		{"block-write", 2, kProgram, kFormat1, false, block_write},
		{"old-read", 3, kProgram, kFormat1, false, old_read},
		{"tape-read", 2, kProgram, kFormat1, false, tape_read},
		{"screen", 1, kProgram, kFormat1, false, screen},
		{"small-write", 1, kProgram, kFormat1, false, small_write},
		{"writes=16", 16, kProgram, kFormat1, false, writes},
		{"data-chain", 64, kProgram, kFormat1, false, data_chain},
		{"format-0", 64, kProgram, kFormat0, false, format0},
		{"whole-start", 1, kProgram, kFormat1, true, one_page},
		{"whole-clear", 1, 0, kFormat1, true, none},
	};
	return all;
}

} // namespace vccw_bench
