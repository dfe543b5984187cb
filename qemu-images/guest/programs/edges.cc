// SPDX-License-Identifier: GPL-2.0-only
// Programs at the end of storage and beyond, and CCWs that no channel runs.
#include "program.hpp"

namespace guest {

namespace {

void at_the_end(Subchannel &s)
{
	const auto end = static_cast<u32>(storage_end);
	const Chain last = Chain(end - 8).ccw(kSenseId, kSli, 4, kBuffers);
	wipe(kBuffers);
	run(s, "in the last doubleword of storage", last.orb(), {end});
	check_id("its data", kBuffers, 4);

	const Chain over = Chain(end - 8).ccw(kSenseId, kSli | kChain, 4, kBuffers);
	wipe(kBuffers);
	run(s, "a chain over the end of storage", over.orb(), program_check_at(end));
	check_id("the CCW before it ran", kBuffers, 4);

	const Chain data = Chain().ccw(kSenseId, kSli, 16, end - 16);
	wipe(end - kIdLength);
	run(s, "data in the last bytes of storage", data.orb(), {data.next()});
	check_id("its data", end - 16, 16);

	const Chain beyond = Chain().ccw(kSenseId, kSli, 16, end);
	run(s, "data beyond the storage", beyond.orb(), program_check_at(beyond.first()));
	run(s, "a program beyond the storage", Chain(end).orb(), program_check_at(end));
}

void jumps(Subchannel &s)
{
	const auto end = static_cast<u32>(storage_end);
	Chain out;
	out.ccw(kSenseId, kSli | kChain, 4, kBuffers).tic(end);
	wipe(kBuffers);
	// The check is the TIC's (GA22-7000, "Contents of the Command-Address Field"); an emulated
	// device shows it at the target.
	run(s, "a TIC out of storage", out.orb(),
	    program_check_at(options.passed_through ? out.first() + 8 : end));
	check_id("the CCW before it ran", kBuffers, 4);

	const Chain twice = Chain().ccw(kNop, kSli | kChain, 1, kBuffers).tic(kPrograms + 0x100);
	Chain(kPrograms + 0x100).tic(kPrograms + 0x200);
	run(s, "a TIC to a TIC", twice.orb(), program_check_at(kPrograms + 0x100));
}

void bad_ccws(Subchannel &s)
{
	const Chain zero = Chain().ccw(0, kSli, 1, kBuffers);
	run(s, "command 00", zero.orb(), program_check_at(zero.first()));
	const Chain second =
		Chain().ccw(kSenseId, kSli | kChain, 4, kBuffers).ccw(0x10, kSli, 1, kBuffers);
	wipe(kBuffers);
	run(s, "command 10 behind a good CCW", second.orb(), program_check_at(second.first() + 8));
	check_id("the good CCW ran", kBuffers, 4);
	const Chain none = Chain(kPrograms, false).ccw(kSenseId, kSli, 0, kBuffers);
	run(s, "count 0 in format 0", none.orb(), program_check_at(none.first()));
	const Chain suspend = Chain().ccw(kNop, kSli | kSuspend, 1, kBuffers);
	run(s, "suspend flag without leave", suspend.orb(), program_check_at(suspend.first()));
}

} // namespace

void run_edges(Subchannel &s)
{
	at_the_end(s);
	jumps(s);
	bad_ccws(s);
}

} // namespace guest
