// SPDX-License-Identifier: GPL-2.0-only
// HALT and CLEAR of the driver's own: what they prove, how long they have, and what the
// client hears of them.
// Each test is named after the promise that it holds the core to.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

// A path is varied off, and the host halts what runs.  The device says channel end and
// device end without a check, which Linux' DASD driver takes for success (dasd.c,
// dasd_int_handler looks at device and subchannel status); a rest of the chain was not done.
// cio has -EIO for such I/O (device_fsm.c, ccw_device_killing_irq).
TEST(Device, P4_WhatTheHostHaltedIsNoSuccess)
{
	for (const u32 word0 : {0x6007u, 0x6001u, 0x2001u, u32{kClearEnded}}) {
		Bench b;

		start_ok(b);
		b.interrupt(word0, b.host_cpa() + 8, 0x0c000000);
		b.port.run_work();
		EXPECT_TRUE(b.port.pins.empty());
		const auto region = b.read();
		EXPECT_EQ(get32(region.data() + 24) & 0x7fff, 0x4017u) << std::hex << word0;
		EXPECT_EQ(get32(region.data() + 32), 0x00020000u) << "interface-control check";
		start_ok(b);
		ASSERT_EQ(b.halt(), 0);
		b.interrupt(0x6007, b.host_cpa() + 8, 0x0c000000);
		EXPECT_EQ(b.read_word0() & 0x7fff, 0x6007u) << "that one was the guest's";
	}
}

// ... and it came by a path, as any check of a channel did (QEMU build_irb_virtual, Hercules
// channel.c): Linux' DASD driver counts it there, and has no place for a path without a number
// (dasd_3990_erp.c, dasd_3990_erp_account_error; asm/cio.h, pathmask_to_pos).
TEST(Device, P4_WhatTheHostHaltedHasAPath)
{
	static const struct {
		u8 used, available, shown;
	} cases[] = {{0x20, 0xff, 0x20}, {0, 0x0c, 0x08}, {0, 0, 0x80}};

	for (const auto &c : cases) {
		Bench b;

		b.port.schib[10] = c.used;
		b.port.schib[15] = c.available;
		start_ok(b);
		b.interrupt(kHaltEnded, b.host_cpa() + 8);
		const auto region = b.read();
		EXPECT_EQ(get32(region.data() + 24) & 0x04000000, 0x04000000u)
			<< "L: a format-0 ESW";
		EXPECT_EQ(get32(region.data() + 36), u32{c.shown} << 16 | 0x4000);
	}
}

// The host's HALT was refused on its path, and the channel may go on storing: the guest hears
// that its program is over when CLEAR has proven it, and once.
TEST(Device, P2_WhatTheHostCouldNotHaltIsNotOver)
{
	for (const u32 refused : {0x00016281u, 0x000162c1u}) {
		Bench b;

		start_ok(b);
		b.interrupt(refused, b.host_cpa() + 8);
		EXPECT_EQ(b.port.clears, 1);
		EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 0);
		EXPECT_EQ(b.port.pins.size(), 1u);
		b.interrupt(kClearEnded);
		b.port.run_work();
		EXPECT_TRUE(b.port.pins.empty());
		EXPECT_EQ(b.read_word0() & 0x7fff, 0x4017u);
		EXPECT_EQ(b.stats().queued, 0u);
		EXPECT_EQ(b.stats().irbs_cleared, 1u) << "HALT's";
	}
}

// ... and device end that comes later follows it: it neither comes twice nor to an operation
// that was told to be over (cio: the handler gets it with the next request's parameter).
TEST(Device, P4_DeviceEndOfWhatTheHostHalted)
{
	Bench b;

	start_ok(b);
	b.interrupt(kHaltedApart, b.host_cpa() + 8);
	const auto region = b.read();
	EXPECT_EQ(get32(region.data() + 24) & 0x7fff, 0x4055u);
	EXPECT_EQ(get32(region.data() + 32), 0x00020000u);
	b.interrupt(0x0003, 0, 0x04000000);
	EXPECT_EQ(b.read_word0() & 0x7fff, 0x0003u);
	EXPECT_EQ(b.stats().queued, 0u);

	// Behind status that is not read yet it joins what was made up.
	start_ok(b);
	b.interrupt(kIntermediate, b.host_cpa() + 8);
	b.interrupt(kHaltedApart, b.host_cpa() + 8);
	b.interrupt(0x0003, 0, 0x04000000);
	EXPECT_EQ(b.read_word0() & 0x7fff, kIntermediate);
	EXPECT_EQ(b.read_word0() & 0x7fff, 0x4017u);
	EXPECT_EQ(b.stats().queued, 0u);
}

