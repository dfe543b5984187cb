// SPDX-License-Identifier: GPL-2.0-only
// Requests, the interrupts that end them, and the answers, as scripted interleavings.
// Each test is named after the promise that it holds the core to.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

// --- the seeds' race --------------------------------------------------------

// CPU 1: CLEAR, interrupt captured     CPU 2: START
//        work item
TEST(Device, P2_ClearInterruptBeforeStartReleasesNothing)
{
	Bench b;

	ASSERT_EQ(b.clear(), 0);
	b.interrupt(kClearEnded);
	start_ok(b);
	b.port.run_work();
	EXPECT_EQ(b.port.pins.size(), 1u) << "the running program lost its pages";
	EXPECT_EQ(b.read_cpa(), 0u) << "the IRB of CLEAR";
	EXPECT_EQ(b.port.pins.size(), 1u);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.read_cpa(), kProgram + 8);
	EXPECT_TRUE(b.port.pins.empty());
}

// An interrupt is processed when the program that it ended is released.
TEST(Device, P3_StartIsBusyWhileAnInterruptIsUnprocessed)
{
	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_FALSE(b.port.work_urgent);
	b.simple(kOther);
	EXPECT_EQ(b.start(kOther), -VCCW_EBUSY);
	EXPECT_EQ(b.port.orbs.size(), 1u) << "no START SUBCHANNEL for it";
	EXPECT_TRUE(b.port.work_urgent) << "nobody should have to wait for long";
	b.port.run_work();
	EXPECT_EQ(b.start(kOther), 0) << "also with the IRB unread";
}

TEST(Device, P3_StartIsBusyWhileTheEndedProgramIsBeingReleased)
{
	Bench b;
	int rc = 0;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.in_unpin = [&] { rc = b.start(kProgram); };
	b.port.run_work();
	b.port.in_unpin = nullptr;
	EXPECT_EQ(rc, -VCCW_EBUSY);
	EXPECT_EQ(b.start(kProgram), 0);
}

// Scenario B of the second seed: the START is in the middle of its own work
// when the interrupt of CLEAR arrives and is processed.
TEST(Device, P2_ClearInterruptDuringStartReleasesNothing)
{
	Bench b;

	ASSERT_EQ(b.clear(), 0);
	b.simple(kProgram);
	bool once = true;
	b.port.in_read_guest = [&] {
		if (!once)
			return;
		once = false;
		b.interrupt(kClearEnded);
		b.port.run_work();
	};
	ASSERT_EQ(b.start(kProgram), 0);
	EXPECT_EQ(b.port.pins.size(), 1u) << "the running program lost its pages";
	EXPECT_EQ(b.stats().programs_released, 0u);

	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
	EXPECT_EQ(b.port.pins.size(), 0u);
	EXPECT_EQ(b.read_cpa(), 0u) << "first the IRB of CLEAR";
	EXPECT_EQ(b.read_cpa(), kProgram + 8);
}

// An interrupt that is not the program's own end, processed while it runs.
TEST(Device, P2_UnsolicitedInterruptLeavesTheProgramAlone)
{
	Bench b;

	start_ok(b);
	b.interrupt(kUnsolicited);
	b.port.run_work();
	EXPECT_EQ(b.port.pins.size(), 1u);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
}

TEST(Device, P2_ReleasedByTheInterruptThatEndsItAndOnlyThen)
{
	Bench b;

	start_ok(b);
	b.interrupt(kIntermediate, b.host_cpa() + 8);
	b.port.run_work();
	EXPECT_EQ(b.stats().programs_released, 0u);
	b.interrupt(kSuspended, b.host_cpa() + 8);
	b.port.run_work();
	EXPECT_EQ(b.stats().programs_released, 0u) << "suspended is not ended";
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.port.pins.size(), 1u) << "released in interrupt context";
	EXPECT_TRUE(b.port.work_queued) << "the client may never read";
	b.port.run_work();
	EXPECT_EQ(b.stats().programs_released, 1u);
	EXPECT_TRUE(b.port.pins.empty());
}

TEST(Device, P2_EveryKindOfEnd)
{
	for (const u32 word0 : {kStartEnded, kStartAlerted, kStartHaltEnded, kClearEnded,
				0x6001u | 1u << 5 /* halted while suspended */}) {
		Bench b;

		start_ok(b);
		if (word0 & 0x2000) {
			ASSERT_EQ(b.halt(), 0);
		}
		if (word0 & 0x1000) {
			ASSERT_EQ(b.clear(), 0);
		}
		b.interrupt(word0, b.host_cpa() + 8);
		b.port.run_work();
		EXPECT_TRUE(b.port.pins.empty()) << std::hex << word0;
		EXPECT_EQ(b.read_word0() & 0x7fff, word0 & 0x7fff);
	}
}

// PoP, primary status: channel end concludes the channel program, so no storage of it is
// accessed any more.  What came with it is still told in the guest's addresses.
TEST(Device, P2_ChannelEndAndDeviceEndApart)
{
	Bench b;

	start_ok(b);
	b.interrupt(0x4045, b.host_cpa() + 8, 0x08000000); // primary, device active
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.read_cpa(), kProgram + 8);
	b.interrupt(0x0003, b.host_cpa() + 8, 0x04000000); // secondary
	EXPECT_EQ(b.read_cpa(), 0u);
	EXPECT_EQ(b.start(kProgram), 0);
}

