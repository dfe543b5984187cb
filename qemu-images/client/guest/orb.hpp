// SPDX-License-Identifier: GPL-2.0-only
// The command-mode operation-request block (Principles of Operation, ch. 15).
#pragma once

#include <array>
#include <cstdint>

#include "../base/value.hpp"

namespace client {

struct Orb {
	std::uint32_t intparm = 0;
	unsigned key = 0;
	bool spnd = false;	// suspend control
	bool strm = false;	// streaming mode
	bool modif = false;	// modification control
	bool sync = false;	// synchronization control
	bool fmt = true;	// format-1 CCWs
	bool pfch = true;	// prefetch allowed
	bool isic = false;	// initial-status interruption control
	bool alcc = false;	// address-limit checking
	bool ssic = false;	// suppress suspended interruption
	bool transport = false;	// transport mode: refused by vfio-ccw
	bool c64 = false;	// 64-bit (format-2) IDAWs
	bool i2k = false;	// 2K blocks for format-2 IDAWs
	unsigned lpm = 0xff;
	bool ils = false;	// incorrect-length suppression
	bool midaw = false;	// MIDAWs allowed
	bool extended = false;	// ORB extension
	std::uint32_t cpa = 0;

	std::array<std::uint8_t, 12> encode() const;
	Value value() const;
	// Sets the flag called `name` ("pfch" ...); false if there is none.
	bool set_flag(const std::string &name, bool on);
};

} // namespace client
