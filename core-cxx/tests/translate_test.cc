// SPDX-License-Identifier: GPL-2.0-only
// Translation, byte for byte: what the channel is given for a guest's program.
#include "translate_test.hpp"

#include <algorithm>

using namespace vccw_test;

namespace {

TEST_F(Translate, Orb)
{
	b.simple(P);
	// key 3, suspend, modification, sync, initial status, suppress; LPM; ILS
	const u32 chosen = 0x3B280000 | 0x00080000;
	ASSERT_EQ(b.start(P, kOrb1 | chosen | 0x80), 0);
	const u8 *orb = b.port.orbs.back().data();
	EXPECT_EQ(get32(orb), 0u) << "the interruption parameter is the port's";
	EXPECT_EQ(get32(orb + 4), kOrb1 | chosen | 0x80);
	EXPECT_LT(get32(orb + 8), 0x80000000u);
}

// "The presence of the SLI flag is ignored for immediate operations involving format-0 CCWs, in
// which case the incorrect-length indication is suppressed" (SA22-7832-10, ch. 15, "Flags"): so
// for the format-1 CCWs that stand for them.
TEST_F(Translate, P8_Format0DoesNotIndicateTheLengthOfImmediateOperations)
{
	constexpr u32 kIls = 0x80;
	const u8 nop[8] = {kNop, 0, 0, 0, 0, 0, 0, 1};

	memcpy(b.port.guest.at(P), nop, sizeof(nop));
	for (const u32 ils : {0u, kIls}) {
		ASSERT_EQ(b.start(P, (kOrb1 & ~kFmt1) | ils), 0);
		EXPECT_EQ(get32(b.port.orbs.back().data() + 4), kOrb1 | kIls);
		b.interrupt(kStartEnded, b.host_cpa() + 8);
		b.port.run_work();
	}
	b.simple(P);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(get32(b.port.orbs.back().data() + 4), kOrb1);
}

TEST_F(Translate, OrbRefusals)
{
	b.simple(P);
	EXPECT_EQ(b.start(P, kOrb1 | 0x00040000), -VCCW_EOPNOTSUPP) << "transport mode";
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_TRANSPORT_MODE));
	EXPECT_EQ(b.start(P, kOrb1 | 2), -VCCW_EINVAL) << "reserved";
	EXPECT_EQ(b.start(0x80000000, kOrb1), -VCCW_EINVAL);
}

// A program check of the channel (PoP, ch. 16, "Program Check"; QEMU css_interpret_ccw, Hercules
// fetch_ccw), not a refusal: the guest's START has cc 0.
TEST_F(Translate, AProgramThatIsNotOnADoublewordIsAProgramCheck)
{
	for (const u32 at : {P + 4, P + 1}) {
		b.simple(at);
		ASSERT_EQ(b.start(at, kOrb1), 0);
		EXPECT_EQ(b.host_cpa() & 7, 0u);
		is_invalid(0);
		b.interrupt(kStartEnded | kFmt1, b.host_cpa() + 8);
		b.port.run_work();
		EXPECT_EQ(b.read_cpa(), at + 8);
	}
}

// As the guest says: with P the channel may fetch output before an earlier command of the
// program has stored it (PoP, ch. 15, ORB; z/OS, IOBEP: "one that reads what it then writes").
// The kernel's own driver leaves the bit, too.
TEST_F(Translate, WithoutPrefetchIsRunWithoutAndSaidOnce)
{
	b.simple(P);
	for (int i = 0; i < 3; i++) {
		ASSERT_EQ(b.start(P, kOrb1 & ~kPfch), 0);
		EXPECT_FALSE(get32(b.port.orbs.back().data() + 4) & kPfch);
		b.interrupt(kStartEnded | kFmt1, b.host_cpa() + 8);
		b.port.run_work();
		EXPECT_EQ(b.read_word0() & kPfch, 0u) << "the guest sees its own ORB";
	}
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_TRUE(get32(b.port.orbs.back().data() + 4) & kPfch);
	b.interrupt(kStartEnded | kFmt1 | kPfch, b.host_cpa() + 8);
	b.read();
	int said = 0;
	for (const auto &l : b.port.logged)
		said += l.msg == VCCW_MSG_NO_PREFETCH;
	EXPECT_EQ(said, 1);
}

