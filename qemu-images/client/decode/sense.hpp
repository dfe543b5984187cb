// SPDX-License-Identifier: GPL-2.0-only
// Sense data and SENSE ID answers in words.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "../base/value.hpp"

namespace client {

// The bits of sense byte 0 that mean the same on every device.
std::vector<std::string> sense_words(std::uint8_t byte0);
Value sense_value(std::span<const std::uint8_t> sense);
std::string sense_text(std::span<const std::uint8_t> sense);	// "command reject (80 00 ...)"

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
	std::string text() const;	// "control unit 3832/05, device 0000/00"
};

} // namespace client
