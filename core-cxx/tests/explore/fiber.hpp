// SPDX-License-Identifier: GPL-2.0-only
// Coroutines whose whole state is plain memory at a fixed address, so that a
// copy of the bytes is a copy of the coroutine.  One thread, no system calls.
#pragma once

#include <csetjmp>
#include <cstddef>

namespace explore {

struct Fiber {
	jmp_buf at;
	char *live; // lowest byte of its stack that is in use
};

// Makes a fiber on `stack` that will call fn(arg), which must not return.
void fiber_make(Fiber &f, char *stack, std::size_t bytes, void (*fn)(int), int arg);
// Runs `f` until it yields or fails.
void fiber_resume(Fiber &f);
// From inside a fiber: back to fiber_resume(), which saves nothing if `f` is
// null (the fiber is given up).
void fiber_yield(Fiber *f);

} // namespace explore
