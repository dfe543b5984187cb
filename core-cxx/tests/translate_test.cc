// SPDX-License-Identifier: GPL-2.0-only
// Translation, byte for byte: what the channel is given for a guest's program.
#include "fake_port.hpp"

using namespace vccw_test;

namespace {

constexpr u8 kRead = 0x02, kWrite = 0x01, kControl = 0x07, kNop = 0x03, kTic = 0x08,
	     kSense = 0x04, kReadBack = 0x0c, kSearch = 0x31;
constexpr u8 DC = 0x80, CC = 0x40, SLI = 0x20, SKIP = 0x10, IDA = 0x04, S = 0x02, MIDA = 0x01;
constexpr u32 kPfch = 0x00400000, kFmt1 = 0x00800000, kC64 = 0x00020000, kI2K = 0x00010000,
	      kMidaw = 0x40, kLpm = 0xff00;
constexpr u32 kOrb1 = kFmt1 | kPfch | kC64 | kLpm;
constexpr u32 P = 0x10000; // the program
constexpr u64 kNowhere = 0x7ffffffffffff000;

struct HostCcw {
	u8 cmd, flags;
	u16 count;
	u32 cda;
};

class Translate : public ::testing::Test {
protected:
	Bench b;

	HostCcw host(u32 slot) { return at(b.host_cpa() + slot * 8); }
	HostCcw at(u32 abs)
	{
		const u8 *p = b.port.absolute(abs, 8);
		EXPECT_NE(p, nullptr);
		return {p[0], p[1], get16(p + 2), get32(p + 4)};
	}
	u64 word(u32 abs, u32 i)
	{
		const u8 *p = b.port.absolute(abs + i * 8, 8);
		EXPECT_NE(p, nullptr);
		return get64(p);
	}
	// IDAW i of the CCW in `slot`, as the guest's address.
	u64 idaw(u32 slot, u32 i)
	{
		EXPECT_TRUE(host(slot).flags & IDA);
		return b.port.guest_of(word(host(slot).cda, i));
	}
	void is_invalid(u32 slot)
	{
		EXPECT_EQ(host(slot).cmd & 0xf, 0);
		EXPECT_EQ(host(slot).cda, 0x80000000u);
	}
	void TearDown() override
	{
		if (!b.port.orbs.empty()) {
			b.interrupt(kStartEnded, b.host_cpa() + 8);
			b.port.run_work();
		}
		EXPECT_TRUE(b.port.pins.empty());
	}
};

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

TEST_F(Translate, OrbRefusals)
{
	b.simple(P);
	EXPECT_EQ(b.start(P, kOrb1 | 0x00040000), -VCCW_EOPNOTSUPP) << "transport mode";
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_TRANSPORT_MODE));
	EXPECT_EQ(b.start(P, kOrb1 | 1), -VCCW_EOPNOTSUPP) << "extension";
	EXPECT_EQ(b.start(P, kOrb1 | 2), -VCCW_EINVAL) << "reserved";
	EXPECT_EQ(b.start(P + 4, kOrb1), -VCCW_EINVAL) << "not on a doubleword";
	EXPECT_EQ(b.start(0x80000000, kOrb1), -VCCW_EINVAL);
}

