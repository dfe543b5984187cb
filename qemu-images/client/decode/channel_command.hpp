// SPDX-License-Identifier: GPL-2.0-only
// Channel commands by the class of the device.
#pragma once

#include <span>
#include <string>

#include "device_class.hpp"

namespace client {

struct ChannelCommandName {
	unsigned code;
	const char *name;
};

// In the order of their codes.
std::span<const ChannelCommandName> channel_commands(DeviceClass device);
// "READ DATA"; of what the class does not know: what the low bits say, "a read of the device's own".
std::string channel_command_name(DeviceClass device, unsigned code);

} // namespace client
