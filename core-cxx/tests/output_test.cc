// SPDX-License-Identifier: GPL-2.0-only
// Little data that only goes to the device: copied at START where the ORB allows prefetching,
// pinned where anything could tell the difference.  Principles of Operation,
// "Operation-Request Block" (P, S, key) and "Basic I/O Functions" (order of storage accesses).
#include "translate_test.hpp"

using namespace vccw_test;

namespace {

constexpr u32 A = 0x20000, D = 0x30000; // arguments, data

class Output : public Translate {
protected:
	Output()
	{
		b.port.guest.mark(A, 8);
		b.port.guest.mark(D, 2);
	}
	void one_block(u32 arguments = A + 16, u16 length = 64)
	{
		b.ccw(P, kPrefix, CC, length, arguments);
		b.ccw(P + 8, kReadBlock, 0, kPage, D);
	}
	bool is_copy(u32 slot) { return !(host(slot).flags & IDA); }
	// That what the channel fetches for `slot` is what the guest has at `from` now.
	void has_bytes_of(u32 slot, u64 from)
	{
		const u8 *const p = b.port.absolute(host(slot).cda, host(slot).count);
		ASSERT_NE(p, nullptr);
		for (u32 i = 0; i < host(slot).count; i++)
			ASSERT_EQ(p[i], *b.port.guest.at(from + i)) << "byte " << i;
	}
	void pinned_if(const char *why, u32 word1, u16 length = 64)
	{
		Translate::b.port.orbs.clear();
		one_block(A + 16, length);
		ASSERT_EQ(b.start(P, word1), 0) << why;
		EXPECT_EQ(b.port.pins.count(A / kPage), 1u) << why;
		EXPECT_EQ(idaw(0, 0), A + 16) << why;
		b.interrupt(kStartEnded, b.host_cpa() + 16);
		b.port.run_work();
	}
};

TEST_F(Output, P8_IsCopiedAtStart)
{
	one_block();
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(host(0).cmd, kPrefix);
	EXPECT_EQ(host(0).flags, CC);
	EXPECT_EQ(host(0).count, 64);
	has_bytes_of(0, A + 16);
	EXPECT_EQ(b.port.pins.size(), 1u) << "only what is stored into";
	EXPECT_EQ(idaw(1, 0), D);
}

TEST_F(Output, OfTwoHundredFiftySixBytesAtMost)
{
	one_block(A + 16, 256);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	has_bytes_of(0, A + 16);
	b.interrupt(kStartEnded, b.host_cpa() + 16);
	b.port.run_work();
	pinned_if("longer", kOrb1, 257);
}

TEST_F(Output, IsPinnedWhereTheGuestCouldTell)
{
	pinned_if("no prefetching", kOrb1 & ~kPfch);
	pinned_if("a resumed program may have changed it", kOrb1 | 0x08000000);
	pinned_if("a key is to fit the storage's", kOrb1 | 0x10000000);
}

// Guest storage behind the CCWs came with them, and is not fetched again.
TEST_F(Output, P7_EachWordIsFetchedOnce)
{
	b.ccw(P, kPrefix, CC, 64, P + 16);
	b.ccw(P + 8, kReadBlock, IDA, kPage, P + 80);
	b.port.guest.mark(P + 4 * kPage, 1);
	b.port.guest.write(P + 16, b.port.guest.at(P + 4 * kPage), 64);
	put64(b.port.guest.at(P + 80), D);
	b.port.count_reads = true;
	ASSERT_EQ(b.start(P, kOrb1), 0);
	has_bytes_of(0, P + 16);
	EXPECT_EQ(idaw(1, 0), D);
	for (const auto &[address, n] : b.port.word_reads)
		EXPECT_EQ(n, 1) << std::hex << address;
	EXPECT_EQ(b.port.bytes_read, 128u) << "in one go";
}

// Only a part of it came with the CCWs.
TEST_F(Output, OverTheEndOfTheFirstFetch)
{
	b.port.guest.mark(P, 1);
	b.ccw(P, kPrefix, CC, 64, P + 100);
	b.ccw(P + 8, kReadBlock, 0, kPage, D);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	has_bytes_of(0, P + 100);
}

TEST_F(Output, BeforeTheCcws)
{
	b.port.guest.mark(P, 1);
	b.ccw(P + 0x100, kPrefix, CC, 48, P + 0xd0);
	b.ccw(P + 0x108, kReadBlock, 0, kPage, D);
	ASSERT_EQ(b.start(P + 0x100, kOrb1), 0);
	has_bytes_of(0, P + 0xd0);
}

TEST_F(Output, NeighboursTakeOneFetch)
{
	b.ccw(P, 0x63, CC, 16, A + 32); // Define Extent
	b.ccw(P + 8, 0x47, CC, 16, A);  // Locate Record
	b.ccw(P + 16, kReadBlock, 0, kPage, D);

	int reads = 0;
	b.port.in_read_guest = [&] { reads++; };
	ASSERT_EQ(b.start(P, kOrb1), 0);
	b.port.in_read_guest = nullptr;
	EXPECT_EQ(reads, 2) << "CCWs, and both arguments";
	has_bytes_of(0, A + 32);
	has_bytes_of(1, A);
	EXPECT_EQ(host(0).cda, host(1).cda + 32);
}

TEST_F(Output, FarFromEachOtherEachHasItsOwn)
{
	b.ccw(P, 0x63, CC, 16, A + 32);
	b.ccw(P + 8, 0x47, CC, 16, A + 512);
	b.ccw(P + 16, 0x07, CC, 6, A + kPage);
	b.ccw(P + 24, kReadBlock, 0, kPage, D);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	has_bytes_of(0, A + 32);
	has_bytes_of(1, A + 512);
	has_bytes_of(2, A + kPage);
	EXPECT_EQ(b.port.pins.size(), 1u);
}

// Two pages whose neighbours in them are less than 256 bytes apart.
TEST_F(Output, OnTwoPages)
{
	b.ccw(P, 0x63, CC, 16, A + kPage - 16);
	b.ccw(P + 8, 0x47, CC, 16, A + kPage);
	b.ccw(P + 16, kReadBlock, 0, kPage, D);
	b.port.guest.unmap(A + kPage);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	has_bytes_of(0, A + kPage - 16);
	EXPECT_EQ(word(host(1).cda, 0), kNowhere);
}

// A READ that stores on the same page, before or after it: the order is the channel's.
TEST_F(Output, P9_OrderWithAReadOnTheSamePage)
{
	for (const bool read_first : {false, true}) {
		b.ccw(P + (read_first ? 8 : 0), kPrefix, read_first ? 0 : CC, 64, A + 16);
		b.ccw(P + (read_first ? 0 : 8), kReadBlock, read_first ? CC : 0, 64, A + 0x800);
		ASSERT_EQ(b.start(P, kOrb1), 0);
		EXPECT_EQ(idaw(read_first, 0), A + 16);
		ASSERT_EQ(b.port.pins.size(), 1u);
		EXPECT_TRUE(b.port.pins.at(A / kPage).write);
		b.interrupt(kStartEnded, b.host_cpa() + 16);
		b.port.run_work();
	}
}

// By a list, and in a later segment.
TEST_F(Output, P9_OrderWithAReadElsewhereInTheProgram)
{
	put64(b.port.guest.at(0x12000), A + 0x800);
	b.ccw(P, kPrefix, CC, 64, A + 16);
	b.ccw(P + 8, kTic, 0, 0, 0x11000);
	b.ccw(0x11000, kReadBlock, IDA, 64, 0x12000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), A + 16);
	EXPECT_TRUE(b.port.pins.at(A / kPage).write);
}