TEST_F(Translate, WithoutPrefetchIsRunPrefetchedAndSaidOnce)
{
	b.simple(P);
	for (int i = 0; i < 3; i++) {
		ASSERT_EQ(b.start(P, kOrb1 & ~kPfch), 0);
		EXPECT_TRUE(get32(b.port.orbs.back().data() + 4) & kPfch);
		b.interrupt(kStartEnded | kFmt1 | kPfch, b.host_cpa() + 8);
		b.port.run_work();
		EXPECT_EQ(b.read_word0() & kPfch, 0u) << "the guest sees its own ORB";
	}
	int said = 0;
	for (const auto &l : b.port.logged)
		said += l.msg == VCCW_MSG_NO_PREFETCH;
	EXPECT_EQ(said, 1);
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

TEST_F(Translate, P9_ReadIntoReadOnlyMemoryIsAProgramCheckThere)
{
	b.port.guest.map(0x21000, kPage, false);
	b.ccw(P, kWrite, CC, 8, 0x20000);
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
	ASSERT_EQ(host(2).cmd, kTic) << "a bridge";
	EXPECT_EQ(at(host(2).cda).cmd, kRead);
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

TEST_F(Translate, TicToNowhere)
{
	b.ccw(P, kNop, CC, 1, 0);
	b.ccw(P + 8, kTic, 0, 0, 0x7000000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(at(host(1).cda).cda, 0x80000000u);
	b.interrupt(kIntermediate, host(1).cda + 8);
	b.port.run_work();
	EXPECT_EQ(b.read_cpa(), 0x7000008u);
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
	for (u16 i = 0; i < 3; i++)
		EXPECT_EQ(at(third + 8 * i).count, i + 1);
	EXPECT_EQ(at(third + 24).cda, third);
	EXPECT_EQ(b.port.word_reads[0x11010], 1) << "fetched once";
	b.interrupt(kIntermediate, third + 24);
	b.port.run_work();
	EXPECT_EQ(b.read_cpa(), 0x11018u);
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

TEST_F(Translate, ReadBackwardChainedWithAnotherCommandIsRefused)
{
	b.ccw(P, kReadBack, DC, 8, 0x22800);
	b.ccw(P + 8, kRead, 0, 8, 0x22800);
	EXPECT_EQ(b.start(P, kOrb1), -VCCW_EOPNOTSUPP);
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_MIXED_CHAIN));
	b.ccw(P + 8, 0, 0, 8, 0x21800);
	EXPECT_EQ(b.start(P, kOrb1), 0);
}

// --- IDA ------------------------------------------------------------------------

class Ida : public Translate {
protected:
	void idal2(u32 at, std::vector<u64> words)
	{
		for (u64 w : words) {
			u8 bytes[8];
			put64(bytes, w);
			b.port.guest.write(at, bytes, 8);
			at += 8;
		}
	}
	void idal1(u32 at, std::vector<u32> words)
	{
		for (u32 w : words) {
			u8 bytes[4];
			put32(bytes, w);
			b.port.guest.write(at, bytes, 4);
			at += 4;
		}
	}
};

TEST_F(Ida, Format2Blocks4K)
{
	b.port.guest.map(0x1'0000'0000, 4 * kPage); // above 4 GiB
	idal2(0x12000, {0x1'0000'0ff0, 0x1'0000'3000, 0x20000});
	b.ccw(P, kRead, IDA, 16 + kPage + 1, 0x12000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), 0x1'0000'0ff0u);
	EXPECT_EQ(idaw(0, 1), 0x1'0000'3000u);
	EXPECT_EQ(idaw(0, 2), 0x20000u);
	EXPECT_EQ(get32(b.port.orbs.back().data() + 4) & kI2K, 0u);
}

TEST_F(Ida, Format2Blocks2K)
{
	idal2(0x12000, {0x20400, 0x21800, 0x20000});
	b.ccw(P, kWrite, IDA | CC, 0x400 + 0x800 + 8, 0x12000);
	b.ccw(P + 8, kRead, 0, 0x900, 0x22700); // direct: in 2K blocks as well
	ASSERT_EQ(b.start(P, kOrb1 | kI2K), 0);
	EXPECT_EQ(idaw(0, 0), 0x20400u);
	EXPECT_EQ(idaw(0, 1), 0x21800u);
	EXPECT_EQ(idaw(0, 2), 0x20000u);
	EXPECT_EQ(idaw(1, 0), 0x22700u);
	EXPECT_EQ(idaw(1, 1), 0x22800u);
	EXPECT_TRUE(get32(b.port.orbs.back().data() + 4) & kI2K);
}

TEST_F(Ida, Format1)
{
	idal1(0x12004, {0x20400, 0x21800, 0x20000});
	b.ccw(P, kRead, IDA, 0x400 + 0x800 + 8, 0x12004);
	ASSERT_EQ(b.start(P, kOrb1 & ~kC64), 0);
	EXPECT_EQ(idaw(0, 0), 0x20400u);
	EXPECT_EQ(idaw(0, 1), 0x21800u);
	EXPECT_EQ(idaw(0, 2), 0x20000u);
	EXPECT_EQ(get32(b.port.orbs.back().data() + 4) & (kC64 | kI2K), kC64 | kI2K);
}

TEST_F(Ida, ListCrossingPages)
{
	idal2(0x12ff8, {0x20000, 0x21000, 0x22000});
	b.ccw(P, kRead, IDA, 3 * kPage, 0x12ff8);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 2), 0x22000u);
}

