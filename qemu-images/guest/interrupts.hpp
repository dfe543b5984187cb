// SPDX-License-Identifier: GPL-2.0-only
// Waiting. Interrupts are closed everywhere but inside of these functions.
#pragma once

#include "arch.hpp"

namespace guest {

// Must have run before anything that waits.
void interrupts_open();

struct IoInterrupt {
	u32 id = 0; // of the subchannel
	u32 intparm = 0;
	u32 word = 0; // interruption class in bits 2-4
};

// Waits for one I/O interrupt; false if none came in this time.
bool wait_io(IoInterrupt &got, unsigned seconds);

// The same, but only until the machine has dealt with what had happened to it when this was
// called: QEMU looks at its files, by which it hears of a device, before its timers, one of
// which ends this.
bool wait_io_on_its_way(IoInterrupt &got);

// True if an I/O interrupt is pending now; takes it.
bool take_io(IoInterrupt &got);

// Waits for the end of a service call.
void wait_service();

// Ends the machine; a machine that has no more to do shuts down.
[[noreturn]] void power_off();

// The machine resets itself and loads this program again (DIAGNOSE 308, re-IPL with clear).
[[noreturn]] void load_again();

} // namespace guest
