// SPDX-License-Identifier: GPL-2.0-only
// What the client reads has the guest's addresses and ORB bits, and none of the host's.
// Each test is named after the promise that it holds the core to.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

TEST(Device, P6_NoHostAddressWithoutAProgram)
{
	Bench b;
	u8 irb[VCCW_IRB_SIZE] = {};

	put32(irb, kHaltEnded);
	put32(irb + 4, 0x10000008);
	put32(irb + 16, 1u << 25 | 1u << 23); // failing-storage and secondary CCW address
	put32(irb + 20, 0x11111111);
	put32(irb + 24, 0x22222222);
	put32(irb + 28, 0x10000008);
	irb[32] = 0x55; // sense
	ASSERT_EQ(b.halt(), 0);
	b.port.interrupt(irb);
	b.port.run_work();
	const auto region = b.read();
	EXPECT_EQ(get32(region.data() + 24 + 4), 0u);
	for (u32 at = 20; at < 32; at += 4)
		EXPECT_EQ(get32(region.data() + 24 + at), 0u) << at;
	EXPECT_EQ(get32(region.data() + 24 + 16), 0u) << "nor a flag that says there is one";
	EXPECT_EQ(region[24 + 32], 0x55);
}

TEST(Device, P6_SecondaryCcwAddressIsTheGuests)
{
	Bench b;
	u8 irb[VCCW_IRB_SIZE] = {};

	start_ok(b);
	put32(irb, kStartAlerted);
	put32(irb + 4, b.host_cpa() + 8);
	put32(irb + 16, 1u << 23);
	put32(irb + 28, b.host_cpa() + 8);
	b.port.interrupt(irb);
	b.port.run_work();
	const auto region = b.read();
	EXPECT_EQ(get32(region.data() + 24 + 28), kProgram + 8);
	EXPECT_EQ(get32(region.data() + 24 + 16), 1u << 23);
}

// Principles of Operation, "Interruption-Response Block", SCSW: format, prefetch and address
// limit are the ORB's where the start function is indicated.  Hercules (channel.c) shows a suspended
// program that CLEAR ended with neither.
TEST(Device, FormatAndPrefetchAreTheGuestsWhereStartIsIndicated)
{
	Bench b;

	b.ccw0(kProgram, 0x02, 0, 8, 0x20000);
	ASSERT_EQ(b.start(kProgram, 0x0000ff00), 0);
	b.interrupt(0x00c00000 | kIntermediate, b.host_cpa() + 8);
	EXPECT_EQ(b.read_word0(), u32{kIntermediate}) << "format 0, no prefetch";
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.read_word0(), u32{kStartEnded});

	b.simple(kProgram);
	ASSERT_EQ(b.start(kProgram, 0x00c0ff00), 0);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.read_word0(), 0x00c00000 | kStartEnded);

	ASSERT_EQ(b.start(kProgram, 0x00d0ff00), 0);
	b.interrupt(0x00c00000 | kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.read_word0(), 0x00d00000 | kStartEnded);

	ASSERT_EQ(b.start(kProgram, 0x00c0ff00), 0);
	ASSERT_EQ(b.clear(), 0);
	b.interrupt(kClearEnded);
	EXPECT_EQ(b.read_word0(), u32{kClearEnded}) << "as the channel shows it";
}

TEST(Device, P6_TheSchibTellsNoHostAddress)
{
	Bench b;
	u8 schib[VCCW_SCHIB_SIZE];

	std::memset(b.port.schib, 0x77, sizeof(b.port.schib));
	start_ok(b);
	put32(b.port.schib + 32, b.host_cpa() + 8);
	ASSERT_EQ(vccw_core_read_schib(b.core, schib), 0);
	EXPECT_EQ(get32(schib), 0u);
	EXPECT_EQ(get32(schib + 32), kProgram + 8);
	EXPECT_EQ(get64(schib + 40), 0u);
	EXPECT_EQ(schib[8], 0x77);
	EXPECT_EQ(schib[51], 0x77);
}

} // namespace