TEST_F(Ida, ListInTheLastWordsOfMemory)
{
	idal2(0x4fff0, {0x20000, 0x21000});
	b.ccw(P, kRead, IDA, 2 * kPage, 0x4fff0);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 1), 0x21000u);
}

// What the count needs and memory does not have is a program check when the
// channel gets there.
TEST_F(Ida, ListOverTheEndOfMemory)
{
	idal2(0x4fff0, {0x20000, 0x21000});
	b.ccw(P, kRead, IDA, 3 * kPage, 0x4fff0);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), 0x20000u);
	EXPECT_EQ(idaw(0, 1), 0x21000u);
	EXPECT_EQ(word(host(0).cda, 2), kNowhere);
}

TEST_F(Ida, OnlyTheWordsThatTheCountNeedsAreRead)
{
	idal2(0x12000, {0x20010, 0x21000, 0x22000});
	b.ccw(P, kRead, IDA, kPage, 0x12000);
	b.port.count_reads = true;
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(b.port.word_reads[0x12000], 1);
	EXPECT_EQ(b.port.word_reads[0x12008], 1);
	EXPECT_EQ(b.port.word_reads.count(0x12010), 0u);
}

TEST_F(Ida, BadLaterWordAndBadAlignment)
{
	idal2(0x12000, {0x20000, 0x21010});
	b.ccw(P, kRead, IDA | CC, 2 * kPage, 0x12000);
	b.ccw(P + 8, kRead, IDA, 8, 0x12004);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), 0x20000u);
	EXPECT_EQ(word(host(0).cda, 1), kNowhere);
	is_invalid(1);
}

// --- MIDAW ------------------------------------------------------------------------

