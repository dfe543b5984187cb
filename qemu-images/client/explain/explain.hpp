// SPDX-License-Identifier: GPL-2.0-only
// Takes a guest's program; gives, line by line, what the translator makes of it: the core's own
// code runs, on memory of this process instead of a guest's.
#pragma once

#include <string>
#include <vector>

#include "../../../core-cxx/include/vccw_core.h"
#include "../decode/device_class.hpp"
#include "../guest/memory.hpp"
#include "../guest/orb.hpp"

namespace client {

struct Explained {
	int rc = 0; // of START: 0 or a negative errno
	std::vector<std::string> lines;
};

// The module's limits, unless its parameters say otherwise.
constexpr vccw_limits kUsualLimits{4096, 1024, 16384, 4u << 20};

Explained explain(GuestMemory &memory, const Orb &orb, DeviceClass device, const vccw_limits &limits);

} // namespace client
