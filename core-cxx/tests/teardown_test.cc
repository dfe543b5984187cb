// SPDX-License-Identifier: GPL-2.0-only
// Close, reset, unmap, not operational, channel reports, as scripted interleavings.
// Each test is named after the promise that it holds the core to.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

// --- P10, P11 -----------------------------------------------------------------

TEST(Device, P10_NotOperationalDefersTheRelease)
{
	Bench b;

	start_ok(b);
	b.port.not_operational();
	EXPECT_EQ(b.port.gone, 1);
	EXPECT_EQ(b.port.pins.size(), 1u);
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
	EXPECT_EQ(b.halt(), -VCCW_ENODEV);
	EXPECT_EQ(vccw_core_reset(b.core), -VCCW_ENODEV);
}

// Unplugged and plugged again before anybody looked: the subchannel is operational, and was
// reset (PoP, "Subchannel Reset", ch. 17: the enabled bit is zero).
TEST(Device, P10_NotEnabledIsNotOperational)
{
	Bench b;

	start_ok(b);
	b.port.not_enabled();
	EXPECT_EQ(b.port.gone, 1);
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
}

TEST(Device, P10_NotEnabledBetweenStopAndStartIsAsItShouldBe)
{
	Bench b;

	start_ok(b);
	b.port.in_unpin = [&] { b.port.not_enabled(); };
	ASSERT_EQ(vccw_core_reset(b.core), 0);
	b.port.in_unpin = nullptr;
	EXPECT_EQ(b.port.gone, 0);
	start_ok(b);
}

// cio looks once (css.c, slow_eval_known_fn), also while a program is translated.
TEST(Device, P10_NotEnabledDuringTranslation)
{
	Bench b;

	b.simple(kProgram);
	b.port.in_read_guest = [&] { b.port.not_enabled(); };
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
	b.port.in_read_guest = nullptr;
	EXPECT_GE(b.port.gone, 1);
	EXPECT_TRUE(b.port.orbs.empty());
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
}

TEST(Device, P10_NotOperationalDuringTranslation)
{
	Bench b;

	b.simple(kProgram);
	b.port.in_read_guest = [&] { b.port.not_operational(); };
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
	EXPECT_TRUE(b.port.orbs.empty());
	EXPECT_TRUE(b.port.pins.empty());
}

TEST(Device, P11_CloseWithAProgramInFlight)
{
	Bench b;

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY, -VCCW_EBUSY, 0};
	b.port.cancel_rc = {-VCCW_EBUSY, 0};
	b.port.in_wait = [&] {
		EXPECT_EQ(b.port.pins.size(), 1u) << "released before it is inactive";
		b.interrupt(kStartHaltEnded, b.host_cpa() + 8);
		b.port.in_wait = nullptr;
	};
	vccw_core_close(b.core);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_FALSE(b.port.work_queued);
	EXPECT_FALSE(b.port.enabled);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 0);
	EXPECT_EQ(b.stats().queued, 0u);
	ASSERT_EQ(vccw_core_open(b.core), 0) << "and open again";
	start_ok(b);
}

// XSCH took the program back: there is no interrupt to wait for.
TEST(Device, P11_CloseWithACancelledProgram)
{
	Bench b;

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY, 0};
	b.port.cancel_rc = {0};
	vccw_core_close(b.core);
	EXPECT_TRUE(b.port.pins.empty());
}

TEST(Device, P11_AStuckSubchannelKeepsTheMemory)
{
	Bench b;

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY};
	b.port.cancel_rc = {-VCCW_EIO};
	vccw_core_close(b.core);
	EXPECT_TRUE(b.port.pins.empty()) << "the client can go";
	EXPECT_EQ(b.port.kept.size(), 1u) << "the page can't";
	EXPECT_GE(b.port.dma_bytes(), 4096u);
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_STUCK));
	EXPECT_EQ(vccw_core_open(b.core), -VCCW_ENODEV);
	b.port.forget_memory_except_core();
}

