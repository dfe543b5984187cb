// SPDX-License-Identifier: GPL-2.0-only
// The host needs the subchannel, whatever its client is at.
// Each test is named after the promise that it holds the core to.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

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

// Whichever step ended it, without an interrupt: the client that stays hears of it (cio gives a
// driver a last answer, ccw_device_killing_irq), and its memory is released.
TEST(Device, P11_ShutTellsOfWhatItTookBack)
{
	Bench b;

	start_and_cancel(b);
	vccw_core_shut(b.core);
	EXPECT_FALSE(b.port.enabled);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.read_word0() & 0x7fff, 0x4017u);
	vccw_core_close(b.core);
	EXPECT_EQ(b.stats().programs_released, 1u);
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

} // namespace
