// SPDX-License-Identifier: GPL-2.0-only
// Random channel programs.
#pragma once

#include "../guest/chain.hpp"
#include "../guest/orb.hpp"
#include "random.hpp"
#include "slots.hpp"

namespace client {

// Guest addresses of a stress run.
struct Layout {
	static constexpr std::uint64_t kMemory = 4 << 20; // the area with everything
	static constexpr std::uint64_t kFlip = 8 << 20;   // mapped and unmapped
	static constexpr std::uint64_t kFlipSize = 1 << 20;
	static constexpr std::uint64_t kReadOnly = 12 << 20;
	static constexpr std::uint64_t kReadOnlySize = 64 << 10;
	// No address that a guest's program or its faults can have.
	static constexpr std::uint64_t kNoGuest = 16 << 20, kNoGuestEnd = 0x7e000000;

	static bool may_be_guest(std::uint32_t address)
	{
		return address < kNoGuest || address >= kNoGuestEnd;
	}
};

// Fills the slot with a program that a well-behaved guest could run: chained,
// with transfers in channel program order, IDALs, data in the flip area at times,
// suspended at times.
Orb legal_program(Random &random, GuestMemory &memory, Slot &slot);

// A place for one thread's hostile programs.
struct Scratch {
	static constexpr std::uint32_t kSize = 16384; // CCWs, lists, data
	std::uint32_t gpa = 0;
};

// Fills `scratch` with words that are mostly nonsense.  No data address leads to
// other mapped storage than the scratch and the flip area, and no TIC leads back:
// the channel would never end.  `any_paths`: also by none that the device has.
Orb hostile_program(Random &random, GuestMemory &memory, const Scratch &scratch, bool any_paths);

} // namespace client
