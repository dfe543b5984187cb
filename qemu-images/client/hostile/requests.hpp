// SPDX-License-Identifier: GPL-2.0-only
// What a hostile client asks of one device.
#pragma once

#include "../vfio/eventfd.hpp"
#include "board.hpp"
#include "handle.hpp"

namespace client {

// One thread's means.
struct Weapons {
	Space &space;
	Random random;
	Scratch scratch;	// for its programs
	EventFd *eventfds;	// of all threads
	unsigned eventfd_count;
	unsigned indexes;	// of interrupts that legal requests are for
	bool siege;		// data only where it is taken away
};

// The driver's request for the device is told to this one.
void arm_request(int fd, const EventFd &eventfd);

// Does what `deed` says with the device `fd`, which may be closed at any time.
// A count, 0 or -errno.
long request(Deed deed, int fd, Weapons &w);

} // namespace client