// A channel fetches CCWs and lists by the ORB's key (PoP, ch. 15), and a frame may still have
// that of the guest which had it before (KVM, pgste_set_key).
TEST_F(Translate, AProgramOfAnyKeyCanBeFetched)
{
	for (const u32 pages : {1u, 600u}) {
		b.port.guest.map(0x400000, pages * kPage);
		for (u32 i = 0; i < pages; i++)
			b.ccw(P + 8 * i, 2, i + 1 < pages ? 0x40 : 0, 0x800,
			      0x400000 + i * kPage + 0xc00);
		ASSERT_EQ(b.start(P, kOrb1 | 0x80000000), 0); // the port looks at each block
		EXPECT_EQ(get32(b.port.orbs.back().data() + 4) >> 28, 8u);
		b.interrupt(kStartEnded, b.host_cpa() + 8);
		b.read();
	}
}

// Principles of Operation, "Operation-Request Block", word 3: an extension holds priorities
// alone.  The kernel's own driver starts such a program; a client hands three words on.
TEST_F(Translate, AnExtensionIsLeftOutAndSaidOnce)
{
	b.simple(P);
	for (int i = 0; i < 3; i++) {
		ASSERT_EQ(b.start(P, kOrb1 | 1), 0);
		EXPECT_EQ(get32(b.port.orbs.back().data() + 4) & 1, 0u);
		b.interrupt(kStartEnded, b.host_cpa() + 8);
		b.port.run_work();
		b.read();
	}
	EXPECT_EQ(std::ranges::count(b.port.logged, VCCW_MSG_ORB_EXTENSION, &FakePort::Logged::msg), 1);
}

TEST_F(Translate, DirectAcrossPages)
{
	b.ccw(P, kRead, SLI, 0x1800, 0x20800);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(host(0).cmd, kRead);
	EXPECT_EQ(host(0).flags, SLI | IDA);
	EXPECT_EQ(host(0).count, 0x1800);
	EXPECT_EQ(idaw(0, 0), 0x20800u);
	EXPECT_EQ(idaw(0, 1), 0x21000u);
	EXPECT_EQ(b.port.pins.size(), 2u);
	EXPECT_EQ(b.port.pin_calls, 1) << "neighbours in one call";
}

TEST_F(Translate, P9_EachPageOnceForItsDirection)
{
	for (u32 i = 0; i < 50; i++)
		b.ccw(P + 8 * i, i % 2 ? kWrite : kRead, CC, 16, i % 2 ? 0x21000 + i : 0x20000 + i);
	b.ccw(P + 8 * 50, kControl, 0, 16, 0x20100);
	b.port.guest.map(0x21000, kPage, false); // read-only
	ASSERT_EQ(b.start(P, kOrb1), 0);
	ASSERT_EQ(b.port.pins.size(), 2u);
	EXPECT_TRUE(b.port.pins.at(0x20).write);
	EXPECT_FALSE(b.port.pins.at(0x21).write);
}

TEST_F(Translate, P9_APageThatIsFetchedFromAndThenStoredInto)
{
	b.ccw(P, kWrite, CC, 300, 0x20000);
	b.ccw(P + 8, kRead, 0, 16, 0x20800);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	ASSERT_EQ(b.port.pins.size(), 1u);
	EXPECT_TRUE(b.port.pins.at(0x20).write);
}