// PoP, "Subchannel Reset" (ch. 17, I/O-system reset): status is cleared, the subchannel is
// disabled.  QEMU copies whatever it reads into its SCSW, so a wake that is out already has
// to find status that is not pending.
TEST(Device, P4_NothingFromBeforeAResetIsReadableAfterIt)
{
	Bench b;
	u32 crw[2];

	b.interrupt(kUnsolicited, 0, 1);
	start_ok(b);
	b.interrupt(kUnsolicited, 0, 2);
	b.port.crw(0x04020001);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1) << "a wake is out";
	ASSERT_EQ(vccw_core_reset(b.core), 0);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.read(), (std::array<u8, VCCW_IO_REGION_SIZE>{}));
	EXPECT_EQ(vccw_core_read_crw(b.core, crw), 0u);
	EXPECT_EQ(crw[0], 0u);
	EXPECT_EQ(b.stats().queued, 0u);
	EXPECT_EQ(b.stats().irbs_cleared, 1u) << "the other one was published";
	EXPECT_TRUE(b.port.enabled);
	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8, 3);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
	EXPECT_EQ(get32(b.read().data() + 32), 3u);
	EXPECT_EQ(get32(b.read().data() + 32), 0u) << "the wake of before the reset";
}

// A reader that has copied status just before a reset acknowledges nothing of after it.
TEST(Device, P4_AReadAcrossAResetAcknowledgesNothing)
{
	Bench b;
	u8 region[VCCW_IO_REGION_SIZE];

	b.interrupt(kUnsolicited, 0, 1);
	const u64 token = vccw_core_read_io(b.core, region);
	ASSERT_EQ(vccw_core_reset(b.core), 0);
	b.look();
	b.interrupt(kUnsolicited, 0, 2);
	vccw_core_ack_io(b.core, token, 0, sizeof(region));
	EXPECT_EQ(get32(b.read().data() + 32), 2u);
}

// A device that answers neither HALT nor CLEAR: a stated time, then it is given up.
TEST(Device, P11_WaitingForADeviceIsBounded)
{
	for (const bool interrupts : {false, true}) {
		Bench b;
		int waits = 0;

		start_ok(b);
		b.port.wait_in_vain = !interrupts;
		b.port.disable_rc = {-VCCW_EBUSY};
		b.port.cancel_rc = {-VCCW_EBUSY};
		b.port.in_wait = [&] {
			ASSERT_LT(++waits, 1000);
			b.port.disable_rc = {-VCCW_EBUSY};
			b.port.cancel_rc = {-VCCW_EBUSY};
		};
		EXPECT_EQ(vccw_core_reset(b.core), -VCCW_EIO);
		EXPECT_EQ(b.port.waited_ms, interrupts ? 0u : 5000u);
		EXPECT_TRUE(b.port.pins.empty()) << "the client can go";
		EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_STUCK));
		b.port.disable_rc.clear();
		b.port.forget_memory_except_core();
	}
}

TEST(Device, P11_OpenFails)
{
	Bench b(false);

	b.port.enable_rc = {-VCCW_EIO, -VCCW_ENODEV};
	EXPECT_EQ(vccw_core_open(b.core), -VCCW_EIO);
	EXPECT_EQ(vccw_core_open(b.core), -VCCW_ENODEV);
	EXPECT_EQ(vccw_core_open(b.core), -VCCW_ENODEV);
	EXPECT_EQ(b.port.gone, 1);
}

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

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY, 0};
	b.port.cancel_rc = {0};
	vccw_core_unmap(b.core, 0x20000, 0x1000);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1) << "its guest waits for it";
	const auto region = b.read();
	EXPECT_EQ(get32(region.data() + 24), 0x4017u);
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
		EXPECT_EQ(get32(region.data() + 24), clear ? 0x1001u : 0x6017u);
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

// A status that is not the end of anything, and a wake of before, cut no step short
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
			b.interrupt(kIntermediate | 0x2000);
		put32(b.port.schib + 28, 0x000060c0);
		EXPECT_EQ(b.port.cancel_rc.size(), 1u) << "HALT, and no CLEAR yet";
		if (waits == 2)
			b.port.in_wait = nullptr;
	};
	vccw_core_close(b.core);
	EXPECT_EQ(waits, 2);
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
	EXPECT_EQ(get32(b.read().data() + 24), 0x4017u) << "of the START";
	EXPECT_EQ(b.start(kProgram), 0);
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
	EXPECT_EQ(get32(b.read().data() + 24), 0x4017u);
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
	b.port.forget_memory_except_core();
}

TEST(Device, P4_ClearOfAFullQueueEndsTheProgram)
{
	Bench b;

	start_ok(b);
	for (int i = 0; i < 100; i++)
		b.interrupt(kUnsolicited);
	b.interrupt(kClearEnded);
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_FALSE(b.port.logged_msg(VCCW_MSG_BROKEN_RULE));
}

// --- the host needs the subchannel ---------------------------------------------

