// SPDX-License-Identifier: GPL-2.0-only
// The shapes of channel programs that are measured.
#pragma once

#include <string>
#include <vector>

#include "../vfio/session.hpp"

namespace client {

struct Shape {
	Orb orb;
	bool clear = false;	// no program: CLEAR SUBCHANNEL
	std::uint32_t end = 0;	// the CPA of a normal end
	unsigned ccws = 0;
};

// Builds the shape called `name` in the session's memory, or a usage error.
// `command`: the channel command of its CCWs.
Shape make_shape(GuestMemory &memory, const std::string &name, unsigned command);
const char *shapes_help();

// The work of the disk shapes by the host's own driver, on its block device.
void native_io(const std::string &device, const std::string &shape, std::uint64_t count);

// Time in nanoseconds, where it was spent.
struct Times {
	double wall = 0;
	double client = 0;	// this process, in its system calls and outside
	double worker = 0;	// the kernel's worker threads
};
double now_ns();
Times measure_begin();
Times measure_end();
Times operator-(const Times &a, const Times &b);

} // namespace client
