// SPDX-License-Identifier: GPL-2.0-only
// The parts of the port.
#pragma once

#include "world.hpp"

namespace explore {

// The caller must not, or must, hold the subchannel lock.
void may_sleep(const char *what);
void locked(const char *what);

// The channel has accepted the program at absolute address `cpa`: from now on
// it may use it.
void freeze(u8 program, u32 cpa);

// No interrupt will tell the client of the functions that it is owed any more; `device_end`:
// but device end is to come.
void lost_for_the_client(u8 ended, bool device_end = false);

void add_instructions(vccw_port &port);
void add_memory(vccw_port &port);

} // namespace explore