TEST(Device, P11_ShutEndsWhatRunsAndNothingStartsAfterwards)
{
	Bench b;

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY, 0};
	b.port.cancel_rc = {-VCCW_EBUSY};
	b.port.in_wait = [&] { b.interrupt(kStartHaltEnded, b.host_cpa() + 8); };
	vccw_core_shut(b.core);
	EXPECT_FALSE(b.port.enabled);
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
	EXPECT_EQ(b.halt(), -VCCW_ENODEV);
	EXPECT_EQ(b.clear(), -VCCW_ENODEV);
	EXPECT_EQ(vccw_core_reset(b.core), -VCCW_ENODEV);
	vccw_core_close(b.core);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(vccw_core_open(b.core), -VCCW_ENODEV);
}

// A client's request may hold its lock for ever: it is taken neither here nor by a START
// whose translation this interrupts.
TEST(Device, P11_ShutDuringAStart)
{
	Bench b;

	b.simple(kProgram);
	b.port.in_read_guest = [&] { vccw_core_shut(b.core); };
	EXPECT_EQ(b.start(kProgram), -VCCW_ENODEV);
	EXPECT_TRUE(b.port.orbs.empty());
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_FALSE(b.port.enabled);
}

TEST(Device, P11_ShutOfADeviceThatAnswersNothing)
{
	Bench b;

	start_ok(b);
	b.port.wait_in_vain = true;
	b.port.in_wait = [&] {
		b.port.disable_rc = {-VCCW_EBUSY};
		b.port.cancel_rc = {-VCCW_EBUSY};
	};
	b.port.in_wait();
	vccw_core_shut(b.core);
	EXPECT_EQ(b.port.waited_ms, 2000u);
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_STUCK));
	EXPECT_EQ(b.port.pins.size(), 1u) << "for the client's close";
	b.port.in_wait = nullptr;
	b.port.disable_rc.clear();
	vccw_core_close(b.core);
	EXPECT_EQ(b.port.waited_ms, 2000u) << "the subchannel may be another driver's by now";
	EXPECT_TRUE(b.port.pins.empty()) << "the client can go";
	EXPECT_EQ(b.port.kept.size(), 1u) << "the page can't";
	b.port.forget_memory_except_core();
}

// The same of a close that is waiting already: once the subchannel is another driver's, that
// it is "gone" does not prove that the channel has let go.
TEST(Device, P11_TakenAwayFromACloseThatWaits)
{
	Bench b;
	bool shut = false;

	start_ok(b);
	b.port.wait_in_vain = true;
	b.port.in_wait = [&] {
		b.port.disable_rc = {-VCCW_EBUSY};
		b.port.cancel_rc = {-VCCW_EBUSY};
		if (!shut) {
			shut = true;
			vccw_core_shut(b.core);
			b.port.disable_rc = {-VCCW_ENODEV};
		}
	};
	b.port.disable_rc = {-VCCW_EBUSY};
	b.port.cancel_rc = {-VCCW_EBUSY};
	vccw_core_close(b.core);
	EXPECT_TRUE(shut);
	EXPECT_TRUE(b.port.pins.empty()) << "the client can go";
	EXPECT_EQ(b.port.kept.size(), 1u) << "the page can't";
	EXPECT_EQ(b.port.gone, 0);
	b.port.in_wait = nullptr;
	b.port.disable_rc.clear();
	b.port.forget_memory_except_core();
}

// Given up, and then really gone: only that makes it possible to plug it again.
TEST(Device, P11_AStuckSubchannelThatGoesIsReported)
{
	Bench b;

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY};
	b.port.cancel_rc = {-VCCW_EIO};
	vccw_core_close(b.core);
	EXPECT_EQ(b.port.gone, 0);
	b.port.not_operational();
	EXPECT_EQ(b.port.gone, 1);
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

// --- P12, CRWs ------------------------------------------------------------------

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

TEST(Device, InterruptOfAClosedDeviceDisablesIt)
{
	Bench b(false);

	b.port.enabled = true;
	b.interrupt(kUnsolicited);
	EXPECT_FALSE(b.port.enabled);
	EXPECT_FALSE(b.port.work_queued);
}

TEST(Device, OutOfMemoryAtCreation)
{
	FakePort port;
	vccw_core *core = nullptr;
	const vccw_port t = FakePort::table();
	const vccw_limits limits{16, 16, 16, 1u << 16};

	port.allocs_before_failure = 0;
	EXPECT_EQ(vccw_core_create(&t, &port, &limits, &core), -VCCW_ENOMEM);
	EXPECT_EQ(port.held(), 0u);
}

} // namespace
