// SPDX-License-Identifier: GPL-2.0-only
// Failing allocations, one at a time: the kernel's fail-nth makes the n-th
// allocation (or user copy) of this thread fail, and no other thread's.
#pragma once

#include <functional>
#include <string>

namespace client {

// Whether the kernel can; tells it to fail all kinds of allocations.
bool can_fail_allocations();

class FailNth {
public:
	// From now on, until the object ends or stop().
	explicit FailNth(unsigned n);
	~FailNth() { stop(); }
	FailNth(const FailNth &) = delete;
	FailNth &operator=(const FailNth &) = delete;

	// True if one has failed since.
	bool stop();

private:
	bool failed_ = false;
	int fd_;
};

struct Sweep {
	unsigned points = 0; // allocations that failed
	unsigned errors = 0; // ... and made the operation fail
	std::string wrong;
};

// Runs `once` with the first, second, third ... allocation failing until none
// fails.  `once` returns 0 or -errno.  With nothing failing, `before` prepares it
// and `after` gets what it returned and whether something had failed, and says
// what is wrong.
Sweep sweep(const std::function<void()> &before, const std::function<int()> &once,
	    const std::function<std::string(int, bool)> &after);

} // namespace client
