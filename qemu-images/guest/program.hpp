// SPDX-License-Identifier: GPL-2.0-only
// Channel programs: building one in storage, running it, judging its end.
#pragma once

#include "check.hpp"
#include "subchannel.hpp"

namespace guest {

// Storage for programs and data; the image lies below.
constexpr u32 kPrograms = 0x200000, kBuffers = 0x400000, kBufferLength = 0x100000;

template <class T> T *storage(u64 address)
{
	asm("" : "+r"(address));
	return reinterpret_cast<T *>(address);
}

// Writes CCWs one behind the other.
class Chain {
public:
	explicit Chain(u32 at = kPrograms, bool format1 = true)
		: first_(at), next_(at), format1_(format1)
	{
	}

	Chain &ccw(u8 command, u8 flags, u16 count, u32 data);
	Chain &tic(u32 to) { return ccw(kTic, 0, 0, to); }
	Chain &at(u32 address);

	u32 first() const { return first_; }
	u32 next() const { return next_; }
	Orb orb(u32 control = 0) const;

private:
	u32 first_;
	u32 next_;
	bool format1_;
};

// An indirect-data-address list of format 2 over `length` bytes at `data`.
void make_list(u32 list, u64 data, u32 length, u32 block);

// How a program has to end.
struct End {
	u32 cpa;
	u16 count = 0;
	u8 dstat = kGood;
	u8 cstat = 0;
	u32 control = kStart | kEnded;
};

// Of a program whose last CCW, at `ccw`, can't be run.
constexpr End program_check_at(u32 ccw)
{
	return {ccw + 8, 0, 0, kProgramChecked, kStart | kEnded | kAlert};
}

// Of a program whose CCW at `ccw` the device rejects; sense data come with it.
constexpr End unit_check_at(u32 ccw)
{
	return {ccw + 8, 0, kUnitCheck, 0, kEswFormat | kSenseThere | kStart | kEnded | kAlert};
}

// SENSE ID and its answer, which every device gives.
constexpr unsigned kIdLength = 64; // bytes of it that are compared
void remember_id(Subchannel &s);
void wipe(u32 at);
void check_id(const char *what, u32 at, unsigned n);
void check_blocks(u32 first, unsigned length, u32 second);

// A machine without pass-through answers some things in its own way.
struct Options {
	bool passed_through = true; // the devices are not this machine's own
	bool prefetch = true;       // ORBs allow prefetching
	bool forced = false;        // QEMU sets it itself, and shows that
	unsigned rounds = 1000;     // of the long run
	unsigned ladder = 160;      // jumps in a row
	bool unsolicited = false;   // somebody will connect to the terminal
	bool connected = false;     // ... or is connected
	bool unplug = false;        // the operator will take the device away
	bool paths = false;         // ... or vary its channel path
	bool no_path = false;       // start by a path that a device does not have
	bool reset = false;         // the machine will be reset
	bool operated = false;      // devices come and go, the machine is suspended, reset, shut down
	unsigned reboots = 0;       // ... and loads itself again so often, with a program running
};
inline Options options;

void tell(const char *name, const Answer &a);

// Runs it, checks every field of the answer, tells it.
Answer run(Subchannel &s, const char *name, const Orb &orb, const End &end);

// Checks an answer that came by another way. `orb`: of the program that it ends.
void judge(Subchannel &s, const Answer &a, const Orb &orb, const End &end);

// No status and no interrupt is left over.
void check_quiet(Subchannel &s);

// What the tests are made of, in order.
bool identify(Subchannel &s);
void run_shapes(Subchannel &s);
void run_lists(Subchannel &s);
void run_edges(Subchannel &s);
void run_network(Subchannel &s);
void run_terminal(Subchannel &s);
void run_disk(Subchannel &s);
void run_errors(Subchannel &s);
void run_functions(Subchannel &s);
void run_refusals(Subchannel &s);
void run_long(Subchannel &s);
void run_unsolicited(Subchannel &s);
void run_connected(Subchannel &s);
void run_unplug(Subchannel &s);
void run_paths(Subchannel &s);
void run_no_path(Subchannel &s);
void run_reset(Subchannel &s);
[[noreturn]] void run_operated();

// Of a machine that is reset with its devices at work (reset.cc): counts its starts; makes a
// device usable, from which no status of before may come.
unsigned count_start();
void adopt(Subchannel &s);

inline u64 storage_end;

} // namespace guest