TEST_F(Ida, Midaw)
{
	u8 list[32] = {};
	put16(list + 6, 16);
	put64(list + 8, 0x20ff0);
	list[16 + 5] = 0x80;
	put16(list + 16 + 6, 8);
	put64(list + 16 + 8, 0x21004);
	b.port.guest.write(0x12000, list, sizeof(list));
	b.ccw(P, kRead, MIDA, 24, 0x12000);
	ASSERT_EQ(b.start(P, kOrb1 | kMidaw), 0);
	EXPECT_EQ(host(0).flags, MIDA);
	EXPECT_EQ(host(0).cda % 16, 0u);
	EXPECT_EQ(b.port.guest_of(word(host(0).cda, 1)), 0x20ff0u);
	EXPECT_EQ(b.port.guest_of(word(host(0).cda, 3)), 0x21004u);
	EXPECT_EQ(word(host(0).cda, 2), 0x0000'0000'0080'0008u);
	EXPECT_TRUE(get32(b.port.orbs.back().data() + 4) & kMidaw);
}

TEST_F(Ida, MidawWithoutTheOrbsLeave)
{
	b.ccw(P, kRead, MIDA, 24, 0x12000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	is_invalid(0);
}

TEST_F(Ida, MidawThatTheChannelRefusesEndsTheList)
{
	u8 list[32] = {};
	put16(list + 6, 17); // crosses a page
	put64(list + 8, 0x20ff0);
	b.port.guest.write(0x12000, list, sizeof(list));
	b.ccw(P, kRead, MIDA, 24, 0x12000);
	ASSERT_EQ(b.start(P, kOrb1 | kMidaw), 0);
	EXPECT_EQ(word(host(0).cda, 0), 0u) << "count 0";
}

// --- P7: limits ---------------------------------------------------------------------

TEST(Limits, P7_OneBeyondEachIsRefusedAndTheDeviceWorks)
{
	const vccw_limits limits{64, 4, 8, 1u << 16};
	Bench b(true, limits);
	const vccw_stats idle = b.stats();

	// CCWs
	for (const u32 n : {64u, 65u}) {
		for (u32 i = 0; i < n; i++)
			b.ccw(P + 8 * i, kControl, i + 1 < n ? CC : 0, 1, 0x20000);
		EXPECT_EQ(b.start(P, kOrb1), n > 64 ? -VCCW_EINVAL : 0) << n;
		if (n == 64) {
			b.interrupt(kStartEnded, b.host_cpa() + 8 * n);
			b.port.run_work();
			EXPECT_EQ(b.read_cpa(), P + 8 * n);
		}
	}
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_LIMIT_CCWS));
	// segments
	for (const u32 n : {4u, 5u}) {
		for (u32 i = 0; i < n; i++) {
			b.ccw(P + 0x1000 * i, kControl, i + 1 < n ? CC : 0, 1, 0x20000);
			b.ccw(P + 0x1000 * i + 8, kTic, 0, 0, P + 0x1000 * (i + 1));
		}
		EXPECT_EQ(b.start(P, kOrb1), n > 4 ? -VCCW_EINVAL : 0) << n;
		if (n == 4) {
			b.interrupt(kStartEnded, b.host_cpa() + 8);
			b.port.run_work();
		}
	}
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_LIMIT_SEGMENTS));
	// pages
	for (const u16 n : {u16(8), u16(9)}) {
		b.ccw(P, kRead, 0, u16(n * kPage), 0x20000);
		EXPECT_EQ(b.start(P, kOrb1), n > 8 ? -VCCW_EINVAL : 0) << n;
		if (n == 8) {
			b.interrupt(kStartEnded, b.host_cpa() + 8);
			b.port.run_work();
		}
	}
	EXPECT_TRUE(b.port.logged_msg(VCCW_MSG_LIMIT_PAGES));

	b.simple(P);
	EXPECT_EQ(b.start(P, kOrb1), 0);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
	EXPECT_EQ(b.stats().bytes, idle.bytes);
	EXPECT_EQ(b.stats().pages_pinned, 0u);
}

TEST(Limits, P7_LargeProgramsGrowAndShrinkAgain)
{
	Bench b;
	const u64 idle = b.stats().bytes;

	b.port.guest.map(0x100000, 0x100000 + 4096 * u64{kPage});
	for (u32 i = 0; i < 4096; i++)
		b.ccw(0x100000 + 8 * i, kRead, i < 4095 ? CC : 0, 64, 0x200000 + i * kPage);
	for (int round = 0; round < 2; round++) {
		ASSERT_EQ(b.start(0x100000, kOrb1), 0);
		EXPECT_EQ(b.port.pins.size(), 4096u);
		b.interrupt(kStartEnded, b.host_cpa() + 8 * 4096);
		b.port.run_work();
		EXPECT_EQ(b.read_cpa(), 0x100000u + 8 * 4096);
	}
	EXPECT_GT(b.stats().bytes, idle);
	b.simple(P);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
	EXPECT_EQ(b.stats().bytes, idle);
	EXPECT_LE(idle, 8192u);
}

TEST(Limits, OutOfMemoryAnywhereLeavesNothing)
{
	Bench b;

	b.port.guest.map(0x100000, 0x100000 + 1024 * u64{kPage});
	for (u32 i = 0; i < 1024; i++)
		b.ccw(0x100000 + 8 * i, kRead, i < 1023 ? CC : 0, 64, 0x200000 + i * kPage);
	for (int n = 0;; n++) {
		b.port.allocs_before_failure = n;
		const int rc = b.start(0x100000, kOrb1);
		b.port.allocs_before_failure = -1;
		EXPECT_LT(n, 100);
		if (!rc)
			break;
		EXPECT_EQ(rc, -VCCW_ENOMEM) << n;
		EXPECT_TRUE(b.port.pins.empty());
	}
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
}

} // namespace
