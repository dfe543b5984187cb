// SPDX-License-Identifier: GPL-2.0-only
#include "fiber.hpp"

#include <cstring>

#include <ucontext.h>

namespace explore {
namespace {

jmp_buf scheduler;
Fiber *making;
void (*making_fn)(int);
int making_arg;

// Dead bytes below a fiber's stack pointer would end up as padding of later
// frames and make equal states look different.
constexpr std::size_t kDead = 3072;
// The frame of fiber_yield() and what setjmp needs of it.
constexpr std::size_t kFrame = 256;

void trampoline()
{
	void (*const fn)(int) = making_fn;
	const int arg = making_arg;

	fiber_yield(making);
	fn(arg);
	__builtin_trap();
}

} // namespace

__attribute__((noinline)) void fiber_yield(Fiber *f)
{
	if (f) {
		f->live = static_cast<char *>(__builtin_frame_address(0)) - kFrame;
		if (_setjmp(f->at))
			return;
	}
	_longjmp(scheduler, 1);
}

__attribute__((noinline)) void fiber_resume(Fiber &f)
{
	std::memset(f.live - kDead, 0, kDead);
	if (!_setjmp(scheduler))
		_longjmp(f.at, 1);
}

__attribute__((noinline)) void fiber_make(Fiber &f, char *stack, std::size_t bytes, void (*fn)(int),
					  int arg)
{
	static ucontext_t here;
	static ucontext_t there;

	making = &f;
	making_fn = fn;
	making_arg = arg;
	getcontext(&there);
	there.uc_stack.ss_sp = stack;
	there.uc_stack.ss_size = bytes;
	there.uc_link = nullptr;
	makecontext(&there, trampoline, 0);
	if (!_setjmp(scheduler))
		swapcontext(&here, &there);
}

} // namespace explore
