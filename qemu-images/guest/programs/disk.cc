// SPDX-License-Identifier: GPL-2.0-only
// A 3390 disk (Storage Control Reference, GA32-0274): its label, and a scratch record of 4096
// bytes, record 2 of cylinder 28 head 0, that is written and read back. Its format must be
// that of a Linux disk.
#include "program.hpp"

namespace guest {

namespace {

constexpr u8 kSeek = 0x07, kSearchId = 0x31, kReadData = 0x06, kReadKeyData = 0x0e, kCharacteristics = 0x64,
	     kDefineExtent = 0x63, kLocateRecord = 0x47, kUpdateData = 0x85;
constexpr u32 kSeekAt = kBuffers, kIdAt = kBuffers + 0x10, kExtentAt = kBuffers + 0x20, kLocateAt = kBuffers + 0x30;
constexpr u32 kData = kBuffers + 0x10800, kBack = kBuffers + 0x20fff, kList = kBuffers + 0x40;
constexpr u16 kRecord = 4096, kCylinder = 28;
constexpr u8 kLabel[8] = {0xe5, 0xd6, 0xd3, 0xf1, 0xe5, 0xd6, 0xd3, 0xf1}; // VOL1 as key and in the data

void put_address(u32 at, u16 cylinder, u8 record)
{
	const u8 address[5] = {static_cast<u8>(cylinder >> 8), static_cast<u8>(cylinder), 0, 0, record};
	__builtin_memcpy(storage<u8>(at), address, sizeof(address));
}

// SEEK, SEARCH ID, TIC back to it, READ: a loop that the channel runs by itself.
Chain read_chain(u16 cylinder, u8 record, u8 command, u16 count, u32 to)
{
	*storage<u16>(kSeekAt) = 0;
	put_address(kSeekAt + 2, cylinder, 0);
	put_address(kIdAt, cylinder, record);
	Chain c = Chain().ccw(kSeek, kChain, 6, kSeekAt);
	const u32 search = c.next();
	c.ccw(kSearchId, kChain, 5, kIdAt).tic(search);
	return c.ccw(command, 0, count, to);
}

Chain write_chain(u32 list)
{
	auto *extent = storage<u8>(kExtentAt), *locate = storage<u8>(kLocateAt);
	__builtin_memset(extent, 0, 32);
	extent[0] = 0x80; // updating alone
	extent[1] = 0xc0; // extended count-key-data
	put_address(kExtentAt + 8, kCylinder, 0);
	put_address(kExtentAt + 12, kCylinder, 0);
	extent[15] = 14;
	locate[0] = 0x01; // write data
	locate[1] = 0x80; // the length is given
	locate[3] = 1;
	put_address(kLocateAt + 4, kCylinder, 0);
	put_address(kLocateAt + 8, kCylinder, 2);
	locate[13] = 0xff; // no sector
	locate[14] = kRecord >> 8;
	return Chain()
		.ccw(kDefineExtent, kChain, 16, kExtentAt)
		.ccw(kLocateRecord, kChain, 16, kLocateAt)
		.ccw(kUpdateData, kIda, kRecord, list);
}

void show_size(Subchannel &s)
{
	auto *it = storage<u8>(kData);
	const Chain c = Chain().ccw(kCharacteristics, 0, 64, kData);
	run(s, "READ DEVICE CHARACTERISTICS", c.orb(), {c.next()});
	say("   ", Bytes{it, 2}, " and ", Bytes{it + 3, 2}, "; ", unsigned{*storage<u16>(kData + 12)}, " cylinders of ",
	    unsigned{*storage<u16>(kData + 14)}, " tracks");
}

void read_label(Subchannel &s)
{
	const Chain c = read_chain(0, 3, kReadKeyData, 84, kData);
	run(s, "the label, found by its record number", c.orb(), {c.next()});
	check_bytes("VOL1", storage<u8>(kData), kLabel, sizeof(kLabel));
}

void write_and_read(Subchannel &s, unsigned turn)
{
	for (unsigned i = 0; i < kRecord; i++)
		storage<u8>(kData)[i] = static_cast<u8>(i * 7 + (i >> 8) + turn);
	make_list(kList, kData, kRecord, 4096);
	const Chain write = write_chain(kList);
	run(s, "WRITE UPDATE DATA of two pages, by a list", write.orb(kOrbIda64), {write.next()});
	__builtin_memset(storage<u8>(kBack), 0xee, kRecord);
	const Chain read = read_chain(kCylinder, 2, kReadData, kRecord, kBack);
	run(s, "READ DATA behind a search loop", read.orb(), {read.next()});
	check_bytes("what was written", storage<u8>(kBack), storage<u8>(kData), kRecord);
}

void no_record(Subchannel &s)
{
	const Chain c = read_chain(kCylinder, 99, kReadData, kRecord, kBack);
	const u32 search = c.first() + 8;
	const Answer a = s.run(c.orb());
	tell("a record that is not there", a);
	check("its device status", a.irb.scsw.dstat(), kGood | kUnitCheck, 2);
	check("its CCW address", a.irb.scsw.cpa, search + 8);
	check("sense data came with it", a.irb.scsw.control & kSenseThere, kSenseThere);
	check("sense: no record found", a.irb.ecw[0] >> 16, 0x0008, 4);
}

} // namespace

void run_disk(Subchannel &s)
{
	show_size(s);
	read_label(s);
	const unsigned before = tally.failures;
	for (unsigned turn = 0; turn < options.rounds && tally.failures == before; turn++)
		write_and_read(s, turn);
	no_record(s);
	check_quiet(s);
}

} // namespace guest
