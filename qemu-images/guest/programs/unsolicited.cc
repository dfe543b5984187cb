// SPDX-License-Identifier: GPL-2.0-only
// A terminal to which somebody connects: status that no program of ours caused.
// Lines that start with "# outside:" are read by scripts/boot/terminal.
#include "program.hpp"

namespace guest {

namespace {

constexpr u8 kEraseWrite = 0x05, kReadModified = 0x06, kAttention = 0x80;
constexpr u8 kScreen[] = {0xc3, 0xd9, 0xc5, 0xc1, 0xc4, 0xe8}; // control character, "READY"
constexpr u8 kEnter[] = {0x7d, 0x40, 0x40};                    // the key, and the cursor's place

void unsolicited(Subchannel &s, const char *name, u8 status)
{
	const Answer a = s.wait();
	tell(name, a);
	check("interrupt came", a.came, true, 1);
	check("interruption parameter is the subchannel's", a.io.intparm, s.intparm());
	check("no function", a.irb.scsw.control & (kFunctions | kActivity), 0);
	check("status control", a.irb.scsw.control & kStatusControl, kAlert | kPending);
	check("device status", a.irb.scsw.dstat(), status, 2);
	check("subchannel status", a.irb.scsw.cstat(), 0, 2);
	check_quiet(s);
}

void write_screen(Subchannel &s)
{
	__builtin_memcpy(storage<u8>(kBuffers), kScreen, sizeof(kScreen));
	const Chain c = Chain().ccw(kEraseWrite, kSli, sizeof(kScreen), kBuffers);
	run(s, "WRITE to the screen", c.orb(), {c.next()});
	say("# outside: shows READY");
}

} // namespace

void run_unsolicited(Subchannel &s)
{
	say("# outside: connect");
	unsolicited(s, "the terminal is switched on", kDeviceEnd);
	write_screen(s);
	say("# outside: press 1");
	unsolicited(s, "a key is pressed", kAttention);
	wipe(kBuffers);
	const Chain c = Chain().ccw(kReadModified, kSli, 64, kBuffers);
	run(s, "READ MODIFIED", c.orb(), {c.next(), 64 - sizeof(kEnter)});
	check_bytes("the key", storage<u8>(kBuffers), kEnter, sizeof(kEnter));
	run_long(s);
}

// Somebody connected before this guest started.
void run_connected(Subchannel &s)
{
	write_screen(s);
	run_long(s);
}

} // namespace guest
