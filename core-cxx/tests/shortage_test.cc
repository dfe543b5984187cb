// SPDX-License-Identifier: GPL-2.0-only
// Memory, storage or pages run out, at each place where they can: the START is refused by
// its own errno, nothing stays pinned or held, and the next one works.
#include "translate_test.hpp"

#include <functional>

using namespace vccw_test;

namespace {

constexpr u32 kLists = 0x400000, kData = 0x800000, kElsewhere = 0x200000;

struct Sample {
	const char *name;
	u32 word1;
	std::function<void(Bench &)> write;
	bool needs_memory = true;
};

void put_words(Bench &b, u32 at, u32 words)
{
	for (u32 i = 0; i < words; i++)
		put64(b.port.guest.at(at + 8 * i), kData + u64{i} * kPage);
}

// Each needs room of another kind: pages, lists, copies, ways, CCWs, what is behind a search.
const Sample kSamples[] = {
	{"pages", kOrb1,
	 [](Bench &b) {
		 for (u32 i = 0; i < 600; i++)
			 b.ccw(P + 8 * i, kRead, i < 599 ? CC : 0, 64, kData + i * kPage);
	 }},
	{"lists", kOrb1,
	 [](Bench &b) {
		 put_words(b, kLists, 16);
		 for (u32 i = 0; i < 64; i++)
			 b.ccw(P + 8 * i, kRead, IDA | (i < 63 ? CC : 0), 0xf000, kLists);
	 }},
	{"a long list", kOrb1 | kMidaw,
	 [](Bench &b) {
		 for (u32 i = 0; i < 512; i++) {
			 put64(b.port.guest.at(kLists + 16 * i), i < 511 ? 64 : 0x80'0040);
			 put64(b.port.guest.at(kLists + 16 * i + 8), kData + u64{i} * kPage);
		 }
		 b.ccw(P, kRead, MIDA, 512 * 64, kLists);
	 }},
	{"copies", kOrb1,
	 [](Bench &b) {
		 for (u32 i = 0; i < 200; i++)
			 b.ccw(P + 8 * i, kPrefix, i < 199 ? CC : 0, 200, kData + i * kPage);
	 }},
	// Slots and words leave no room for the copy.
	{"a page instead of a copy", kOrb1,
	 [](Bench &b) {
		 b.ccw(P, kPrefix, CC, 256, kData);
		 for (u32 i = 1; i < 250; i++)
			 b.ccw(P + 8 * i, kReadBlock, i < 249 ? CC : 0, 8,
			       kData + (i < 125 ? kPage : 2 * kPage));
	 },
	 false},
	{"ways", kOrb1,
	 [](Bench &b) {
		 for (u32 i = 0; i < 200; i++)
			 b.ccw(kElsewhere + 0x1000 * i, kTic, 0, 0,
			       kElsewhere + 0x1000 * (i + 1) + 8);
		 for (u32 i = 1; i < 200; i++) {
			 b.ccw(kElsewhere + 0x1000 * i + 8, kNop, CC | SLI, 1, kData);
			 b.ccw(kElsewhere + 0x1000 * i + 16, kTic, 0, 0,
			       kElsewhere + 0x1000 * (i + 1) + 8);
		 }
		 b.ccw(P, kNop, CC | SLI, 1, kData);
		 b.ccw(P + 8, kTic, 0, 0, kElsewhere + 0x1008);
		 b.ccw(kElsewhere + 0x1000 * 200 + 8, kNop, SLI, 1, kData);
	 }},
	{"searches", kOrb1,
	 [](Bench &b) {
		 for (u32 i = 0; i < 60; i++) {
			 b.ccw(P + 24 * i, kSearch, CC, 5, kData + i * kPage);
			 b.ccw(P + 24 * i + 8, kTic, 0, 0, kElsewhere + 0x1000 * i);
			 b.ccw(P + 24 * i + 16, kRead, CC, 300, kData + (60 + i) * kPage);
			 b.ccw(kElsewhere + 0x1000 * i, kRead, 0, 300, kData + (120 + i) * kPage);
		 }
		 b.ccw(P + 24 * 60, kNop, SLI, 1, kData);
	 }},
};

class Shortage : public ::testing::TestWithParam<Sample> {
protected:
	Bench b;

	void SetUp() override
	{
		b.port.guest.map(P, 0x100000);
		b.port.guest.map(kElsewhere, 0x200000);
		b.port.guest.map(kLists, 0x100000);
		b.port.guest.map(kData, 0x800000);
		GetParam().write(b);
	}
	int start() { return b.start(P, GetParam().word1); }
	void end()
	{
		b.interrupt(kStartEnded, b.host_cpa() + 8);
		b.port.run_work();
		b.read();
		EXPECT_TRUE(b.port.pins.empty());
	}
	// With these limits: the answer to START, and what must come of either.
	int start_within(const vccw_limits &limits, vccw_msg refusal)
	{
		Bench other(true, limits);

		other.port.guest = b.port.guest;
		const int rc = other.start(P, GetParam().word1);
		if (rc) {
			EXPECT_EQ(rc, -VCCW_EINVAL);
			EXPECT_TRUE(other.port.logged_msg(refusal));
			EXPECT_TRUE(other.port.pins.empty());
			return rc;
		}
		other.interrupt(kStartEnded, other.host_cpa() + 8);
		other.port.run_work();
		return rc;
	}
};

// Of room for twice what there is, the program may do with less: that START is accepted.
TEST_P(Shortage, P7_OfMemoryAtEachAllocation)
{
	int refused = 0;
	bool failed = true;

	for (int n = 0; failed; n++) {
		ASSERT_LT(n, 1000);
		Bench other(true, {4096, 256, 16384, 4u << 20});
		other.port.guest = b.port.guest;
		other.port.allocs_before_failure = n;
		const int rc = other.start(P, GetParam().word1);
		failed = other.port.allocs_before_failure < 0;
		other.port.allocs_before_failure = -1;
		if (rc) {
			ASSERT_EQ(rc, -VCCW_ENOMEM) << n;
			EXPECT_TRUE(failed);
			EXPECT_TRUE(other.port.pins.empty());
			refused++;
			ASSERT_EQ(other.start(P, GetParam().word1), 0) << "and the next one works";
		}
		other.interrupt(kStartEnded, other.host_cpa() + 8);
		other.port.run_work();
		EXPECT_TRUE(other.port.pins.empty());
	}
	if (GetParam().needs_memory) {
		EXPECT_GT(refused, 0) << "shows nothing";
	}
}

TEST_P(Shortage, P7_OfStorageAtEachLimit)
{
	for (const u32 bytes : {0x1000u, 0x2000u, 0x4000u, 0x8000u, 0x10000u}) {
		SCOPED_TRACE(bytes);
		start_within({4096, 256, 16384, bytes}, VCCW_MSG_LIMIT_STORAGE);
	}
}

TEST_P(Shortage, P7_OfPagesAtEachLimit)
{
	ASSERT_EQ(start(), 0);
	const u32 needed = u32(b.port.pins.size());
	const u32 step = needed > 64 ? 37 : 1;
	end();
	for (u32 pages = 1; pages < needed + 3; pages += step) {
		SCOPED_TRACE(pages);
		const int rc = start_within({4096, 256, pages, 4u << 20}, VCCW_MSG_LIMIT_PAGES);
		EXPECT_EQ(rc == 0, pages >= needed) << pages << " of " << needed;
	}
}

TEST_P(Shortage, P7_OfPagesToPin)
{
	ASSERT_EQ(start(), 0);
	const int pages = int(b.port.pins.size());
	end();
	b.port.orbs.clear();
	for (int n = 0; n < pages; n += 1 + pages / 50) {
		b.port.pins_before_enomem = n;
		EXPECT_EQ(start(), -VCCW_ENOMEM) << n;
		EXPECT_TRUE(b.port.pins.empty());
	}
	b.port.pins_before_enomem = -1;
	ASSERT_EQ(start(), 0);
	end();
}

// That says nothing of the guest's storage: no rest of a program runs.
TEST_P(Shortage, P16_OfMemoryToReadTheGuests)
{
	int reads = 0;

	b.port.in_read_guest = [&] { reads++; };
	ASSERT_EQ(start(), 0);
	b.port.in_read_guest = nullptr;
	end();
	b.port.orbs.clear();
	for (int n = 0; n < reads; n++) {
		b.port.reads_before_enomem = n;
		EXPECT_EQ(start(), -VCCW_ENOMEM) << n << " of " << reads;
		EXPECT_TRUE(b.port.pins.empty());
		EXPECT_TRUE(b.port.orbs.empty());
	}
	ASSERT_EQ(start(), 0);
	end();
}

INSTANTIATE_TEST_SUITE_P(All, Shortage, ::testing::ValuesIn(kSamples), [](const auto &info) {
	std::string name;
	for (const char *c = info.param.name; *c; c++)
		name += *c == ' ' ? '_' : *c;
	return name;
});

// --- one bad page among neighbours ---------------------------------------------------

class Neighbours : public Translate {
protected:
	static constexpr u64 kFirst = 0x21000;

	void four_pages(u8 command) { b.ccw(P, command, 0, 4 * kPage, kFirst); }
};

// The call for all four is refused for the page that is not there; of the calls for each
// the one for the page behind it gets no memory.
TEST_F(Neighbours, NoMemoryBehindAPageThatIsNotThere)
{
	b.port.guest.unmap(kFirst + kPage);
	four_pages(kRead);
	b.port.pins_before_enomem = 1;
	EXPECT_EQ(b.start(P, kOrb1), -VCCW_ENOMEM);
	EXPECT_TRUE(b.port.pins.empty());
	b.port.pins_before_enomem = -1;
}

// What is behind the program may be a command that stores: it must not turn what the
// program fetches into a program check, so the START is tried again without it.
TEST_F(Neighbours, P16_ReadOnlyOnesThatOnlyGarbageStoresInto)
{
	vccw_core_identify(b.core, kDisk);
	b.port.guest.map(kFirst, 4 * kPage, false);
	b.ccw(P, kSearch, CC, 5, 0x20000);
	b.ccw(P + 8, kWrite, 0, 4 * kPage, kFirst);
	b.ccw(P + 16, kRead, 0, 4 * kPage, kFirst);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	for (u32 i = 0; i < 4; i++)
		EXPECT_EQ(idaw(1, i), kFirst + i * kPage);
	is_invalid(2);
}

// The one that is not there is nobody's: its unmap does not concern the program, nor does
// one below, above or of nothing.
TEST_F(Neighbours, P9_UnmapOfAPageThatTheProgramCouldNotGet)
{
	b.port.guest.unmap(kFirst + 2 * kPage);
	four_pages(kWrite);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	ASSERT_EQ(b.port.pins.size(), 3u);
	vccw_core_unmap(b.core, kFirst + 2 * kPage, kPage);
	vccw_core_unmap(b.core, 0, kFirst);
	vccw_core_unmap(b.core, kFirst + 4 * kPage, kPage);
	vccw_core_unmap(b.core, kFirst, 0);
	EXPECT_EQ(b.port.pins.size(), 3u);
	EXPECT_EQ(b.port.halts + b.port.clears, 0);
	vccw_core_unmap(b.core, kFirst + 3 * kPage, kPage);
	EXPECT_EQ(b.port.pins.size(), 0u);
	b.port.orbs.clear();
}

} // namespace
