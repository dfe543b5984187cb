// SPDX-License-Identifier: GPL-2.0-only
// The client takes away memory that a program uses, as scripted interleavings.
// Each test is named after the promise that it holds the core to.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

TEST(Device, P9_UnmapUnderARunningProgram)
{
	Bench b;

	start_ok(b);
	vccw_core_unmap(b.core, 0x30000, 0x1000);
	EXPECT_EQ(b.port.pins.size(), 1u) << "not concerned";
	b.port.disable_rc = {-VCCW_EBUSY, 0};
	b.port.cancel_rc = {-VCCW_EBUSY};
	b.port.in_wait = [&] { b.interrupt(kStartHaltEnded, b.host_cpa() + 8, 9); };
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	EXPECT_TRUE(b.port.pins.empty());
	const auto region = b.read();

	EXPECT_EQ(get32(region.data() + 24) & 0x7fff, 0x4017u) << "the guest learns that it ended";
	EXPECT_EQ(get32(region.data() + 32), 0x00020000u) << "interface-control check";
	b.port.in_wait = nullptr;
	EXPECT_EQ(b.start(kProgram), 0) << "and the device is usable";
}

// CANCEL took it back before it began, or disabling ate its status.
TEST(Device, P9_UnmapWithoutAnInterrupt)
{
	Bench b;

	start_and_cancel(b);
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1) << "its guest waits for it";
	const auto region = b.read();
	EXPECT_EQ(get32(region.data() + 24), 0x04004017u);
	EXPECT_EQ(get32(region.data() + 32), 0x00020000u) << "interface-control check";
	EXPECT_EQ(b.start(kProgram), 0);
}

// What stands in for lost status is that of the functions that the guest waits for.
// PoP, "CLEAR SUBCHANNEL" (ch. 14): status pending alone, of CLEAR alone.  QEMU's css.c and
// Hercules' channel.c store the same after CLEAR, and START with HALT after HALT of a program.
TEST(Device, P9_UnmapTakesTheStatusOfHaltOrClear)
{
	for (const bool clear : {false, true}) {
		Bench b;

		start_ok(b);
		ASSERT_EQ(clear ? b.clear() : b.halt(), 0);
		vccw_core_unmap(b.core, 0x20000, 0x1000); // MODIFY SUBCHANNEL takes the status
		EXPECT_TRUE(b.port.pins.empty());
		const auto region = b.read();
		EXPECT_EQ(get32(region.data() + 24), clear ? 0x1001u : 0x04006017u);
		EXPECT_EQ(get32(region.data() + 32), clear ? 0u : 0x00020000u);
		EXPECT_EQ(b.start(kProgram), 0);
	}
}

// HALT was refused on its path while the channel transferred (N): the guest has the status
// that ended its functions, the pages are in doubt.  Unmapping them owes it nothing.
TEST(Device, P9_UnmapOfAProgramWhoseStatusTheGuestHas)
{
	Bench b;

	start_ok(b);
	ASSERT_EQ(b.halt(), 0);
	b.interrupt(kHaltRefused, 0, 7);
	EXPECT_EQ(get32(b.read().data() + 32), 7u);
	EXPECT_EQ(b.port.pins.size(), 1u) << "in doubt";
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1) << "no second status";
	EXPECT_EQ(b.stats().queued, 0u);
	EXPECT_EQ(b.start(kProgram), 0);
}

// Channel end in answer to the stop's own HALT: device end will not come any more, and a
// Linux guest waits for it (device_fsm.c calls no driver with primary status alone).
TEST(Device, P9_UnmapBetweenChannelEndAndDeviceEnd)
{
	Bench b;

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY, 0};
	b.port.cancel_rc = {-VCCW_EBUSY};
	b.port.in_wait = [&] { b.interrupt(kHaltedApart, 0, 9); };
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	b.port.in_wait = nullptr;

	const auto both = b.read();

	EXPECT_EQ(get32(both.data() + 24) & 0x7fff, 0x4017u) << "nothing is active, with an alert";
	EXPECT_EQ(get32(both.data() + 32), 0x00020000u) << "interface-control check";
	EXPECT_EQ(b.stats().queued, 0u);

	start_ok(b);
	ASSERT_EQ(b.halt(), 0);
	b.interrupt(kHaltedApart, 0, 10);
	EXPECT_EQ(get32(b.read().data() + 32), 10u);
	b.interrupt(0x0003, 0, 11);
	EXPECT_EQ(get32(b.read().data() + 32), 11u) << "where it does come, nothing is made up";
}

// The pages are the client's again and the device is given up: its guest learns that the
// I/O is over, and meets cc 3 when it tries again.
TEST(Device, P9_UnmapOfADeviceThatAnswersNothing)
{
	Bench b;

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY};
	b.port.cancel_rc = {-VCCW_EIO};
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.port.kept.size(), 1u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
	EXPECT_EQ(get32(b.read().data() + 24), 0x04004017u);
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
	b.port.forget_memory_except_core();
}

// type1 asks for its pages again while one device after the other is stopped: a START
// must not pin them meanwhile.
TEST(Device, P9_AStartIntoMemoryThatIsBeingUnmappedIsBusy)
{
	Bench b;

	b.simple(kProgram);
	b.port.pin_rc = -VCCW_EBUSY;
	EXPECT_EQ(b.start(kProgram), -VCCW_EBUSY);
	EXPECT_TRUE(b.port.orbs.empty());
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_UNMAPPING));
	b.port.pin_rc = 0;
	EXPECT_EQ(b.start(kProgram), 0);
}

} // namespace
