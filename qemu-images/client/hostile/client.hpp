// SPDX-License-Identifier: GPL-2.0-only
// One hostile client: a process that has some of the devices for a while, and
// uses them from several threads.
#pragma once

#include <string>

#include "board.hpp"

namespace client {

struct ClientOptions {
	std::string backend = "type1";
	bool deadlock = false;		// see Space::order
	bool all_devices = false;	// in one address space; otherwise some of those that are free
	std::uint64_t seed = 0;
	std::uint64_t stream = 0;	// which client it is
};

// Makes some operations and returns; the devices are closed.
void be_hostile(Board &board, const ClientOptions &options);

} // namespace client
