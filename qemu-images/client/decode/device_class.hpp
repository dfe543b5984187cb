// SPDX-License-Identifier: GPL-2.0-only
// What kind of device answers: it decides what a command, sense data and data mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sense_id.hpp"

namespace client {

enum class DeviceClass { kUnknown, kEckd, kFba, kTape, kReader, kPunch, kPrinter, kConsole, kTerminal, kCtca, kVirtio };

// By the device type, else by the control unit's.
DeviceClass class_of(const SenseId &id);
const char *class_name(DeviceClass c);		// a word for command lines: "eckd"
const char *class_text(DeviceClass c);		// "disk (count key data)"
std::optional<DeviceClass> class_named(const std::string &name);
// Those that channel commands are known of.
std::vector<DeviceClass> known_classes();

} // namespace client