TEST(Device, P3_HaltAndClearReleaseNothing)
{
	Bench b;

	start_ok(b);
	ASSERT_EQ(b.halt(), 0);
	b.port.run_work();
	EXPECT_EQ(b.port.pins.size(), 1u);
	ASSERT_EQ(b.clear(), 0);
	b.port.run_work();
	EXPECT_EQ(b.port.pins.size(), 1u);
	b.interrupt(kClearEnded);
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
}

TEST(Device, P3_StartedOnlyAfterCc0)
{
	Bench b;

	b.simple(kProgram);
	b.port.start_cc = {1};
	// The interrupt that made cc 1 comes in the same moment.
	EXPECT_EQ(b.start(kProgram), -VCCW_EBUSY);
	EXPECT_TRUE(b.port.pins.empty()) << "released at once";
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
	EXPECT_EQ(b.read_cpa(), 0u) << "no program of ours ended";
	EXPECT_EQ(b.stats().starts, 0u);
}

TEST(Device, P3_OneProgramAtATime)
{
	Bench b;

	start_ok(b);
	b.simple(kOther);
	EXPECT_EQ(b.start(kOther), -VCCW_EBUSY);
	EXPECT_EQ(b.port.orbs.size(), 1u) << "no START SUBCHANNEL for it";
	b.port.run_work();
	EXPECT_EQ(b.port.pins.size(), 1u) << "the one that runs keeps its pages";
}

// Each interrupt that a function owes has its place, also when others come while
// the START is translated.
TEST(Device, P3_InterruptsDuringTranslationMakeItBusyOnceThereIsNoRoom)
{
	Bench b;

	b.simple(kProgram);
	b.port.in_read_guest = [&] {
		for (int i = 0; i < 40; i++)
			b.interrupt(kUnsolicited);
	};
	EXPECT_EQ(b.start(kProgram), -VCCW_EBUSY);
	EXPECT_TRUE(b.port.orbs.empty());
	EXPECT_TRUE(b.port.pins.empty());
	b.port.in_read_guest = [&] { b.interrupt(kUnsolicited); };
	for (int i = 0; i < 3; i++) // places for the new one, channel end, device end
		b.read();
	EXPECT_EQ(b.start(kProgram), 0);
}

// --- return codes -------------------------------------------------------------

TEST(Device, ConditionCodesOfStart)
{
	Bench b;

	b.simple(kProgram);
	for (const auto &[cc, other, rc] : {std::tuple{1, false, -VCCW_EBUSY},
					    {2, false, -VCCW_EBUSY},
					    {3, true, -VCCW_EACCES},
					    {3, false, -VCCW_ENODEV}}) {
		b.port.start_cc = {cc};
		b.port.other_path = other;
		EXPECT_EQ(b.start(kProgram), rc);
		EXPECT_EQ(int(*reinterpret_cast<const u32 *>(b.read().data() + 120)), rc)
			<< "ret_code reads back";
		EXPECT_TRUE(b.port.pins.empty());
	}
	EXPECT_EQ(b.start(kProgram), 0) << "and it works after each of them";
}

TEST(Device, ConditionCodesOfHaltAndClear)
{
	Bench b;

	b.port.halt_cc = {1, 2, 3, 0};
	EXPECT_EQ(b.halt(), -VCCW_EBUSY);
	EXPECT_EQ(b.halt(), -VCCW_EBUSY);
	EXPECT_EQ(b.halt(), -VCCW_ENODEV);
	EXPECT_EQ(b.halt(), 0);
	b.port.clear_cc = {3, 0};
	EXPECT_EQ(b.clear(), -VCCW_ENODEV);
	EXPECT_EQ(b.clear(), 0);
	EXPECT_EQ(b.async(3), -VCCW_EINVAL);
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_BAD_COMMAND));
}

TEST(Device, RequestsOfAClosedDevice)
{
	Bench b(false);

	b.simple(kProgram);
	EXPECT_EQ(b.start(kProgram), -VCCW_EIO);
	EXPECT_EQ(b.halt(), -VCCW_EIO);
	EXPECT_EQ(b.clear(), -VCCW_EIO);
}

TEST(Device, HaltInTheIoRegionIsRefused)
{
	Bench b;
	u8 region[VCCW_IO_REGION_SIZE] = {};

	put32(region + 12, 2u << 12);
	EXPECT_EQ(vccw_core_write_io(b.core, 0, region, sizeof(region)), -VCCW_EOPNOTSUPP);
	EXPECT_EQ(b.port.halts, 0);
}

TEST(Device, BadOffsetsAndSizes)
{
	Bench b;
	u8 region[256] = {};

	EXPECT_EQ(vccw_core_write_io(b.core, 1, region, VCCW_IO_REGION_SIZE), -VCCW_EINVAL);
	EXPECT_EQ(vccw_core_write_io(b.core, 125, region, 1), -VCCW_EINVAL);
	EXPECT_EQ(vccw_core_write_io(b.core, 0xffffffff, region, 2), -VCCW_EINVAL);
	EXPECT_EQ(vccw_core_write_io(b.core, 0, region, 0), -VCCW_EINVAL);
	EXPECT_EQ(vccw_core_write_async(b.core, 4, region, 8), -VCCW_EINVAL);
}

} // namespace
