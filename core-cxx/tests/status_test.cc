// SPDX-License-Identifier: GPL-2.0-only
// What an interrupt does to the functions in progress, to the program's memory and to the
// places that are kept for interrupts: SCSW words in, outcomes out, through the C header.
//
// The table is typed from the sources that its rows name, not from the core's own:
//   PoP   z/Architecture Principles of Operation, ch. 14 (TEST, HALT, CLEAR SUBCHANNEL) and
//         ch. 16 (SCSW: deferred condition code, function, activity, status control)
//   cio   Linux drivers/s390/cio device_fsm.c, device_status.c, asm/scsw.h
//   QEMU  hw/s390x/css.c;  Herc  Hercules 3.13 channel.c
// TSCH stands for the rule of TEST SUBCHANNEL, which PoP, QEMU and Hercules have alike.
#include "device_test.hpp"

using namespace vccw_test;

namespace {

enum Memory { kGiven, kKept, kNone };  // back after the interrupt; there was none
enum Next { kStarts, kProven, kBusy }; // the next START; kProven: after a CLEAR of the driver

struct Row {
	const char *before; // S START  H HALT  C CLEAR  p channel end of it is taken
	u32 word0;
	Memory memory;
	Next next;
	unsigned owed; // places that stay reserved, of 16
	const char *source;
};

const Row rows[] = {
	// START, and how it ends.
	{"S", 0x00004007, kGiven, kStarts, 0, "QEMU, Herc: channel end and device end"},
	{"S", 0x00004017, kGiven, kStarts, 0,
	 "QEMU: unit check, no concurrent sense; program check"},
	{"S", 0x04024017, kGiven, kStarts, 0, "Herc: unit check with concurrent sense"},
	{"S", 0x04004017, kGiven, kStarts, 0,
	 "PoP: interface or channel control check, with logout"},
	{"S", 0x00104017, kGiven, kStarts, 0, "PoP: program check by the address limit"},
	{"S", 0x0000400f, kGiven, kStarts, 0, "TSCH: PCI together with the end"},
	{"S", 0x0000401f, kGiven, kStarts, 0, "TSCH: the same with a check"},
	{"S", 0x00c04007, kGiven, kStarts, 0, "QEMU: format 1 and prefetch shown"},
	{"S", 0x00014017, kGiven, kStarts, 0, "PoP: N with a check"},
	// Channel end first.
	{"S", 0x00004045, kGiven, kStarts, 1, "PoP: primary status concludes the program"},
	{"S", 0x00004055, kGiven, kStarts, 1, "PoP: the same, unit check at channel end"},
	{"S", 0x04024055, kGiven, kStarts, 1, "PoP: the same with sense"},
	{"S", 0x0000404d, kGiven, kStarts, 1, "TSCH: PCI together with channel end"},
	{"S", 0x00004005, kGiven, kStarts, 0, "TSCH: the device is not active, no device end"},
	{"S", 0x00004015, kGiven, kStarts, 0, "PoP: a check that ends it at the subchannel"},
	{"Sp", 0x00000003, kNone, kStarts, 0, "cio: device end, solicited, with no function"},
	{"Sp", 0x00000013, kNone, kStarts, 0, "PoP: unit check at device end"},
	{"Sp", 0x04020013, kNone, kStarts, 0, "PoP: the same with sense"},
	{"Sp", 0x00000011, kNone, kStarts, 1, "cio: attention; device end is still to come"},
	{"SpS", 0x01004403, kGiven, kStarts, 0, "PoP: device end of before meets a START"},
	{"SpS", 0x00004403, kGiven, kStarts, 0, "TSCH: the same without a deferred cc"},
	{"SpS", 0x00004007, kGiven, kStarts, 0, "QEMU: the second one ends as usual"},
	{"SpH", 0x00002203, kNone, kStarts, 0, "TSCH: device end overtakes HALT"},
	{"SpH", 0x00002213, kNone, kStarts, 0, "TSCH: with unit check"},
	{"SpH", 0x00002001, kNone, kStarts, 0, "Herc: HALT completes, device not active"},
	{"SpC", 0x00001001, kNone, kStarts, 0, "PoP: CLEAR resets device-active"},
	// Status that does not end it.
	{"S", 0x000040c9, kKept, kBusy, 2, "TSCH: PCI"},
	{"S", 0x00004089, kKept, kBusy, 2, "TSCH: PCI, device not active yet"},
	{"S", 0x00004029, kKept, kBusy, 2, "TSCH: suspended (Herc presents it, QEMU does not)"},
	{"S", 0x00004829, kKept, kBusy, 2, "TSCH: suspended, resume-pending"},
	{"S", 0x002040c9, kKept, kBusy, 2, "PoP: initial-status interruption"},
	{"S", 0x00000011, kKept, kBusy, 2, "cio: unsolicited, Herc has it beside the SCSW"},
	{"S", 0x00000000, kKept, kBusy, 2, "cio: not status-pending, nothing counts"},
	// Deferred condition codes.
	{"S", 0x03c04411, kGiven, kStarts, 0, "QEMU: seen with LPM 0x40"},
	{"S", 0x03004411, kGiven, kStarts, 0, "PoP: deferred cc 3, start-pending"},
	{"S", 0x03004401, kGiven, kStarts, 0, "PoP: the same, pending alone"},
	{"S", 0x03014411, kGiven, kStarts, 0, "PoP: with N"},
	{"S", 0x03004011, kGiven, kStarts, 0, "PoP: start-pending not shown"},
	{"S", 0x03004821, kGiven, kStarts, 0, "PoP: deferred cc 3 of RESUME"},
	{"S", 0x01004411, kGiven, kStarts, 0, "PoP: deferred cc 1, attention crosses START"},
	{"S", 0x01004401, kGiven, kStarts, 0, "cio: its stand-in IRB for deferred cc 1"},
	{"S", 0x01004413, kGiven, kStarts, 0, "PoP: attention and device end cross START"},
	{"S", 0x01004417, kGiven, kStarts, 0, "PoP: the ORB was not acceptable"},
	{"S", 0x01014411, kGiven, kStarts, 0, "PoP: with N"},
	{"S", 0x01004831, kGiven, kStarts, 0, "PoP: deferred cc 1 of RESUME"},
	{"S", 0x00004411, kGiven, kStarts, 0, "TSCH: alert alone takes start-pending away"},
	{"S", 0x00014411, kGiven, kStarts, 0, "TSCH: with N"},
	{"S", 0x00004401, kGiven, kStarts, 0, "TSCH: pending alone"},
	{"S", 0x00004031, kGiven, kStarts, 0, "TSCH: alert ends a suspended program"},
	{"S", 0x00004039, kGiven, kStarts, 0, "TSCH: alert with suspend status"},
	// The function is over, the subchannel shows activity: memory stays.
	{"S", 0x000040d1, kKept, kProven, 1, "TSCH against cio's notion of final"},
	{"S", 0x00004091, kKept, kProven, 0, "TSCH: device not active"},
	{"SH", 0x000060c1, kKept, kProven, 1, "Herc: HALT of a suspended program"},
	{"SH", 0x00016281, kKept, kProven, 0, "PoP: HALT refused on the path in use (N)"},
	{"SH", 0x000062c1, kKept, kProven, 1, "TSCH: the same, device active"},
	// HALT of a program.
	{"SH", 0x00006001, kGiven, kStarts, 0, "PoP: HALT completed"},
	{"SH", 0x00002001, kGiven, kStarts, 0, "QEMU: HALT takes the start function away"},
	{"SH", 0x00002021, kGiven, kStarts, 0, "QEMU: HALT of a suspended program"},
	{"SH", 0x00006041, kGiven, kStarts, 1, "PoP: halted, device end is to come"},
	{"SH", 0x00006045, kGiven, kStarts, 1, "PoP: halted, channel end"},
	{"SH", 0x00006007, kGiven, kStarts, 0, "PoP: halted, channel end and device end"},
	{"SH", 0x00006021, kGiven, kStarts, 0, "TSCH: pending alone, suspended"},
	{"SH", 0x00006029, kGiven, kStarts, 0, "QEMU, Herc: TSCH's exception for intermediate"},
	{"SH", 0x00006229, kGiven, kStarts, 0, "QEMU, Herc: the same, halt-pending"},
	{"SH", 0x000060c9, kKept, kBusy, 3, "TSCH: PCI while it is halted"},
	{"SH", 0x00006201, kGiven, kStarts, 0, "PoP: halt-pending still shown"},
	{"SH", 0x00016201, kGiven, kStarts, 0, "PoP: HALT refused, N"},
	{"SH", 0x00006601, kGiven, kStarts, 0, "TSCH: neither has begun"},
	{"SH", 0x01006611, kGiven, kStarts, 0, "PoP: deferred cc 1, halt-pending"},
	{"SH", 0x03016611, kGiven, kStarts, 0, "PoP: deferred cc 3, halt-pending, N"},
	// HALT and CLEAR of an idle subchannel.
	{"H", 0x00002001, kNone, kStarts, 0, "QEMU, Herc"},
	{"H", 0x00002201, kNone, kStarts, 0, "TSCH: halt-pending still shown"},
	{"H", 0x00012201, kNone, kStarts, 0, "PoP: refused, N"},
	{"H", 0x00002041, kNone, kStarts, 1, "PoP: device end is to come"},
	{"H", 0x00000011, kNone, kStarts, 2, "cio: unsolicited; HALT's own is to come"},
	{"C", 0x00001001, kNone, kStarts, 0, "QEMU, Herc"},
	{"C", 0x00001101, kNone, kStarts, 0, "TSCH: clear-pending still shown"},
	{"C", 0x00011101, kNone, kStarts, 0, "PoP: refused, N"},
	// CLEAR of a program.
	{"SC", 0x00001001, kGiven, kStarts, 0, "PoP, QEMU, Herc"},
	{"SC", 0x00001101, kGiven, kStarts, 0, "TSCH: clear-pending still shown"},
	{"SC", 0x00011101, kGiven, kStarts, 0, "PoP: refused, N; the program ended with cc 0"},
	{"SC", 0x00001041, kGiven, kStarts, 0, "PoP: device end is unsolicited after CLEAR"},
	{"SHC", 0x00001001, kGiven, kStarts, 0, "QEMU css_do_csch: takes HALT away too"},
	// Nothing in progress.
	{"", 0x00000011, kNone, kStarts, 0, "cio: unsolicited"},
	{"", 0x04020011, kNone, kStarts, 0, "cio: unsolicited unit check"},
	{"", 0x00000003, kNone, kStarts, 0, "cio: device end of nobody"},
};

void prepare(Bench &b, const char *before)
{
	for (; *before; before++) {
		if (*before == 'S')
			start_ok(b);
		if (*before == 'H') {
			ASSERT_EQ(b.halt(), 0);
		}
		if (*before == 'C') {
			ASSERT_EQ(b.clear(), 0);
		}
		if (*before == 'p') {
			b.interrupt(0x4045, b.host_cpa() + 8);
			b.read();
		}
	}
}

unsigned places(Bench &b)
{
	for (int i = 0; i < 40; i++)
		b.interrupt(kUnsolicited);

	const unsigned n = b.stats().queued;

	for (unsigned i = 0; i < n; i++)
		b.read();
	return n;
}

TEST(Status, P2_OutcomesByTheArchitecture)
{
	static_assert(sizeof(rows) / sizeof(*rows) >= 60);
	for (const Row &row : rows) {
		char name[80];
		Bench b;

		std::snprintf(name, sizeof(name), "'%s' %08x: %s", row.before, row.word0,
			      row.source);
		SCOPED_TRACE(name);
		prepare(b, row.before);
		const u64 before = b.port.pins.size();
		const int before_clears = b.port.clears;
		b.interrupt(row.word0, 0);
		EXPECT_EQ(b.port.clears, before_clears + (row.next == kProven));
		b.read();
		EXPECT_EQ(before, row.memory == kNone ? 0u : 1u);
		EXPECT_EQ(b.port.pins.size(), row.memory == kKept ? 1u : 0u);
		EXPECT_EQ(16 - places(b), row.owed);
		b.simple(kOther);
		const int rc = b.start(kOther);
		EXPECT_EQ(rc, row.next == kStarts ? 0 : -VCCW_EBUSY);
		if (row.next == kProven) {
			b.interrupt(kClearEnded);
			EXPECT_EQ(b.stats().queued, row.owed) << "device end is not to come now";
			b.read();
		}
		if (rc) {
			b.port.run_work();
			EXPECT_EQ(b.start(kOther), row.next == kProven ? 0 : -VCCW_EBUSY);
		}
		EXPECT_FALSE(b.port.logged_msg(VCCW_MSG_BROKEN_RULE));
	}
}

// A subchannel that has no function in progress has none of ours either, also where the
// interrupt that said so never came (PoP, START SUBCHANNEL: cc 2 is for those that have).
TEST(Status, P3_AStartFindsOutThatTheSubchannelIsIdle)
{
	Bench b;

	start_ok(b);
	std::memset(b.port.schib, 0, sizeof(b.port.schib));
	EXPECT_EQ(b.start(kProgram), -VCCW_EBUSY);
	EXPECT_EQ(b.port.orbs.size(), 1u);
	b.port.run_work();
	EXPECT_TRUE(b.port.pins.empty());
	start_ok(b);
}

// Not with status pending there, and not if the subchannel cannot be disabled.
TEST(Status, P2_DoubtIsForTheProgram)
{
	for (const u32 word0 : {0x00000001u, 0x000000c0u, 0x00004000u, 0x00002200u}) {
		Bench b;

		start_ok(b);
		put32(b.port.schib + 28, word0);
		b.port.disable_rc = {-VCCW_EBUSY};
		EXPECT_EQ(b.start(kProgram), -VCCW_EBUSY);
		b.port.run_work();
		EXPECT_EQ(b.port.pins.size(), 1u) << std::hex << word0;
		b.port.disable_rc.clear();
	}
}

// --- channel end and device end as one status -----------------------------------------

// cio, device_status.c: count and CCW address are those of primary status, the device
// status is that of both.
TEST(Status, P4_DeviceEndJoinsAChannelEndThatIsNotReadable)
{
	Bench b;

	b.interrupt(kUnsolicited, 0, 1); // readable, and nobody reads
	start_ok(b);
	b.interrupt(0x00004045, b.host_cpa() + 8, 0x08000123);
	b.interrupt(0x00000003, 0x7777, 0x04000000);
	EXPECT_EQ(b.stats().queued, 2u);
	b.read();
	const auto region = b.read();
	EXPECT_EQ(get32(region.data() + 24) & ~0x00c00000u, 0x00004007u);
	EXPECT_EQ(get32(region.data() + 28), kProgram + 8);
	EXPECT_EQ(get32(region.data() + 32), 0x0c000123u);
	EXPECT_EQ(b.port.signals[VCCW_TRIGGER_IO], 2);
	EXPECT_EQ(16 - places(b), 0u);
}

TEST(Status, P4_AUnitCheckAtDeviceEndBringsItsSense)
{
	Bench b;
	u8 irb[VCCW_IRB_SIZE] = {};

	b.interrupt(kUnsolicited, 0, 1);
	start_ok(b);
	b.interrupt(0x00004045, b.host_cpa() + 8, 0x08000123);
	put32(irb, 0x04020013);
	put32(irb + 8, 0x06000000);  // device end, unit check
	put32(irb + 16, 0x01200000); // concurrent sense, 32 bytes
	irb[32] = 0x40;
	b.port.interrupt(irb);
	b.read();
	const auto region = b.read();
	EXPECT_EQ(get32(region.data() + 24) & ~0x00c00000u, 0x04024017u);
	EXPECT_EQ(get32(region.data() + 28), kProgram + 8);
	EXPECT_EQ(get32(region.data() + 32), 0x0e000123u);
	EXPECT_EQ(get32(region.data() + 24 + 16), 0x01200000u);
	EXPECT_EQ(region[24 + 32], 0x40);
}

TEST(Status, P4_DeviceEndDoesNotJoinWhatIsReadableOrAnothersStatus)
{
	Bench b;

	start_ok(b);
	b.interrupt(0x00004045, b.host_cpa() + 8, 0x08000001); // readable at once
	b.interrupt(0x00000003, 0, 0x04000002);
	EXPECT_EQ(get32(b.read().data() + 32), 0x08000001u);
	EXPECT_EQ(get32(b.read().data() + 32), 0x04000002u);

	b.interrupt(kUnsolicited, 0, 3);
	b.interrupt(kUnsolicited, 0, 4);
	b.interrupt(0x00000003, 0, 0x04000005);
	for (const u32 word2 : {3u, 4u, 0x04000005u})
		EXPECT_EQ(get32(b.read().data() + 32), word2);
}

} // namespace
