// SPDX-License-Identifier: GPL-2.0-only
// The answer to SENSE ID (Common I/O-Device Commands, SA22-7204).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "../base/value.hpp"

namespace client {

struct SenseId {
	bool valid = false;	// byte 0 is 0xff and there are control-unit bytes
	unsigned cu_type = 0;
	unsigned cu_model = 0;
	bool has_device = false;
	unsigned dev_type = 0;
	unsigned dev_model = 0;
	std::vector<std::uint32_t> ciws;	// command-information words
	std::vector<std::uint8_t> raw;

	// `bytes`: what was stored, cut at the residual count.
	static SenseId decode(std::span<const std::uint8_t> bytes);
	Value value() const;
	// The command that a command-information word of this type names; 0: none does.
	unsigned command_of(unsigned type) const;
	std::string text() const;	// "control unit 3832/05, device 0000/00"
};

} // namespace client