// Hercules ends each HALT of a running program like this (channel.c, execute_ccw_chain): its
// subchannel active, channel end and device end in the device status.  The driver's CLEAR is
// the proof for the storage, and the guest hears nothing of it.
TEST(Device, P4_OneStatusOfAHaltOnHercules)
{
	Bench b;

	start_ok(b);
	ASSERT_EQ(b.halt(), 0);
	b.interrupt(0x60c1, 0, 0x0c000000);
	EXPECT_EQ(b.read_word0() & 0x7fff, 0x60c1u);
	b.interrupt(kClearEnded);
	EXPECT_EQ(b.stats().queued, 0u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
}

// A program that goes on interrupting while HALT is pending takes none of its time.
TEST(Device, P11_InterruptsOnTheWayCutNothingShort)
{
	Bench b;
	int waits = 0;

	start_ok(b);
	b.port.cancel_rc = {-VCCW_EBUSY, -VCCW_EBUSY};
	b.port.disable_rc = {-VCCW_EBUSY, -VCCW_EBUSY};
	b.port.wait_in_vain = true;
	b.port.in_wait = [&] {
		for (int i = 0; i < 2000; i++)
			b.interrupt(kIntermediate);
		b.interrupt(kUnsolicited);
		if (++waits == 2) {
			EXPECT_EQ(b.port.waited_ms, 1000u) << "HALT had its time";
			b.interrupt(kClearEnded);
			b.port.in_wait = nullptr;
		}
	};
	EXPECT_EQ(vccw_core_reset(b.core), 0);
	EXPECT_EQ(waits, 2);
	EXPECT_TRUE(b.port.pins.empty());
}

// Nobody waits for it.
TEST(Device, P4_HaltOfTheHostAndNothingRuns)
{
	Bench b;

	b.interrupt(kHaltEnded);
	EXPECT_EQ(b.stats().queued, 0u);
	EXPECT_EQ(b.stats().irbs_cleared, 1u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 0);
	start_ok(b);
	b.interrupt(kHaltedApart & ~0x2000u, b.host_cpa() + 8);
	b.read();
	b.interrupt(0x2203, 0, 0x04000000); // device end is owed, and HALT took it
	EXPECT_EQ(b.read_word0() & 0x7fff, 0x0013u);
}

// HALT was refused on its path: no function is in progress, and the channel goes on.  MODIFY
// SUBCHANNEL looks at functions only (QEMU css_do_msch), cio takes no such device offline
// (ccw_device_offline: actl).
TEST(Device, P2_DisablingProvesNothingOfAChannelThatIsActive)
{
	Bench b;

	start_ok(b);
	put32(b.port.schib + 28, 0x000000c0);
	b.port.cancel_rc = {-VCCW_EBUSY};
	b.port.in_wait = [&] {
		EXPECT_EQ(b.port.pins.size(), 1u);
		EXPECT_TRUE(b.port.enabled) << "CLEAR needs it";
		b.interrupt(kClearEnded);
		put32(b.port.schib + 28, 0);
		b.port.in_wait = nullptr;
	};
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	EXPECT_FALSE(b.port.in_wait) << "it was waited for";
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.read_word0() & 0x7fff, 0x4017u);
	EXPECT_EQ(b.start(kProgram), 0);
}

// A status after which the channel goes on, and a wake of before, cut no step short
// (cio waits for the interrupt of each: ccw_device_cancel_halt_clear).
TEST(Device, P11_HaltHasItsTime)
{
	Bench b;

	start_ok(b);
	ASSERT_EQ(vccw_core_reset(b.core), 0); // leaves a wake behind
	b.read_word0();
	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY, -VCCW_EBUSY, -VCCW_EBUSY, -VCCW_EBUSY};
	b.port.cancel_rc = {-VCCW_EBUSY, -VCCW_EBUSY};
	put32(b.port.schib + 28, 0x000060c0);
	b.port.wait_in_vain = true;
	int waits = 0;
	b.port.in_wait = [&] {
		if (++waits == 1)
			b.interrupt(0x60c1, 0, 0x0c000000);
		put32(b.port.schib + 28, 0x000060c0);
		EXPECT_EQ(b.port.cancel_rc.size(), waits < 3 ? 1u : 0u) << "HALT, then CLEAR";
		EXPECT_EQ(b.port.waited_ms, waits < 3 ? 0u : 1000u);
		if (waits == 3)
			b.port.in_wait = nullptr;
	};
	vccw_core_close(b.core);
	EXPECT_EQ(waits, 3);
	EXPECT_TRUE(b.port.cancel_rc.empty()) << "CLEAR, when that time is over";
	EXPECT_GE(b.port.waited_ms, 1000u);
	ASSERT_EQ(vccw_core_open(b.core), 0);
}

// MODIFY SUBCHANNEL's last try took the status, and said busy (cio.c, cio_commit_config):
// nothing is left to halt.
TEST(Device, P9_UnmapTakesTheStatusInVain)
{
	Bench b;

	start_ok(b);
	put32(b.port.schib + 28, 0);
	b.port.disable_rc = {-VCCW_EBUSY, 0};
	b.port.cancel_rc = {-VCCW_EIO};
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	EXPECT_FALSE(b.port.logged_msg(VCCW_MSG_STUCK)) << "it was not asked to cancel anything";
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(get32(b.read().data() + 24), 0x04004017u) << "of the START";
	EXPECT_EQ(b.start(kProgram), 0);
}

} // namespace