TEST_F(Output, OnAPageThatIsPinnedAnyway)
{
	b.ccw(P, kPrefix, CC, 64, A + 16);
	b.ccw(P + 8, kWriteBlock, 0, 0x800, A + 0x800);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), A + 16);
	EXPECT_EQ(b.port.pins.size(), 1u);
	EXPECT_EQ(b.port.bytes_read, 128u) << "not fetched";
}

// Four at most, so that no guest makes a fetch of each CCW.
TEST_F(Output, ManyArePinned)
{
	for (u32 i = 0; i < 10; i++)
		b.ccw(P + 8 * i, kControl, i < 9 ? CC : 0, 8, A + (i % 7) * kPage);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(is_copy(3), true);
	has_bytes_of(3, A + 3 * kPage);
	for (u32 i = 4; i < 10; i++)
		EXPECT_EQ(idaw(i, 0), A + (i % 7) * kPage);
	for (u32 i = 0; i < 3; i++)
		EXPECT_EQ(idaw(i, 0), A + i * kPage) << "pinned anyway, for " << i + 7;
}

TEST_F(Output, P8_WhatIsNotThereIsAProgramCheckInItsPlace)
{
	b.ccw(P, kControl, CC, 8, A);
	b.ccw(P + 8, kPrefix, CC, 64, 0x7000000);
	b.ccw(P + 16, kReadBlock, 0, kPage, D);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	has_bytes_of(0, A);
	EXPECT_EQ(host(1).cmd, kPrefix);
	EXPECT_EQ(word(host(1).cda, 0), kNowhere);
	EXPECT_EQ(idaw(2, 0), D);
}

// It may end with status modifier, which leads to what may be no CCW and stores on the page,
// read-only or not.
TEST_F(Output, NotWithPossibleGround)
{
	b.ccw(P, kSearch, CC, 5, A);
	b.ccw(P + 8, kReadBlock, 0, 64, D);
	b.ccw(P + 16, kReadBlock, 0, 64, A + 0x100);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), A);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
	b.port.guest.map(A, kPage, false);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	ASSERT_TRUE(is_copy(0)) << "possible ground is left out";
	has_bytes_of(0, A);
}

TEST_F(Output, ReadOnlyMemory)
{
	b.port.guest.map(A, kPage, false);
	one_block();
	ASSERT_EQ(b.start(P, kOrb1), 0);
	has_bytes_of(0, A + 16);
}

// The client may have it back at once, the running program's pages only from the quiesced device.
TEST_F(Output, P9_ACopyNeedsNoPageOfTheClients)
{
	one_block();
	ASSERT_EQ(b.start(P, kOrb1), 0);
	vccw_core_unmap(b.core, A, kPage);
	EXPECT_EQ(b.port.pins.size(), 1u);
	EXPECT_EQ(b.port.halts + b.port.clears, 0);
	vccw_core_unmap(b.core, D, kPage);
	EXPECT_EQ(b.port.pins.size(), 0u);
	b.port.orbs.clear();
}

// Lists have taken what room there is.
TEST_F(Output, WithoutRoomIsPinned)
{
	constexpr u32 n = 250; // slots and words: 8 * (252 + 252) of 4096 bytes

	b.port.guest.mark(A, 8);
	for (u32 i = 0; i < n; i++)
		b.ccw(P + 8 * i, i ? kReadBlock : kPrefix, i + 1 < n ? CC : 0, i ? 8 : 256,
		      i ? D + 8 * i : A);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), A);
	EXPECT_EQ(b.port.dma_bytes(), u64{kPage});
}

} // namespace
