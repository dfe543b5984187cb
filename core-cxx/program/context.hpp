// SPDX-License-Identifier: GPL-2.0-only
// Takes a command code or what a data chain brings along; gives the flow of data.
//
// A CCW that is reached by data chaining belongs to the command that began the chain, and
// its own command code is ignored.  So what a CCW does depends on how the channel comes
// to it.  That is its context:
//
//	02 CD  READ            kCommand: stores
//	01     (ignored)       kStoreChain: stores, too
//
// Principles of Operation, "Basic I/O Functions": command codes, data chaining.
#pragma once

#include "../base/arch.hpp"
#include "device_class.hpp"

namespace vccw {

enum class Flow : u8 {
	kNone = 0,          // not a command
	kFetch = 1,         // the channel reads storage (write, control)
	kStore = 2,         // it stores (read, sense)
	kStoreBackward = 4, // it stores, addresses descending
	kNothing = 8,       // no operation: data and address are not looked at
};

constexpr bool stores(Flow flow)
{
	return flow == Flow::kStore || flow == Flow::kStoreBackward;
}

// TIC is not a command, either.
constexpr Flow flow_of_command(u8 cmd)
{
	switch (cmd & 3) {
	case 1:
		return Flow::kFetch;
	case 3:
		return cmd == ccw::kCmdNop ? Flow::kNothing : Flow::kFetch;
	case 2:
		return Flow::kStore;
	default:
		return (cmd & 0xf) == 0x4   ? Flow::kStore
		       : (cmd & 0xf) == 0xc ? Flow::kStoreBackward
					    : Flow::kNone;
	}
}

enum class Context : u8 {
	kCommand,
	kNothingChain,
	kFetchChain,
	kSearchChain,        // of a command that may end with status modifier
	kPerhapsSearchChain, // the same, if it is one: Skips::kPerhaps
	kStoreChain,
	kStoreBackwardChain,
};
constexpr u32 kContexts = 7;

// Of the CCW behind a valid one with command code `cmd` that chains data.
constexpr Context context_in_data_chain(Context now, u8 cmd, DeviceClass device)
{
	if (now != Context::kCommand)
		return now;
	switch (flow_of_command(cmd)) {
	case Flow::kStore:
		return Context::kStoreChain;
	case Flow::kStoreBackward:
		return Context::kStoreBackwardChain;
	case Flow::kNothing:
		return Context::kNothingChain;
	default:
		break;
	}
	switch (skips_of(cmd, device)) {
	case Skips::kAsUsual:
		return Context::kSearchChain;
	case Skips::kPerhaps:
		return Context::kPerhapsSearchChain;
	default:
		return Context::kFetchChain;
	}
}

constexpr Flow flow_in(Context context, u8 cmd)
{
	switch (context) {
	case Context::kCommand:
		return flow_of_command(cmd);
	case Context::kNothingChain:
		return Flow::kNothing;
	case Context::kStoreChain:
		return Flow::kStore;
	case Context::kStoreBackwardChain:
		return Flow::kStoreBackward;
	default:
		return Flow::kFetch;
	}
}

// How the operation ends whose last CCW has the code `cmd` and is met in `context`.
constexpr Skips skips_after(Context context, u8 cmd, DeviceClass device)
{
	switch (context) {
	case Context::kCommand:
		return skips_of(cmd, device);
	case Context::kSearchChain:
		return Skips::kAsUsual;
	case Context::kPerhapsSearchChain:
		return Skips::kPerhaps;
	default:
		return Skips::kNever;
	}
}

} // namespace vccw
