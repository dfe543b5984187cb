// SPDX-License-Identifier: GPL-2.0-only
#include "interrupts.hpp"

#include "console.hpp"
#include "insn.hpp"

extern "C" {
int cpu_wait(const guest::Psw *psw);
void on_program_check();
void on_machine_check();
[[noreturn]] void program_check();
[[noreturn]] void machine_check();
}

namespace guest {

namespace {

// Assigned storage locations (Principles of Operation, chapter 3).
template <class T> volatile T &low(u64 address)
{
	asm("" : "+r"(address));
	return *reinterpret_cast<volatile T *>(address);
}

constexpr int kWokenByIo = 1;
constexpr u64 kTicksPerSecond = 4096000000;
constexpr u64 kOpenClock = 0x800, kOpenService = 0x200;
constexpr u64 kNever = ~u64{0};
constexpr u16 kServiceSignal = 0x2401;
constexpr u64 kShutdown = 0xfff;

void set_new_psw(u64 at, void (*handler)())
{
	low<u64>(at) = kPsw64;
	low<u64>(at + 8) = reinterpret_cast<u64>(handler);
}

int wait_with(u64 open)
{
	const Psw psw{kPsw64 | kPswWait | open, 0};
	return cpu_wait(&psw);
}

bool wait_ticks(IoInterrupt &got, u64 ticks)
{
	set_clock_comparator(clock() + ticks);
	const bool came = wait_with(kPswIo | kPswExternal) == kWokenByIo;
	set_clock_comparator(kNever);
	if (came)
		got = {low<u32>(0xb8), low<u32>(0xbc), low<u32>(0xc0)};
	return came;
}

} // namespace

void interrupts_open()
{
	set_new_psw(0x1b0, nullptr);
	set_new_psw(0x1d0, on_program_check);
	set_new_psw(0x1e0, on_machine_check);
	set_new_psw(0x1f0, nullptr);
	set_clock_comparator(kNever);
	set_control_register_0(kOpenClock | kOpenService);
	set_control_register_6(0xff000000);
}

bool wait_io(IoInterrupt &got, unsigned seconds)
{
	return wait_ticks(got, seconds * kTicksPerSecond);
}

bool wait_io_on_its_way(IoInterrupt &got)
{
	return wait_ticks(got, kTicksPerSecond / 1000);
}

bool take_io(IoInterrupt &got)
{
	got = {};
	u32 area[3];
	u32 cc;
	asm volatile("tpi %[a]\n\tipm %[cc]\n\tsrl %[cc],28"
		     : [cc] "=d"(cc), [a] "=Q"(area)
		     :
		     : "cc", "memory");
	if (!cc)
		return false;
	got = {area[0], area[1], area[2]};
	return true;
}

void wait_service()
{
	do
		wait_with(kPswExternal);
	while (low<u16>(0x86) != kServiceSignal);
}

void power_off()
{
	const Psw psw{kPsw64 | kPswWait, kShutdown};
	for (;;)
		asm volatile("lpswe %0" : : "Q"(psw) : "memory");
}

void load_again()
{
	register u64 block asm("2") = 0;
	register u64 subcode asm("4") = 3;
	for (;;)
		asm volatile("diag %0,%1,0x308" : : "d"(block), "d"(subcode) : "memory");
}

} // namespace guest

void program_check()
{
	guest::say("FAILED: program interruption ", guest::hex(guest::low<guest::u16>(0x8e), 4),
		   " at ", guest::hex(guest::low<guest::u64>(0x158), 16));
	guest::power_off();
}

void machine_check()
{
	guest::say("FAILED: machine check ", guest::hex(guest::low<guest::u64>(0xe8), 16));
	guest::power_off();
}
