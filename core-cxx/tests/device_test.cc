// SPDX-License-Identifier: GPL-2.0-only
// Requests, interrupts and the client's reads, as scripted interleavings.
// Each test is named after the promise that it holds the core to.
#include "fake_port.hpp"

using namespace vccw_test;

namespace {

constexpr u32 kProgram = 0x10000;
constexpr u32 kOther = 0x10100;

// START with its interrupt still to come.
void start_ok(Bench &b, u32 cpa = kProgram)
{
	b.simple(cpa);
	ASSERT_EQ(b.start(cpa), 0);
}

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
		b.interrupt(word0, b.host_cpa() + 8);
		b.port.run_work();
		EXPECT_TRUE(b.port.pins.empty()) << std::hex << word0;
		EXPECT_EQ(b.read_word0() & 0x7fff, word0 & 0x7fff);
	}
}

// TEST SUBCHANNEL of channel end took the function away from the second status.
TEST(Device, P2_ChannelEndAndDeviceEndApart)
{
	Bench b;

	start_ok(b);
	b.interrupt(0x4045, b.host_cpa() + 8, 0x08000000); // primary, device active
	b.port.run_work();
	EXPECT_EQ(b.port.pins.size(), 1u);
	b.interrupt(0x0003, 0, 0x04000000); // secondary
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
	b.read(), b.read();
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
	b.read();
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

// --- P4: the queue ------------------------------------------------------------

TEST(Device, P4_ThreeInterruptsBeforeOneRead)
{
	Bench b;

	ASSERT_EQ(b.halt(), 0);
	b.interrupt(kHaltEnded, 0, 0x01000001);
	b.interrupt(kUnsolicited, 0, 0x80000002);
	b.interrupt(kUnsolicited, 0, 0x80000003);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1) << "one IRB is readable";
	EXPECT_EQ(get32(b.read().data() + 32), 0x01000001u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2) << "the next one";
	EXPECT_EQ(get32(b.read().data() + 32), 0x80000002u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 3);
	EXPECT_EQ(get32(b.read().data() + 32), 0x80000003u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 3);
}

TEST(Device, P4_StartBetweenInterruptAndRead)
{
	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8, 0x0c000007);
	b.port.run_work();
	start_ok(b, kOther); // writes zeros over irb_area
	EXPECT_EQ(get32(b.read().data() + 32), 0x0c000007u);
}

TEST(Device, P4_PartialReadsAcknowledgeNothing)
{
	Bench b;
	u8 region[VCCW_IO_REGION_SIZE];

	b.interrupt(kUnsolicited);
	b.port.run_work();
	u64 token = vccw_core_read_io(b.core, region);
	vccw_core_ack_io(b.core, token, 0, 119);
	vccw_core_ack_io(b.core, token, 25, 99);
	EXPECT_EQ(b.stats().queued, 1u);
	vccw_core_ack_io(b.core, token, 24, 96);
	EXPECT_EQ(b.stats().queued, 0u);
}

TEST(Device, P4_AnAcknowledgementMeetsTheIrbThatWasRead)
{
	Bench b;
	u8 region[VCCW_IO_REGION_SIZE];

	b.interrupt(kUnsolicited);
	b.interrupt(kUnsolicited);
	b.port.run_work();
	const u64 token = vccw_core_read_io(b.core, region);
	vccw_core_ack_io(b.core, token, 0, sizeof(region));
	vccw_core_ack_io(b.core, token, 0, sizeof(region));
	EXPECT_EQ(b.stats().queued, 1u) << "the second IRB was never read";
}

TEST(Device, P4_OverflowDropsOnlyWhatNobodyIsOwed)
{
	Bench b;

	start_ok(b);
	for (int i = 0; i < 100; i++)
		b.interrupt(kUnsolicited, 0, u32(i));
	EXPECT_GT(b.stats().irbs_dropped, 0u);
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_IRB_DROPPED));
	const u64 kept = 100 - b.stats().irbs_dropped;
	b.interrupt(kStartEnded, b.host_cpa() + 8, 0x0c00ffff);
	b.port.run_work();
	for (u64 i = 0; i < kept; i++)
		EXPECT_EQ(get32(b.read().data() + 32), i) << "in order";
	EXPECT_EQ(get32(b.read().data() + 32), 0x0c00ffffu) << "the program's end was dropped";
	EXPECT_TRUE(b.port.pins.empty());
}

TEST(Device, P4_FullQueueMakesFunctionsBusyNotLossy)
{
	Bench b;
	int started = 0;

	b.simple(kProgram);
	for (; started < 100; started++) {
		if (b.start(kProgram))
			break;
		b.interrupt(kStartEnded, b.host_cpa() + 8, u32(started));
		b.port.run_work();
	}
	EXPECT_GE(started, 8);
	EXPECT_LT(started, 100);
	EXPECT_EQ(b.halt(), -VCCW_EBUSY);
	for (int i = 0; i < started; i++)
		EXPECT_EQ(get32(b.read().data() + 32), u32(i));
	EXPECT_EQ(b.stats().irbs_dropped, 0u);
	EXPECT_EQ(b.start(kProgram), 0);
}

