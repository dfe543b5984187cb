// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <sched.h>
#include <string>

namespace client {

// While it lives, this thread runs on CPU 0 before everything else there, and
// unbound kernel workers are kept to CPU 0 as well: no worker runs until the
// thread blocks.  Everything is put back at the end.
class Pinned {
public:
	Pinned();
	~Pinned();
	Pinned(const Pinned &) = delete;
	Pinned &operator=(const Pinned &) = delete;

private:
	cpu_set_t cpus_;
	std::string workers_;	// the mask before
};

} // namespace client
