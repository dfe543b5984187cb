// SPDX-License-Identifier: GPL-2.0-only
// What the builders of channel programs share.
#pragma once

#include "shapes.hpp"

namespace vccw_bench {

using u8 = unsigned char;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

constexpr u32 kProgram = 0x10000, kLists = 0x100000, kData = 0x400000, kPage = 4096;
constexpr u32 kFormat1 = 0x00C2ff00, kFormat0 = 0x0042ff00,
	      kIda2K = 0x10000, kMidaw = 0x40; // format-2 IDAWs of 4K, prefetch
constexpr u32 kSense = 0xe4, kWrite = 0x01, kSearch = 0x31, kTic = 0x08, kPrefix = 0xe7, kReadBlock = 0x86, kWriteBlock = 0x85,
	      kDefineExtent = 0x63, kLocateRecord = 0x47, kModeSet = 0xdb, kTapeRead = 0x02, kEraseWrite = 0x05;
constexpr u32 kDataChain = 0x80, kCommandChain = 0x40, kSli = 0x20, kIda = 0x04, kMida = 0x01;
constexpr u32 kPiece = 64, kWords = 16; // bytes a CCW, words a list

inline void put(FlatPort &p, u32 at, u64 value, u32 bytes)
{
	for (u32 i = 0; i < bytes; i++)
		*p.guest(at + i) = u8(value >> 8 * (bytes - 1 - i));
}

inline void ccw(FlatPort &p, u32 at, u32 cmd, u32 flags, u32 count, u32 cda)
{
	put(p, at, cmd << 24 | flags << 16 | count, 4);
	put(p, at + 4, cda, 4);
}

inline void ccw0(FlatPort &p, u32 at, u32 cmd, u32 flags, u32 count, u32 cda)
{
	put(p, at, cmd << 24 | cda, 4);
	put(p, at + 4, flags << 24 | count, 4);
}

inline u32 in_one_page(u32 i)
{
	return kData + i % (kPage / kPiece) * kPiece;
}

inline u32 chain(u32 i, u32 n, u32 how = kCommandChain)
{
	return kSli | (i + 1 < n ? how : 0);
}

// hostile.cc: addresses that a guest picks to make work.
void ladder(FlatPort &p, u32 n);
void scattered(FlatPort &p, u32 n);

} // namespace vccw_bench
