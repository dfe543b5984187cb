// SPDX-License-Identifier: GPL-2.0-only
// What a command code says about the flow of data.
// Principles of Operation, "Basic I/O Functions": CCW command codes.
#pragma once

#include "arch.hpp"

namespace vccw {

// A set of directions; a CCW reached in more than one way may have several.
using Directions = u32;
constexpr Directions kFetches = 1;        // the channel reads storage (write, control)
constexpr Directions kStores = 2;         // it stores (read, sense)
constexpr Directions kStoresBackward = 4; // it stores, addresses descending
constexpr Directions kAnyStore = kStores | kStoresBackward;

// 0 for a code that is not a command (TIC and the invalid ones).
constexpr Directions directions_of(u8 cmd)
{
	switch (cmd & 3) {
	case 1:
	case 3:
		return kFetches;
	case 2:
		return kStores;
	default:
		return (cmd & 0xf) == 0x4 ? kStores : (cmd & 0xf) == 0xc ? kStoresBackward : 0;
	}
}

// Whether the device may end `cmd` with status modifier, so that the channel
// leaves out the next CCW: the searches of count-key-data devices (SEARCH ID,
// KEY, HOME ADDRESS; equal, high, or both; with or without multitrack).
constexpr bool may_skip_next(u8 cmd)
{
	return (cmd & 7) == 1 && (cmd & 0x7f) >= 0x29;
}

} // namespace vccw
