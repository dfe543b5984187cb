// SPDX-License-Identifier: GPL-2.0-only
// Programs of every shape that an emulated device runs. The command is SENSE ID,
// which every device answers; what it must have stored is its first answer.
#include "program.hpp"

namespace guest {

namespace {

constexpr u32 kReference = kBuffers + 0x80000; // the first answer
constexpr u16 kMore = 512;                     // than any answer has
u16 answered;                                  // bytes of it

void formats(Subchannel &s)
{
	for (const bool format1 : {true, false}) {
		wipe(kBuffers);
		const Chain c = Chain(kPrograms, format1).ccw(kSenseId, kSli, kIdLength, kBuffers);
		run(s, format1 ? "format 1" : "format 0", c.orb(), {c.next()});
		check_id("its data", kBuffers, kIdLength);
	}
	const Chain tic = Chain(kPrograms, false)
				  .ccw(kNop, kChain | kSli, 1, kBuffers)
				  .tic(kPrograms + 0x100);
	wipe(kBuffers);
	Chain(kPrograms + 0x100, false).ccw(kSenseId, kSli, 4, kBuffers);
	run(s, "format 0 with a TIC", tic.orb(), {kPrograms + 0x108});
	check_id("its data", kBuffers, 4);
}

void chains(Subchannel &s)
{
	Chain c;
	c.ccw(kSenseId, kChain | kSli, 4, kBuffers).ccw(kNop, kChain | kSli, 1, kBuffers);
	c.ccw(kSenseId, kSli, 8, kBuffers + 0x1000);
	wipe(kBuffers);
	wipe(kBuffers + 0x1000);
	run(s, "three chained CCWs", c.orb(), {c.next()});
	check_id("first data", kBuffers, 4);
	check_id("last data", kBuffers + 0x1000, 8);

	Chain many;
	for (unsigned i = 0; i < 1500; i++)
		many.ccw(kNop, kChain | kSli, 1, kBuffers);
	many.ccw(kSenseId, kSli, 4, kBuffers);
	wipe(kBuffers);
	run(s, "1501 chained CCWs", many.orb(), {many.next()});
	check_id("its data", kBuffers, 4);
}

// Back to an earlier CCW's successor, and many jumps, each to its own page.
void jumps(Subchannel &s)
{
	const Chain c = Chain().ccw(kNop, kChain | kSli, 1, kBuffers).tic(kPrograms - 0x1000);
	Chain(kPrograms - 0x1000).ccw(kSenseId, kSli, 4, kBuffers);
	wipe(kBuffers);
	run(s, "a TIC to a lower address", c.orb(), {kPrograms - 0x1000 + 8});
	check_id("its data", kBuffers, 4);

	const unsigned steps = options.ladder;
	for (unsigned i = 0; i < steps; i++)
		Chain(kPrograms + i * 0x1000)
			.ccw(kNop, kChain | kSli, 1, kBuffers)
			.tic(kPrograms + (i + 1) * 0x1000);
	const Chain last = Chain(kPrograms + steps * 0x1000).ccw(kSenseId, kSli, 4, kBuffers);
	wipe(kBuffers);
	run(s, "a ladder of TICs", Chain().orb(), {last.next()});
	check_id("its data", kBuffers, 4);
}

} // namespace

void wipe(u32 at)
{
	__builtin_memset(storage<u8>(at), 0xee, kIdLength);
}

void check_id(const char *what, u32 at, unsigned n)
{
	check_bytes(what, storage<u8>(at), storage<u8>(kReference), n);
}

// QEMU's devices store the first bytes of their answer again where a list's
// second block begins, and data across a page are passed through as a list; a
// real channel goes on. Both tell that the right page was stored into.
void check_blocks(u32 first, unsigned length, u32 second)
{
	check_id("data of the first block", first, length);
	const u8 *got = storage<u8>(second), *answer = storage<u8>(kReference);
	tally.checks++;
	if (*got == answer[length] || *got == answer[0])
		return;
	tally.failures++;
	say("   WRONG: the second block holds ", Bytes{got, 4});
}

void remember_id(Subchannel &s)
{
	wipe(kReference);
	const Chain c = Chain().ccw(kSenseId, kSli, kMore, kReference);
	const Answer a = s.run(c.orb());
	answered = static_cast<u16>(kMore - a.irb.scsw.count());
	say("   SENSE ID has ", answered, " bytes: ", Bytes{storage<u8>(kReference), 8});
}

void run_shapes(Subchannel &s)
{
	formats(s);
	chains(s);
	jumps(s);
	wipe(kBuffers);
	const Chain skip = Chain().ccw(kSenseId, kSli | kSkip, 4, kBuffers);
	run(s, "skip", skip.orb(), {skip.next()});
	constexpr u8 kUntouched[4] = {0xee, 0xee, 0xee, 0xee};
	check_bytes("nothing is stored", storage<u8>(kBuffers), kUntouched, 4);
	const Chain pci = Chain().ccw(kNop, kChain | kSli | kFlagPci, 1, kBuffers)
				  .ccw(kNop, kSli, 1, kBuffers);
	run(s, "PCI flag", pci.orb(), {pci.next()});
	const Chain longer = Chain().ccw(kSenseId, kSli, 0xffff, kBuffers);
	wipe(kBuffers);
	run(s, "64 KiB in one CCW", longer.orb(),
	    {longer.next(), static_cast<u16>(0xffff - answered)});
	check_id("its data", kBuffers, kIdLength);
	const Chain crossing = Chain().ccw(kSenseId, kSli, 8, kBuffers + 0xffd);
	run(s, "data across a page boundary", crossing.orb(), {crossing.next()});
	check_blocks(kBuffers + 0xffd, 3, kBuffers + 0x1000);
}

} // namespace guest
