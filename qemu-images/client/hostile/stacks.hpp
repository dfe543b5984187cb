// SPDX-License-Identifier: GPL-2.0-only
// Why a process that was killed is still there.
#pragma once

#include <string>
#include <sys/types.h>

namespace client {

// Prints where in the kernel its threads are, and says it in one line: whose fault
// it is, if that is known.
std::string why_it_stays(pid_t pid);

} // namespace client