TEST_F(Translate, P9_NeighboursAreUnpinnedAsTheyWerePinned)
{
	b.ccw(P, kRead, CC, 16, 0x20000);
	b.ccw(P + 8, kWrite, CC, 300, 0x21000);
	b.ccw(P + 16, kWrite, CC, 300, 0x22000);
	b.ccw(P + 24, kWrite, 0, 300, 0x23000);
	b.port.guest.unmap(0x22000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(b.port.pins.size(), 3u);
}

TEST_F(Translate, P9_ReadIntoReadOnlyMemoryIsAProgramCheckThere)
{
	b.port.guest.map(0x21000, kPage, false);
	b.ccw(P, kWrite, CC, 300, 0x20000);
	b.ccw(P + 8, kRead, 0, 8, 0x21000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), 0x20000u);
	EXPECT_EQ(word(host(1).cda, 0), kNowhere);
}

TEST_F(Translate, P9_AFailureInTheMiddleUndoesAll)
{
	for (u32 i = 0; i < 20; i++)
		b.ccw(P + 8 * i, kRead, i < 19 ? CC : 0, 8, 0x20000 + i * 2 * kPage);
	b.port.guest.map(0x20000, 64 * kPage);
	b.port.pins_before_enomem = 7;
	EXPECT_EQ(b.start(P, kOrb1), -VCCW_ENOMEM);
	EXPECT_TRUE(b.port.pins.empty());
	b.port.pins_before_enomem = -1;
	EXPECT_EQ(b.start(P, kOrb1), 0);
}

TEST_F(Translate, BadPagesInARun)
{
	b.ccw(P, kRead, 0, 4 * kPage, 0x20000);
	b.port.guest.unmap(0x22000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), 0x20000u);
	EXPECT_EQ(idaw(0, 1), 0x21000u);
	EXPECT_EQ(word(host(0).cda, 2), kNowhere);
	EXPECT_EQ(idaw(0, 3), 0x23000u);
}

TEST_F(Translate, TicToANewSegmentAndBack)
{
	b.ccw(P, kControl, CC, 1, 0x20000);
	b.ccw(P + 8, kTic, 0, 0, 0x11000);
	b.ccw(0x11000, kRead, CC, 8, 0x20000);
	b.ccw(0x11008, kTic, 0, 0, P); // back into an earlier one
	ASSERT_EQ(b.start(P, kOrb1), 0);
	const u32 to = host(1).cda;
	EXPECT_EQ(host(1).cmd, kTic);
	EXPECT_EQ(at(to).cmd, kRead);
	EXPECT_EQ(at(to + 8).cmd, kTic);
	EXPECT_EQ(at(to + 8).cda, b.host_cpa());
	b.interrupt(kIntermediate, to + 8);
	b.port.run_work();
	EXPECT_EQ(b.read_cpa(), 0x11008u);
}

TEST_F(Translate, SearchLoop)
{
	b.ccw(P, kSearch, CC, 5, 0x20000);
	b.ccw(P + 8, kTic, 0, 0, P);
	b.ccw(P + 16, kRead, 0, 64, 0x20100);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(host(1).cda, b.host_cpa());
	EXPECT_EQ(host(2).cmd, kRead) << "status modifier leaves out the TIC";
	EXPECT_EQ(idaw(2, 0), 0x20100u);
}

// Not found: TIC forward; found: the CCW behind the TIC.
TEST_F(Translate, SearchWithForwardTic)
{
	b.ccw(P, kSearch, CC, 5, 0x20000);
	b.ccw(P + 8, kTic, 0, 0, 0x11000);
	b.ccw(P + 16, kRead, 0, 64, 0x20100);
	b.ccw(0x11000, kNop, 0, 1, 0);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(at(host(1).cda).cmd, kNop);
	EXPECT_EQ(host(2).cmd, kRead);
}

