// SPDX-License-Identifier: GPL-2.0-only
// What the kernel says of this process's own threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>
#include <sys/types.h>

namespace client {

// A thread that does the same over and over.
struct Loop {
	std::atomic<pid_t> tid{0};
	std::atomic<std::uint64_t> rounds{0};

	void enter();	// called by the thread itself
};

// This thread does nothing any more.
[[noreturn]] void stay();
// 'R', 'S', 'D' ... of a thread of process `pid`; 0: there is none.
char thread_state(pid_t pid, pid_t tid);
// Waits until all of them sleep uninterruptibly and make no more rounds.
// False: one has made `rounds` rounds before that.
bool all_stuck(const std::vector<Loop *> &loops, std::uint64_t rounds);

} // namespace client
