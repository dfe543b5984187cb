// SPDX-License-Identifier: GPL-2.0-only
#include "channel_command.hpp"

#include "channel_command_tables.hpp"

namespace client {

std::span<const ChannelCommandName> channel_commands(DeviceClass device)
{
	switch (device) {
	case DeviceClass::kEckd:
		return kEckdCommands;
	case DeviceClass::kFba:
		return kFbaCommands;
	case DeviceClass::kTape:
		return kTapeCommands;
	case DeviceClass::kReader:
	case DeviceClass::kPunch:
		return kCardCommands;
	case DeviceClass::kPrinter:
		return kPrinterCommands;
	case DeviceClass::kConsole:
		return kConsoleCommands;
	case DeviceClass::kTerminal:
		return kTerminalCommands;
	case DeviceClass::kCtca:
		return kCtcaCommands;
	default:
		return kBasicCommands;
	}
}

std::string channel_command_name(DeviceClass device, unsigned code)
{
	if ((code & 0xf) == 8)
		return "TRANSFER IN CHANNEL";
	for (const auto &c : channel_commands(device))
		if (c.code == code)
			return c.name;
	// Principles of Operation, chapter 15, "Command Code".
	const char *const kind = (code & 3) == 1	? "a write"
				 : (code & 3) == 2	? "a read"
				 : (code & 3) == 3	? "a control"
				 : (code & 0xf) == 0xc	? "a read backward"
				 : (code & 0xf) == 4	? "a sense"
							: nullptr;
	return kind ? std::string(kind) + " of the device's own" : "an invalid command";
}

} // namespace client