// Only a search ends with status modifier, so that the last CCW is left out.
TEST_F(Translate, WhatIsBehindTheLastCcw)
{
	for (const u8 command : {kSearch, kRead}) {
		Bench other;

		other.ccw(P, command, CC, 5, 0x20000);
		other.ccw(P + 8, kWrite, 0, 5, 0x21000);
		other.ccw(P + 16, kRead, 0, 8, 0x22000);
		ASSERT_EQ(other.start(P, kOrb1), 0);
		EXPECT_EQ(other.port.pins.count(0x22), command == kSearch ? 1u : 0u);
	}
}

// A command code inside a data chain does not count.
TEST_F(Translate, WhatIsBehindASearchThatChainsData)
{
	b.ccw(P, kSearch, DC, 3, 0x20000);
	b.ccw(P + 8, kWrite, CC, 2, 0x20100);
	b.ccw(P + 16, kWrite, 0, 5, 0x21000);
	b.ccw(P + 24, kRead, 0, 8, 0x22000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(b.port.pins.count(0x22), 1u);
}

TEST_F(Translate, SelfTicAndTicToTicAreLeftToTheChannel)
{
	b.ccw(P, kNop, CC, 1, 0);
	b.ccw(P + 8, kTic, 0, 0, 0x11000);
	b.ccw(0x11000, kTic, 0, 0, 0x11000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	const u32 to = host(1).cda;
	EXPECT_EQ(at(to).cmd, kTic);
	EXPECT_EQ(at(to).cda, to);
}

TEST_F(Translate, SegmentRunningIntoAKnownOne)
{
	b.ccw(P, kNop, CC, 1, 0);
	b.ccw(P + 8, kTic, 0, 0, 0x11010);
	b.ccw(0x11000, kRead, CC, 1, 0x20000);
	b.ccw(0x11008, kRead, CC, 2, 0x20000);
	b.ccw(0x11010, kRead, CC, 3, 0x20000);
	b.ccw(0x11018, kTic, 0, 0, 0x11000);
	b.port.count_reads = true;
	ASSERT_EQ(b.start(P, kOrb1), 0);
	const u32 second = host(1).cda;
	const u32 third = at(second + 8).cda;
	for (u16 i = 0; i < 2; i++)
		EXPECT_EQ(at(third + 8 * i).count, i + 1);
	EXPECT_EQ(at(third + 16).cmd, kTic);
	EXPECT_EQ(at(third + 16).cda, second) << "on to the one that is there";
	EXPECT_EQ(b.port.word_reads[0x11010], 1) << "fetched once";
	b.interrupt(kIntermediate, third + 16);
	b.port.run_work();
	EXPECT_EQ(b.read_cpa(), 0x11010u);
}

TEST_F(Translate, ChainInTheLastWordOfMemory)
{
	b.port.guest.unmap(0x50000);
	b.ccw(0x4fff8, kRead, 0, 8, 0x20000);
	ASSERT_EQ(b.start(0x4fff8, kOrb1), 0);
	EXPECT_EQ(host(0).cmd, kRead);
}

TEST_F(Translate, ChainOverTheEndOfMemory)
{
	b.ccw(0x4fff8, kRead, CC, 8, 0x20000);
	ASSERT_EQ(b.start(0x4fff8, kOrb1), 0);
	EXPECT_EQ(host(0).cmd, kRead) << "runs first";
	is_invalid(1);
	b.interrupt(kStartEnded, b.host_cpa() + 16);
	b.port.run_work();
	EXPECT_EQ(b.read_cpa(), 0x50008u);
}

TEST_F(Translate, Format0)
{
	b.ccw0(P, kRead, CC | SLI, 8, 0x20010);
	b.ccw0(P + 8, 0xf8, 0xff, 77, 0x11000); // a TIC: only address and low nibble
	b.ccw0(0x11000, kWrite, 0, 0, 0x20000); // count 0 is invalid here
	ASSERT_EQ(b.start(P, kOrb1 & ~kFmt1), 0);
	EXPECT_TRUE(get32(b.port.orbs.back().data() + 4) & kFmt1);
	EXPECT_EQ(host(0).cmd, kRead);
	EXPECT_EQ(host(0).flags, CC | SLI | IDA);
	EXPECT_EQ(idaw(0, 0), 0x20010u);
	EXPECT_EQ(host(1).cmd, kTic);
	EXPECT_EQ(host(1).count, 0);
	EXPECT_EQ(at(host(1).cda).cda, 0x80000000u);
}

// The residual count with a program check is unpredictable by the architecture; Hercules
// (channel.c) shows the count of the CCW whose command is invalid.
TEST_F(Translate, AnInvalidCcwKeepsItsCount)
{
	b.ccw(P, 0x00, CC | SLI, 77, 0x20000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(host(0).cmd, 0);
	EXPECT_EQ(host(0).count, 77);
	EXPECT_EQ(host(0).cda, 0x80000000u);
	for (u32 behind = 1; behind <= 2; behind++)
		EXPECT_EQ(host(behind).count, 0) << "nobody's";
}

TEST_F(Translate, NopSkipAndZeroCount)
{
	b.ccw(P, kNop, CC, 0xffff, 0x7fff0000); // an address that is not there
	b.ccw(P + 8, kRead, CC | SKIP, 100, 0x7fff0000);
	b.ccw(P + 16, kControl, CC, 0, 0x7fff0000);
	b.ccw(P + 24, kWrite, SKIP, 8, 0x20000); // skip means nothing to a write
	ASSERT_EQ(b.start(P, kOrb1), 0);
	for (u32 i = 0; i < 16; i++)
		EXPECT_EQ(word(host(0).cda, i), FakePort::kZeroPage);
	EXPECT_EQ(host(0).count, 0xffff);
	EXPECT_EQ(host(1).flags, CC | SKIP);
	EXPECT_EQ(host(1).cda, 0u);
	EXPECT_EQ(host(2).cda, 0u);
	EXPECT_EQ(idaw(3, 0), 0x20000u);
	EXPECT_EQ(b.port.pins.size(), 1u);
}

TEST_F(Translate, InvalidCcwsInTheirPlace)
{
	b.ccw(P, kRead, CC, 8, 0x20000);
	b.ccw(P + 8, kRead, CC, 8, 0x80000000); // beyond 31 bits
	b.ccw(P + 16, 0x18, CC, 8, 0x20000);    // not a TIC in format 1
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(host(0).cmd, kRead);
	is_invalid(1);
	is_invalid(2);
}

TEST_F(Translate, DataChainKeepsTheDirectionOfItsCommand)
{
	b.ccw(P, kRead, DC, 8, 0x20000);
	b.ccw(P + 8, kWrite, DC, 8, 0x21000); // the command code does not count
	b.ccw(P + 16, 0, 0, 8, 0x22000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_TRUE(b.port.pins.at(0x21).write) << "a device stores here";
	EXPECT_TRUE(b.port.pins.at(0x22).write);
}

TEST_F(Translate, DataChainThroughATic)
{
	b.ccw(P, kRead, DC, 8, 0x20000);
	b.ccw(P + 8, kTic, 0, 0, 0x11000);
	b.ccw(0x11000, kWrite, 0, 8, 0x21000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_TRUE(b.port.pins.at(0x21).write);
}

TEST_F(Translate, ReadBackward)
{
	b.ccw(P, kReadBack, 0, 0x1801, 0x22800);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), 0x22800u);
	EXPECT_EQ(idaw(0, 1), 0x21fffu);
	EXPECT_EQ(b.port.pins.size(), 2u);
}

TEST_F(Translate, P8_ACodeInADataChainDoesNotCount)
{
	b.ccw(P, kReadBack, DC, 8, 0x22800);
	b.ccw(P + 8, kRead, 0, 0x900, 0x22800); // Principles of Operation: the code is ignored
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(1, 0), 0x22800u);
	EXPECT_EQ(idaw(1, 1), 0x21fffu) << "backward";
}

} // namespace
