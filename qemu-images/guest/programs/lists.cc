// SPDX-License-Identifier: GPL-2.0-only
// Indirect data addressing, format 2. (The emulated devices do not do format 1.)
#include "program.hpp"

namespace guest {

namespace {

constexpr u32 kList = kBuffers + 0xa0000;
constexpr u8 kUntouched = 0xee;

void blocks(Subchannel &s, const char *name, u32 block, u32 control, bool format1)
{
	const u32 data = kBuffers + block - 16, second = kBuffers + block;
	wipe(data);
	*storage<u8>(data + kIdLength) = kUntouched;
	make_list(kList, data, kIdLength, block);
	const Chain c = Chain(kPrograms, format1).ccw(kSenseId, kSli | kIda, kIdLength, kList);
	run(s, name, c.orb(control), {c.next()});
	check_blocks(data, 16, second);
	check("nothing behind the data", *storage<u8>(data + kIdLength), kUntouched, 2);
}

// Pages that do not lie side by side, in descending order.
void scattered(Subchannel &s)
{
	const u32 first = kBuffers + 0x9ff0, second = kBuffers + 0x2000;
	wipe(first);
	wipe(second);
	*storage<u64>(kList) = first;
	*storage<u64>(kList + 8) = second;
	const Chain c = Chain().ccw(kSenseId, kSli | kIda, 48, kList);
	run(s, "pages in descending order", c.orb(kOrbIda64), {c.next()});
	check_blocks(first, 16, second);
	check("storage behind the first page", *storage<u8>(first + 16), kUntouched, 2);
}

} // namespace

void run_lists(Subchannel &s)
{
	blocks(s, "4 KiB blocks", 0x1000, kOrbIda64, true);
	blocks(s, "2 KiB blocks", 0x800, kOrbIda64 | kOrbIda2K, true);
	blocks(s, "4 KiB blocks, format 0", 0x1000, kOrbIda64, false);
	scattered(s);

	wipe(kBuffers);
	*storage<u64>(kList + 0xff8) = kBuffers;
	const Chain last = Chain().ccw(kSenseId, kSli | kIda, 16, kList + 0xff8);
	run(s, "a list in the last word of a page", last.orb(kOrbIda64), {last.next()});
	check_id("its data", kBuffers, 16);

	*storage<u64>(kList) = storage_end;
	const Chain beyond = Chain().ccw(kSenseId, kSli | kIda, 16, kList);
	run(s, "an IDAW beyond the storage", beyond.orb(kOrbIda64),
	    program_check_at(beyond.first()));
	*storage<u64>(kList) = kBuffers + 0xff0;
	*storage<u64>(kList + 8) = kBuffers + 0x1001;
	const Chain crooked = Chain().ccw(kSenseId, kSli | kIda, 64, kList);
	// The emulated devices store less and say nothing.
	run(s, "a second IDAW off its boundary", crooked.orb(kOrbIda64),
	    options.passed_through ? program_check_at(crooked.first()) : End{crooked.next()});
	const Chain nowhere = Chain().ccw(kSenseId, kSli | kIda, 16, static_cast<u32>(storage_end));
	run(s, "a list beyond the storage", nowhere.orb(kOrbIda64),
	    program_check_at(nowhere.first()));
}

} // namespace guest
