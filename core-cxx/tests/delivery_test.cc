// SPDX-License-Identifier: GPL-2.0-only
// Interrupts on their way to the client, as scripted interleavings.
// Each test is named after the promise that it holds the core to.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

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
	b.port.run_work();
	b.port.run_work();
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2) << "the next one";
	EXPECT_EQ(get32(b.read().data() + 32), 0x80000002u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 3);
	EXPECT_EQ(get32(b.read().data() + 32), 0x80000003u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 3);
}

// An end and an attention, and the client's read of the first behind both or between them: the
// second waits for the work item.
void the_second_waits(bool end_first, bool read_between)
{
	Bench b;
	const u32 first = end_first ? kStartEnded : kUnsolicited;
	const u32 second = end_first ? kUnsolicited : kStartEnded;

	start_ok(b);
	b.interrupt(first, b.host_cpa() + 8);
	if (read_between) {
		EXPECT_EQ(b.read_word0() & 0x7fff, first);
	}
	b.interrupt(second, b.host_cpa() + 8);
	if (!read_between) {
		EXPECT_EQ(b.read_word0() & 0x7fff, first);
	}
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1) << end_first << read_between;
	EXPECT_TRUE(b.port.work_queued);
	EXPECT_FALSE(b.port.work_urgent);
	b.port.run_work();
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1) << "that run may have been due already";
	b.port.run_work();
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
	EXPECT_EQ(b.read_word0() & 0x7fff, second);
}

// QEMU overwrites its one SCSW with each IRB that it reads (hw/vfio/ccw.c,
// vfio_ccw_io_notifier_handler); its guest has to have executed TEST SUBCHANNEL before.
TEST(Device, P4_AnAttentionDoesNotRunAnEndOver)
{
	the_second_waits(true, false);
	the_second_waits(false, false);
}

// ... nor one that comes when the other has been read: the guest's processor may be on its way
// to TEST SUBCHANNEL.  Not for long, and not when it has asked for more.
TEST(Device, P4_AnAttentionBehindTheReadOfAnEnd)
{
	the_second_waits(true, true);
	the_second_waits(false, true);

	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.read();
	b.port.run_work();
	EXPECT_TRUE(b.port.work_queued) << "that was queued before the read";
	b.port.run_work();
	b.interrupt(kUnsolicited);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2) << "some time after it";
	b.read();
	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 3) << "the guest has gone on";
}

// ... the work item may have been queued by the I/O before, and run right behind the read.
TEST(Device, P4_AnAttentionBehindWorkOfBeforeTheRead)
{
	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.read();
	b.port.run_work();
	b.interrupt(kUnsolicited);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
	b.port.run_work();
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
}

// ... a START or HALT says that the guest has taken the end (QEMU css_do_ssch, css_do_hsch: cc 1
// otherwise): what waits need not any more.
TEST(Device, P4_TheNextFunctionEndsTheWait)
{
	for (const bool halt : {false, true}) {
		Bench b;

		start_ok(b);
		b.interrupt(kStartEnded, b.host_cpa() + 8);
		b.read();
		b.interrupt(kUnsolicited);
		EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
		if (halt) {
			EXPECT_EQ(b.halt(), 0);
		} else {
			start_ok(b);
		}
		EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
		EXPECT_EQ(b.read_word0() & 0x7fff, kUnsolicited);
	}
}

// ... also a HALT that is refused, for the end that waits.
TEST(Device, P4_ARefusedHaltEndsTheWait)
{
	Bench b;

	start_ok(b);
	b.interrupt(kUnsolicited);
	b.read();
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
	EXPECT_EQ(b.halt(), -VCCW_EBUSY) << "status is pending";
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
	EXPECT_EQ(b.read_word0() & 0x7fff, kStartEnded);
}

// ... and what the client unmaps elsewhere is not time that its guest had.
TEST(Device, P4_UnmapsDoNotEndTheWait)
{
	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.read();
	b.interrupt(kUnsolicited);
	for (u64 gpa = 0x900000; gpa < 0x904000; gpa += 0x1000)
		vccw_core_unmap(b.core, gpa, 0x1000);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
	b.port.run_work();
	b.port.run_work();
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
}

// ... CLEAR voids what is held back, and its own status is not.
TEST(Device, P5_ClearEndsTheWait)
{
	Bench b;

	start_ok(b);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.interrupt(kUnsolicited);
	b.read();
	ASSERT_EQ(b.clear(), 0);
	b.interrupt(kClearEnded);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
	EXPECT_EQ(b.read_word0(), u32{kClearEnded});
	EXPECT_EQ(b.stats().queued, 0u);
}

