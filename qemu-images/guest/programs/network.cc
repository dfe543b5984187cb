// SPDX-License-Identifier: GPL-2.0-only
// Commands of a virtio network adapter that have no address among their data.
// Its queues are never set up.
#include "program.hpp"

namespace guest {

namespace {

constexpr u8 kReadFeatures = 0x12, kWriteConfig = 0x21, kReadConfig = 0x22, kWriteStatus = 0x31,
	     kReset = 0x33;
constexpr u32 kList = kBuffers + 0x1800, kBack = kBuffers + 0x2000;
constexpr u8 kOther[6] = {0x02, 0x11, 0x22, 0x33, 0x44, 0x55};

void read_address(Subchannel &s, const u8 *want)
{
	wipe(kBack);
	const Chain c = Chain().ccw(kReadConfig, kSli, 6, kBack);
	run(s, "READ CONFIGURATION", c.orb(), {c.next()});
	check_bytes("the adapter's address", storage<u8>(kBack), want, 6);
	check("nothing behind it", *storage<u8>(kBack + 6), 0xee, 2);
}

void write_address(Subchannel &s, const char *name, const u8 *address, bool list)
{
	__builtin_memcpy(storage<u8>(kBuffers), address, 6);
	*storage<u64>(kList) = kBuffers;
	const Chain c = Chain().ccw(kWriteConfig, list ? kIda : 0, 6, list ? kList : kBuffers);
	run(s, name, c.orb(list ? kOrbIda64 : 0), {c.next()});
}

void reset(Subchannel &s)
{
	const Chain c = Chain().ccw(kReset, 0, 0, 0);
	run(s, "RESET", c.orb(), {c.next()});
}

} // namespace

// Data to the device comes back from it.
void run_network(Subchannel &s)
{
	u8 own[6];
	reset(s);
	wipe(kBack);
	const Chain read = Chain().ccw(kReadConfig, kSli, 6, kBack);
	run(s, "READ CONFIGURATION", read.orb(), {read.next()});
	__builtin_memcpy(own, storage<u8>(kBack), 6);
	say("   the adapter's address is ", Bytes{own, 6});
	write_address(s, "WRITE CONFIGURATION", kOther, false);
	read_address(s, kOther);
	write_address(s, "WRITE CONFIGURATION through a list", own, true);
	read_address(s, own);

	auto *features = storage<u8>(kBuffers);
	__builtin_memset(features, 0, 8);
	const Chain c = Chain().ccw(kReadFeatures, kSli, 5, kBuffers);
	run(s, "READ FEATURES", c.orb(), {c.next()});
	say("   features ", Bytes{features, 4});
	*storage<u8>(kBuffers) = 1;
	const Chain status = Chain().ccw(kWriteStatus, 0, 1, kBuffers);
	run(s, "WRITE STATUS", status.orb(), {status.next()});
	const Chain longer = Chain().ccw(kReadConfig, 0, 4000, kBuffers);
	run(s, "READ CONFIGURATION, too long", longer.orb(), program_check_at(longer.first()));
	reset(s);
}

} // namespace guest
