// SPDX-License-Identifier: GPL-2.0-only
// Takes the control unit's type, which SENSE ID tells; gives how a command may end there.
//
// A device that ends a command with status modifier has the channel leave out the next
// CCW.  Of the devices that channels have today, only those with count-key-data do that,
// and only with their search commands, where it says "found":
//
//	SEARCH ID EQUAL     found: behind the TIC
//	TIC to the search   not found: once more
//	READ DATA
//
// Sources: IBM 3990/9390 Storage Control Reference, "Search Commands"; the common I/O
// layer's and Hercules' lists of control unit types.
#pragma once

#include "../base/types.hpp"

namespace vccw {

enum class DeviceClass : u8 {
	kUnknown,
	kDasd,  // count-key-data
	kOther, // known, and never presents status modifier in a chain
};

constexpr DeviceClass class_of_control_unit(u16 type)
{
	switch (type) {
	case 0x3990: // 3380, 3390
	case 0x2105: // ESS
	case 0x2107: // DS8000
	case 0x1750: // DS6000
	case 0x3880:
	case 0x9343:
	case 0x3830:
	case 0x2841:
	case 0x2314:
		return DeviceClass::kDasd;
	case 0x3174: // terminals
	case 0x3272:
	case 0x3274:
	case 0x3215:
	case 0x1052:
	case 0x3480: // tapes
	case 0x3490:
	case 0x3590:
	case 0x3592:
	case 0x3803:
	case 0x3422:
	case 0x3430:
	case 0x2821: // printers, card readers and punches
	case 0x1403:
	case 0x3211:
	case 0x3811:
	case 0x3203:
	case 0x3800:
	case 0x3505:
	case 0x3525:
	case 0x2501:
	case 0x3088: // channel to channel
	case 0x1731: // network
	case 0x6310: // fixed-block disks
	case 0x3832: // virtio
		return DeviceClass::kOther;
	default:
		return DeviceClass::kUnknown;
	}
}

// Whether a command may end with status modifier.
enum class Skips : u8 {
	kNever,
	kPerhaps, // only a printer may be meant: "write and skip to channel 5" is 0xa9, too
	kAsUsual, // a search
};

constexpr Skips skips_of(u8 cmd, DeviceClass device)
{
	constexpr u8 kMultitrack = 0x80;

	if (device == DeviceClass::kOther)
		return Skips::kNever;
	switch (cmd & ~kMultitrack) {
	case 0x29: // key equal, high, equal or high
	case 0x49:
	case 0x69:
	case 0x31: // identifier, the same
	case 0x51:
	case 0x71:
	case 0x39: // home address
		return device == DeviceClass::kUnknown && (cmd & kMultitrack) ? Skips::kPerhaps
									      : Skips::kAsUsual;
	default:
		return Skips::kNever;
	}
}

} // namespace vccw
