// SPDX-License-Identifier: GPL-2.0-only
// Address lists, byte for byte: IDALs and MIDALs.
#include "translate_test.hpp"

using namespace vccw_test;

namespace {

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

// The last page there is and the first are no neighbours: what one call pinned must be one
// range of addresses, or an unmap of the first page would not find it.
TEST_F(Ida, LastPageAndFirst)
{
	constexpr u64 last = ~0ull << 12;

	b.port.guest.map(last, 1);
	b.port.guest.map(0, kPage);
	idal2(0x12000, {last, 0});
	b.ccw(P, kRead, IDA, 2 * kPage, 0x12000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(b.port.pin_calls, 2);
	vccw_core_unmap(b.core, 0, kPage);
	EXPECT_TRUE(b.port.pins.empty());
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

// A format-0 CCW has its list below 16 MiB to the last word (QEMU css.c, ida_read_next_idaw with
// cds_ccw_addrs_ok; Hercules channel.c, fetch_idaw): a program check there, and nothing stored.
TEST_F(Ida, ListOfFormat0OverTheEndOf24Bits)
{
	b.port.guest.map((1u << 24) - kPage, 2 * kPage);
	idal1((1u << 24) - 4, {0x20000, 0x30000});
	b.ccw0(P, kRead, IDA, 4096, (1u << 24) - 4);
	ASSERT_EQ(b.start(P, kPfch | kLpm), 0);
	EXPECT_EQ(idaw(0, 0), 0x20000u);
	EXPECT_EQ(word(host(0).cda, 1), kNowhere);
	EXPECT_EQ(b.port.pins.count(0x30000 >> 12), 0u);
}

// The channel fetches the words that the count needs (Principles of Operation, "Indirect
// Data Addressing"): what is behind them may be on a page that is not there.
TEST_F(Ida, ThePageBehindTheLastWordIsNotRead)
{
	idal2(0x12ff0, {0x20010, 0x21000, 0x22000});
	b.ccw(P, kRead, IDA, kPage, 0x12ff0);
	b.port.count_reads = true;
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(b.port.word_reads[0x12ff0], 1);
	EXPECT_EQ(b.port.word_reads[0x12ff8], 1);
	EXPECT_EQ(b.port.word_reads.count(0x13000), 0u);
}

TEST_F(Ida, ListsBehindEachOtherAreReadAtOnce)
{
	constexpr u32 n = 16;
	int reads = 0;

	b.port.guest.map(0x20000, n * kPage);
	for (u32 i = 0; i < n; i++) {
		idal2(0x12000 + 8 * i, {0x20000 + u64{i} * kPage});
		b.ccw(P + 8 * i, kRead, IDA | (i < n - 1 ? CC : 0), kPage, 0x12000 + 8 * i);
	}
	b.port.in_read_guest = [&] { reads++; };
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(reads, 2) << "CCWs, and all lists";
	for (u32 i = 0; i < n; i++)
		EXPECT_EQ(idaw(i, 0), 0x20000 + u64{i} * kPage) << i;
}

// What came with something before it is judged as if it had been read by itself.
TEST_F(Ida, WordsAtHandAreCheckedToo)
{
	b.port.guest.map(0x80021000, kPage);
	idal1(0x12000, {0x20000, 0x80021000, 0x22ffc, 0x23000});
	b.ccw(P, kRead, IDA | CC, 16, 0x12000);
	b.ccw(P + 8, kRead, IDA | CC, 16, 0x12004);  // an address of 31 bits has no such bit
	b.ccw(P + 16, kRead, IDA | CC, 16, 0x12008); // two words
	b.ccw(P + 24, kRead, IDA, 16, 0x12002);      // not on a word's boundary
	ASSERT_EQ(b.start(P, kOrb1 & ~kC64), 0);
	EXPECT_EQ(idaw(0, 0), 0x20000u);
	EXPECT_EQ(word(host(1).cda, 0), kNowhere);
	EXPECT_EQ(idaw(2, 0), 0x22ffcu);
	EXPECT_EQ(idaw(2, 1), 0x23000u);
	is_invalid(3);
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

// Hercules channel.c: MIDAWs with skip or IDA are a program check, before anything else of the
// CCW is looked at.
TEST_F(Ida, SkipExcludesMidaws)
{
	b.ccw(P, kRead, MIDA | SKIP, 24, 0x12000);
	ASSERT_EQ(b.start(P, kOrb1 | kMidaw), 0);
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

} // namespace
