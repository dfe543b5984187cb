// SPDX-License-Identifier: GPL-2.0-only
// Indirect data addressing: lists of IDAWs and MIDAWs in guest storage.
#pragma once

#include <cstdint>
#include <vector>

#include "memory.hpp"

namespace client {

enum class IdaKind {
	kFormat1,	// 31-bit words, 2K blocks
	kFormat2Of2K,	// 64-bit words, 2K blocks: ORB c64 and i2k
	kFormat2Of4K,	// 64-bit words, 4K blocks: ORB c64
};

constexpr std::uint32_t ida_word_size(IdaKind k) { return k == IdaKind::kFormat1 ? 4 : 8; }
constexpr std::uint32_t ida_block(IdaKind k) { return k == IdaKind::kFormat2Of4K ? 4096 : 2048; }

// Words for `length` bytes from `data` on, which may start inside a block.
std::vector<std::uint64_t> idaws_for(IdaKind kind, std::uint64_t data, std::uint32_t length);
void store_idaws(GuestMemory &memory, std::uint32_t list, IdaKind kind, const std::vector<std::uint64_t> &words);
// Both, in a fresh place; returns the list's address.
std::uint32_t make_idal(GuestMemory &memory, IdaKind kind, std::uint64_t data, std::uint32_t length);

struct Midaw {
	static constexpr unsigned kLast = 0x80, kSkip = 0x40, kInterrupt = 0x20;
	unsigned flags = 0;
	unsigned count = 0;
	std::uint64_t data = 0;
};

// The list's address (on a 16-byte boundary); the last one is flagged.
std::uint32_t make_midal(GuestMemory &memory, std::vector<Midaw> list);

} // namespace client