// PoP, HALT SUBCHANNEL: cc 1 with status pending, unless it is intermediate alone (QEMU
// css_do_hsch, Hercules halt_subchan).  Its own would come to the guest's next request.
// Unsolicited status has no function that is over: the kernel's driver issues the HALT, and
// QEMU up to 6.1 tells its guest so whatever the answer (hw/vfio/ccw.c).
TEST(Device, P3_HaltWithStatusUnread)
{
	for (const u32 word0 : {kStartEnded, kUnsolicited, kIntermediate, kSuspended}) {
		const bool goes_on = word0 != kStartEnded;
		Bench b;

		start_ok(b);
		b.interrupt(word0, b.host_cpa() + 8);
		EXPECT_EQ(b.halt(), goes_on ? 0 : -VCCW_EBUSY) << std::hex << word0;
		EXPECT_EQ(b.port.halts, goes_on ? 1 : 0);
		b.read();
		if (!goes_on) {
			EXPECT_EQ(b.halt(), 0);
		}
	}
}

// QEMU hands RESUME SUBCHANNEL on as a START with the ORB of before (css_do_rsch): of a
// program that is over by now it would be a second one.
TEST(Device, P3_ResumeIsNoStart)
{
	Bench b;
	u8 region[VCCW_IO_REGION_SIZE] = {};

	b.simple(kProgram);
	put32(region + 4, 0x08c2ff00);
	put32(region + 8, kProgram);
	put32(region + 12, 0x4000 | 0x0800 | 0x0020); // start, resume-pending, suspended
	EXPECT_EQ(vccw_core_write_io(b.core, 0, region, sizeof(region)), -VCCW_EBUSY);
	EXPECT_TRUE(b.port.orbs.empty());
	int ret_code;
	std::memcpy(&ret_code, b.read().data() + 120, sizeof(ret_code));
	EXPECT_EQ(ret_code, -VCCW_EBUSY);
	EXPECT_EQ(b.start(kProgram), 0);
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
	vccw_core_ack_io(b.core, token, 0, 24 + 63);
	vccw_core_ack_io(b.core, token, 25, 99);
	EXPECT_EQ(b.stats().queued, 1u);
	vccw_core_ack_io(b.core, token, 24, 96);
	EXPECT_EQ(b.stats().queued, 0u);
}

// The area has 96 bytes, the IRB of a command-mode program 64 (PoP ch. 16): a client may read
// no more than that.
TEST(Device, P4_AnIrbIsReadBy64Bytes)
{
	Bench b;
	u8 region[VCCW_IO_REGION_SIZE];

	b.interrupt(kUnsolicited, 0, 1);
	b.interrupt(kUnsolicited, 0, 2);
	vccw_core_ack_io(b.core, vccw_core_read_io(b.core, region), 24, VCCW_IRB_SIZE);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
	EXPECT_EQ(get32(b.read().data() + 32), 2u);
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
	EXPECT_EQ(b.port.events,
		  (std::vector<std::string>{"publish", "signal", "release", "unpin"}));
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

// The guest's subchannel is not enabled: its OS has not stored the SCHIB yet.
TEST(Device, StatusBeforeTheFirstRequestIsThatOfADisabledSubchannel)
{
	for (const bool reset : {false, true}) {
		Bench b;

		EXPECT_EQ(vccw_core_reset(b.core), 0);
		if (reset) {
			b.look();
			EXPECT_EQ(vccw_core_reset(b.core), 0);
		}
		b.interrupt(kUnsolicited, 0, 1);
		EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 0);
		EXPECT_EQ(b.stats().irbs_early, 1u);
		EXPECT_EQ(b.stats().queued, 0u);
		b.look();
		b.interrupt(kUnsolicited, 0, 2);
		EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
		EXPECT_EQ(get32(b.read().data() + 32), 2u);
	}
}

TEST(Device, P4_AnyFirstRequestEndsTheDroppingOfEarlyStatus)
{
	for (const int request : {0, 1, 2}) {
		Bench b;

		EXPECT_EQ(vccw_core_reset(b.core), 0);
		if (request) {
			ASSERT_EQ(b.async(u32(request)), 0);
			b.interrupt(request == 1 ? kHaltEnded : kClearEnded);
		} else {
			start_ok(b);
			b.interrupt(kStartEnded, b.host_cpa() + 8);
		}
		EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 1);
		EXPECT_EQ(b.stats().irbs_early, 0u);
	}
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

} // namespace
