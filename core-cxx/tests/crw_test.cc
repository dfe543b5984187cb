// SPDX-License-Identifier: GPL-2.0-only
// Channel reports on their way to the client.
// Each test is named after the promise that it holds the core to.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

TEST(Device, P12_CrwsInOrderEachOnce)
{
	Bench b;
	u32 region[2];

	vccw_core_trigger(b.core, VCCW_TRIGGER_CRW, 1);
	for (u32 i = 1; i <= 20; i++)
		b.port.crw(0x04020000 + i);
	b.port.run_work();
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_CRW], 20) << "one for each";
	for (u32 i = 1; i <= 16; i++) {
		const u64 token = vccw_core_read_crw(b.core, region);
		EXPECT_EQ(region[0] & ~(1u << 29), 0x04020000 + i);
		EXPECT_EQ((region[0] & 1u << 29) != 0, i == 16) << "overflow is visible";
		vccw_core_ack_crw(b.core, token);
	}
	EXPECT_EQ(vccw_core_read_crw(b.core, region), 0u);
	EXPECT_EQ(region[0], 0u);
	EXPECT_EQ(b.stats().crws_dropped, 4u);
}

// While the device is stopped the client has it all the same.
TEST(Device, P12_CrwsDuringAnUnmapAreTheClients)
{
	Bench b;
	u32 words[2];

	start_ok(b);
	b.port.in_unpin = [&] { b.port.crw(0x04020001); };
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	b.port.in_unpin = nullptr;
	EXPECT_NE(vccw_core_read_crw(b.core, words), 0u);
	EXPECT_EQ(words[0], 0x04020001u);
}

TEST(Device, P12_CrwsOfAClosedDeviceAreNobodys)
{
	Bench b(false);
	u32 words[2];

	for (int i = 0; i < 100; i++)
		b.port.crw(1);
	EXPECT_EQ(b.stats().crws_dropped, 0u) << "it is no client's fault";
	EXPECT_FALSE(b.port.logged_msg(VCCW_MSG_CRW_DROPPED));
	vccw_core_trigger(b.core, VCCW_TRIGGER_CRW, 1);
	EXPECT_EQ(vccw_core_open(b.core), 0);
	EXPECT_EQ(vccw_core_read_crw(b.core, words), 0u);
	b.port.crw(2);
	EXPECT_NE(vccw_core_read_crw(b.core, words), 0u);
	EXPECT_EQ(words[0], 2u);
	vccw_core_close(b.core);
	EXPECT_EQ(vccw_core_open(b.core), 0);
	EXPECT_EQ(vccw_core_read_crw(b.core, words), 0u) << "nor is what was not acknowledged";
}

} // namespace
