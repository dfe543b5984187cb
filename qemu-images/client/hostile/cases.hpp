// SPDX-License-Identifier: GPL-2.0-only
// What a hostile client does, one thing at a time.  Each case ends with a check
// that the device still works, or says that it is where it must be and stays
// there for the host to deal with.
#pragma once

#include "../cmd/command.hpp"

namespace client {

struct HostileCase {
	const char *name;
	const char *summary;
	void (*run)(Context &);
};

// Memory is taken away while programs are started on it.
std::vector<HostileCase> unmap_cases();
// Threads that the kernel never lets go of, or that wait for the client itself.
std::vector<HostileCase> stuck_cases();
// Requests that are done, and do not come back.
std::vector<HostileCase> late_answer_cases();
// Everything at random.
std::vector<HostileCase> random_cases();

} // namespace client
