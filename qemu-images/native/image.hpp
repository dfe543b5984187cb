// SPDX-License-Identifier: GPL-2.0-only
// Compiled channel programs: what `compile` writes on the build machine and the program without
// a driver reads.  One Header; for each set a Set, and for each of its vectors a Vector, its
// Buffers, and its Pieces, each followed by its bytes up to a multiple of 4.
#pragma once

#include <cstdint>

namespace native {

// A big-endian word of any machine.
struct Word {
	std::uint8_t byte[4];

	constexpr std::uint32_t get() const
	{
		return std::uint32_t{byte[0]} << 24 | std::uint32_t{byte[1]} << 16 | std::uint32_t{byte[2]} << 8 | byte[3];
	}
	static constexpr Word of(std::uint64_t v)
	{
		return {{static_cast<std::uint8_t>(v >> 24 & 0xff), static_cast<std::uint8_t>(v >> 16 & 0xff),
			 static_cast<std::uint8_t>(v >> 8 & 0xff), static_cast<std::uint8_t>(v & 0xff)}};
	}
};

constexpr char kMagic[8] = {'V', 'C', 'C', 'W', 'V', 'E', 'C', '1'};
// Programs and their data lie below this address, from kFirst on; the rest of the storage is the
// program's that runs them.
constexpr std::uint32_t kFirst = 0x10000, kEnd = 0x400000;

struct Header {
	char magic[8];
	Word length;	// of all, a multiple of 4
	Word sets;
};

struct Set {
	char name[16];
	Word vectors;
};

// What is done, in the order of client::Act.
enum : std::uint32_t { kActRun, kActBegin, kActFinish, kActStatus, kActCross, kActHalt, kActClear };

struct Vector {
	char name[40];
	Word act, peer;
	Word has_program;
	Word control, cpa;	// of the ORB
	Word first, end;	// of the storage that the program may touch
	Word buffers, pieces;
};

struct Buffer {
	char name[16];
	Word address, length;
};

struct Piece {
	Word address, length;
};

} // namespace native