TEST(Device, P4_TheInterruptItselfPublishesAndSignals)
{
	Bench b;

	start_ok(b);
	b.port.events.clear();
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.port.events, (std::vector<std::string>{"publish", "signal"}));
	b.port.run_work();
	EXPECT_EQ(b.port.events, (std::vector<std::string>{"publish", "signal", "release", "unpin"}));
}

// A guest whose I/O is over may give its pages away.
TEST(Device, P9_ReadingOfAProgramsEndGivesItsPagesBackFirst)
{
	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.port.pins.size(), 1u) << "released in interrupt context";

	u8 region[VCCW_IO_REGION_SIZE];
	const u64 token = vccw_core_read_io(b.core, region);

	EXPECT_NE(token, 0u);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.stats().programs_released, 1u);
	vccw_core_ack_io(b.core, token, 0, sizeof(region));
	b.port.run_work();
	EXPECT_EQ(b.stats().programs_released, 1u);
}

TEST(Device, P4_StatusFromBeforeTheEventfdIsSignalledWhenItComes)
{
	Bench b;

	vccw_core_trigger(b.core, VCCW_TRIGGER_IO, 0);
	b.interrupt(kUnsolicited);
	b.port.run_work();
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 0);
	vccw_core_trigger(b.core, VCCW_TRIGGER_IO, 1);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
	vccw_core_trigger(b.core, VCCW_TRIGGER_IO, 1);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1) << "not twice";
}

// --- P5 -----------------------------------------------------------------------

TEST(Device, P5_ClearDiscardsWhatIsNotReadable)
{
	Bench b;

	b.interrupt(kUnsolicited, 0, 1);
	b.interrupt(kUnsolicited, 0, 2);
	b.interrupt(kUnsolicited, 0, 3);
	ASSERT_EQ(b.clear(), 0);
	b.interrupt(kClearEnded, 0, 4);
	b.port.run_work();
	EXPECT_EQ(get32(b.read().data() + 32), 1u);
	EXPECT_EQ(get32(b.read().data() + 32), 4u);
	EXPECT_EQ(b.stats().irbs_cleared, 2u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
}

TEST(Device, P5_AProgramWhoseStatusIsDiscardedIsStillReleased)
{
	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	ASSERT_EQ(b.clear(), 0);
	EXPECT_EQ(b.start(kProgram), -VCCW_EBUSY) << "its memory is not free yet";
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(b.stats().programs_released, 1u);
}

TEST(Device, P5_ClearWhileTheWorkItemReleases)
{
	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8, 1);
	b.port.in_unpin = [&] {
		ASSERT_EQ(b.clear(), 0);
		b.interrupt(kClearEnded, 0, 2);
	};
	b.port.run_work();
	b.port.in_unpin = nullptr;
	b.port.run_work();
	EXPECT_EQ(get32(b.read().data() + 32), 1u) << "was readable before CLEAR";
	EXPECT_EQ(get32(b.read().data() + 32), 2u);
	EXPECT_EQ(b.stats().queued, 0u);
	EXPECT_EQ(b.start(kProgram), 0);
}

// --- P6 -----------------------------------------------------------------------

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

TEST(Device, P11_ResetDropsWhatIsUnpublished)
{
	Bench b;

	b.interrupt(kUnsolicited, 0, 1);
	b.port.run_work();
	start_ok(b);
	b.interrupt(kUnsolicited, 0, 2);
	b.port.run_work();
	ASSERT_EQ(vccw_core_reset(b.core), 0);
	EXPECT_TRUE(b.port.pins.empty());
	EXPECT_EQ(get32(b.read().data() + 32), 1u);
	EXPECT_EQ(b.stats().queued, 0u);
	EXPECT_TRUE(b.port.enabled);
	start_ok(b);
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
	EXPECT_EQ(get32(b.read().data() + 32), 9u) << "the guest learns how it ended";
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
	for (int n = 0;; n++) {
		FakePort port;
		vccw_core *core = nullptr;
		const vccw_port t = FakePort::table();
		const vccw_limits limits{16, 16, 16, 1u << 16};

		port.allocs_before_failure = n;
		const int rc = vccw_core_create(&t, &port, &limits, &core);
		if (!rc) {
			EXPECT_GT(n, 3);
			vccw_core_destroy(core);
			break;
		}
		EXPECT_EQ(rc, -VCCW_ENOMEM);
	}
}

} // namespace
