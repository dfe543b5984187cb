// SPDX-License-Identifier: GPL-2.0-only
// Sense data in words.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "device_class.hpp"

namespace client {

// The bits of sense byte 0 that mean the same on every device.
std::vector<std::string> sense_words(std::uint8_t byte0);
// All that the bytes say, of a device of this class.
std::vector<std::string> sense_words(std::span<const std::uint8_t> sense, DeviceClass device);

Value sense_value(std::span<const std::uint8_t> sense, DeviceClass device = DeviceClass::kUnknown);
// "command reject (80 00 ...)"
std::string sense_text(std::span<const std::uint8_t> sense, DeviceClass device = DeviceClass::kUnknown);

// What the classes add to byte 0; each has its table in a file of its own.
void add_eckd_sense(std::vector<std::string> &words, std::span<const std::uint8_t> sense);
void add_fba_sense(std::vector<std::string> &words, std::span<const std::uint8_t> sense);
void add_tape_sense(std::vector<std::string> &words, std::span<const std::uint8_t> sense);

} // namespace client
