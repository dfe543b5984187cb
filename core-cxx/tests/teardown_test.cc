// SPDX-License-Identifier: GPL-2.0-only
// Close, reset, shut, not operational, as scripted interleavings.
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

	start_and_cancel(b);
	vccw_core_close(b.core);
	EXPECT_TRUE(b.port.pins.empty());
}

// A program is in flight, and the device cannot be stopped.
void give_up(Bench &b)
{
	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY};
	b.port.cancel_rc = {-VCCW_EIO};
	vccw_core_close(b.core);
}

TEST(Device, P11_AStuckSubchannelKeepsTheMemory)
{
	Bench b;

	give_up(b);
	EXPECT_TRUE(b.port.pins.empty()) << "the client can go";
	EXPECT_EQ(b.port.kept.size(), 1u) << "the page can't";
	EXPECT_GE(b.port.dma_bytes(), 4096u);
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_STUCK));
	EXPECT_EQ(vccw_core_open(b.core), -VCCW_ENODEV);
	b.port.forget_memory_except_core();
}

// A program whose interrupts are always pending when CANCEL comes: cc 1, and cio's ladder does
// not get to HALT (cio.c, cio_cancel_halt_clear: -EBUSY "from a status pending").  HALT is
// executed with intermediate status (QEMU css_do_hsch), CLEAR with any.
TEST(Device, P11_StatusThatIsAlwaysPendingKeepsNothingRunning)
{
	Bench b;
	std::vector<std::pair<int, int>> issued;

	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY, -VCCW_EBUSY};
	b.port.cancel_rc = {-VCCW_EBUSY, -VCCW_EBUSY};
	b.port.cancel_meets_status = b.port.wait_in_vain = true;
	b.port.in_wait = [&] { issued.push_back({b.port.halts, b.port.clears}); };
	vccw_core_close(b.core);
	ASSERT_EQ(issued.size(), 2u);
	EXPECT_EQ(issued[0], std::make_pair(1, 0));
	EXPECT_EQ(issued[1], std::make_pair(1, 1));
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
	for (const bool wakes : {false, true}) {
		Bench b;
		int waits = 0;

		start_ok(b);
		b.port.wait_in_vain = !wakes;
		b.port.disable_rc = {-VCCW_EBUSY};
		b.port.cancel_rc = {-VCCW_EBUSY};
		b.port.in_wait = [&] {
			ASSERT_LT(++waits, 1000);
			b.port.disable_rc = {-VCCW_EBUSY};
			b.port.cancel_rc = {-VCCW_EBUSY};
		};
		EXPECT_EQ(vccw_core_reset(b.core), -VCCW_EIO);
		EXPECT_EQ(b.port.waited_ms, wakes ? 0u : 5000u);
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

// Given up, and then really gone: only that makes it possible to plug it again.
TEST(Device, P11_AStuckSubchannelThatGoesIsReported)
{
	Bench b;

	give_up(b);
	EXPECT_EQ(b.port.gone, 0);
	b.port.not_operational();
	EXPECT_EQ(b.port.gone, 1);
	b.port.forget_memory_except_core();
}

// MODIFY SUBCHANNEL of it is busy, 500 microseconds long (cio.c, cio_commit_config), with each
// of its interrupts: CLEAR ends that.
TEST(Device, P15_AProgramThatWasGivenUpInterruptsNoMore)
{
	Bench b;

	give_up(b);
	b.port.disable_rc = {-VCCW_EBUSY};
	b.interrupt(kIntermediate);
	EXPECT_EQ(b.port.clears, 1);
	b.interrupt(kClearEnded);
	EXPECT_EQ(b.port.clears, 1);
	EXPECT_FALSE(b.port.enabled);
	b.port.forget_memory_except_core();
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
