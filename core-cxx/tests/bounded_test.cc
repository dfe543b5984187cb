// SPDX-License-Identifier: GPL-2.0-only
// The work for a program grows in a straight line with it, whatever addresses its guest
// picks.  What is compared is counted (work.hpp), never timed.
#include "translate_test.hpp"
#include "work.hpp"

#include "../base/port.hpp"
#include "../base/keyed_hash.hpp"

#include <algorithm>
#include <numeric>

using namespace vccw_test;

namespace {

constexpr u32 kLists = 0x1000000;
constexpr u32 kOrbMidaw = kOrb1 | kMidaw;
constexpr vccw_limits kLarge{1u << 16, 1u << 15, 1u << 16, 16u << 20};

class Bounded : public ::testing::Test {
protected:
	Bench b{true, kLarge};

	Bounded() { b.port.guest.map(P, 0x800000); }

	// The work of a START of the program at P, and of its end.
	unsigned long started(u32 word1 = kOrb1)
	{
		return work_of([&] {
			ASSERT_EQ(b.start(P, word1), 0);
			b.interrupt(kStartEnded, b.host_cpa() + 8);
			b.port.run_work();
		});
	}

	// A program whose lists have these pages, 16 a CCW.  They need not be there:
	// what can't be pinned has to be found and entered all the same.
	void use_pages(const std::vector<u64> &pages)
	{
		const u32 n = u32(pages.size()) / 16;

		b.port.guest.map(kLists, pages.size() * 8);
		for (u32 i = 0; i < pages.size(); i++) {
			u8 word[8];

			put64(word, pages[i] * kPage);
			b.port.guest.write(kLists + 8 * i, word, 8);
		}
		for (u32 i = 0; i < n; i++)
			b.ccw(P + 8 * i, kRead, (i + 1 < n ? CC : 0) | IDA, 65535,
			      kLists + 128 * i);
	}
	// Work a page.
	double with_pages(const std::vector<u64> &pages)
	{
		use_pages(pages);
		return double(started()) / double(pages.size());
	}

	// Segments of two CCWs, in the order given, from one to the other by TIC.
	void ladder(const std::vector<u32> &order)
	{
		const auto rung = [&](size_t i) { return P + 64 * order[i]; };

		for (size_t i = 0; i < order.size(); i++) {
			const bool last = i + 1 == order.size();

			b.ccw(rung(i), kControl, last ? 0 : CC, 1, 0x20000);
			b.ccw(rung(i) + 8, kTic, 0, 0, last ? P : rung(i + 1));
		}
	}
	// Work a rung.
	double climbed(const std::vector<u32> &order)
	{
		ladder(order);
		return double(started()) / double(order.size());
	}
};

std::vector<u64> in_a_row(u32 n)
{
	std::vector<u64> pages(n);

	std::iota(pages.begin(), pages.end(), 0x100);
	return pages;
}

// They share a bucket in every table of up to 32768 that multiplies by the usual
// constant, 2^64 divided by the golden ratio, and takes the bits from 32 up.
std::vector<u64> golden(u32 n)
{
	constexpr u64 inverse = 0xf1de83e19937733d; // modulo 2^64
	std::vector<u64> pages;

	for (u64 i = 0; i < n; i++)
		pages.push_back(((inverse * i & ((1u << 27) - 1)) + (i / 4096 << 27)) << 20);
	return pages;
}

TEST_F(Bounded, P16_PagesThatCollideInAUsualHash)
{
	const double usual = with_pages(in_a_row(4096));

	EXPECT_LT(with_pages(golden(4096)), 2 * usual);
	EXPECT_LT(with_pages(golden(256)), 2 * usual);
}

// What a guest could do that knows the key: the table is only as good as that.
class KnownKey : public Bounded {
protected:
	static constexpr u64 kKnown = 0x2545f4914f6cdd1d;
	FakePort other;

	std::vector<u64> colliding(u32 n)
	{
		const vccw_port table = FakePort::table();
		const vccw::Port port(table, &other);
		vccw::KeyedHash hash;
		std::vector<u64> pages;

		other.random = [] { return kKnown; };
		hash.renew(port);
		for (u64 page = 1; pages.size() < n; page++)
			if (!(hash(page * kPage) >> (64 - 11)))
				pages.push_back(page);
		return pages;
	}
	void draw(bool known)
	{
		b.port.random = nullptr;
		if (known)
			b.port.random = [] { return kKnown; };
	}
};

TEST_F(KnownKey, P16_CollisionsAreWorkForWhoeverKnowsTheKey)
{
	draw(true);

	const double usual = with_pages(in_a_row(1024));

	EXPECT_GT(with_pages(colliding(1024)), 8 * usual);
}

TEST_F(KnownKey, P16_AProgramThatOutgrowsTheTableGetsAKeyOfItsOwn)
{
	const double usual = with_pages(in_a_row(1024));

	draw(true);
	b.simple(P);
	started(); // the table is small again, and its key known
	draw(false);
	EXPECT_LT(with_pages(colliding(1024)), 2 * usual);
}

TEST_F(KnownKey, P16_ALargeTableHasANewKeyForTheNextProgram)
{
	draw(true);

	const double usual = with_pages(in_a_row(1024));

	use_pages(colliding(1024));
	ASSERT_EQ(b.start(P, kOrb1), 0);
	draw(false);
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
	EXPECT_LT(double(started()) / 1024, 2 * usual);
}

TEST_F(Bounded, P16_LaddersOfTics)
{
	const auto climb = [&](u32 n, auto arrange) {
		std::vector<u32> order(n);

		std::iota(order.begin(), order.end(), 0);
		arrange(order.begin() + 1, order.end()); // the first is where the program begins
		return climbed(order);
	};
	const auto up = [](auto, auto) {};
	const auto down = [](auto from, auto to) { std::reverse(from, to); };
	const auto inwards = [](auto from, auto to) {
		for (; to - from > 1; from += 2)
			std::rotate(from + 1, to - 1, to);
	};
	const double few = climb(64, up);

	EXPECT_LT(climb(4096, up), 2 * few);
	EXPECT_LT(climb(4096, down), 2 * few);
	EXPECT_LT(climb(4096, inwards), 2 * few);
}

// A list that says with each entry that there is one more.
TEST_F(Bounded, P16_AListOfMidawsTakesNoCallAnEntry)
{
	int reads = 0;

	b.port.guest.map(kLists, kPage);
	for (u32 i = 0; i < 256; i++) {
		u8 midaw[16] = {};

		midaw[5] = i == 255 ? 0x80 : 0;
		put16(midaw + 6, 1);
		put64(midaw + 8, 0x20000);
		b.port.guest.write(kLists + 16 * i, midaw, 16);
	}
	b.ccw(P, kRead, MIDA, 256, kLists);
	b.port.on_read = [&](u64 gpa, u8 *, u32) { reads += gpa >= kLists; };
	started(kOrbMidaw);
	EXPECT_LE(reads, 9);
}

// Nobody waits long for the CPU that works on a program, or gives it back.
class Relax : public Bounded {
protected:
	unsigned long since = 0, longest = 0;

	Relax()
	{
		b.port.in_relax = [this] { step(); };
	}
	void step()
	{
		longest = std::max(longest, work - since);
		since = work;
	}
	// The most that is done without a pause.
	unsigned long stretch(u32 word1 = kOrb1)
	{
		longest = 0;
		since = work;
		started(word1);
		step();
		return longest;
	}
	static constexpr unsigned long kMost = 250000; // below a millisecond
};

TEST_F(Relax, P16_NotOnTheWayOfAShortProgram)
{
	b.simple(P);
	started();
	EXPECT_EQ(b.port.relaxes, 0);
}

TEST_F(Relax, P16_ManyPages)
{
	use_pages(in_a_row(32768));
	b.port.guest.map(0x100 * u64{kPage}, 16384 * u64{kPage});
	EXPECT_LT(stretch(), kMost);

	// What pinning and unpinning cost the host is not in the work counted.
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(b.stats().pages_pinned, 16384u);
	b.interrupt(kStartEnded, b.host_cpa() + 8);

	const int before = b.port.relaxes;

	b.port.run_work();
	EXPECT_GE(b.port.relaxes - before, 16384 / 512);
}

TEST_F(Relax, P16_ALadder)
{
	std::vector<u32> order(16384);

	std::iota(order.begin(), order.end(), 0);
	ladder(order);
	EXPECT_LT(stretch(), kMost);
}

TEST_F(Relax, P16_ManyCcws)
{
	for (u32 i = 0; i < 65536; i++)
		b.ccw(P + 8 * i, kRead, i < 65535 ? CC : 0, 8, 0x20000);
	EXPECT_LT(stretch(), kMost);
	for (u32 i = 0; i < 32768; i++)
		b.ccw(P + 8 * i, kRead, i < 32767 ? DC : 0, 65535, 0x20000);
	EXPECT_LT(stretch(), kMost);
}

TEST_F(Relax, P16_ManyTicsInOneSegment)
{
	for (u32 i = 0; i < 65536; i += 2) {
		b.ccw(P + 8 * i, kSearch, CC, 8, 0x20000);
		b.ccw(P + 8 * i + 8, kTic, 0, 0, P + 8 * i);
	}
	b.ccw(P + 8 * 65535, kControl, 0, 1, 0x20000);
	EXPECT_LT(stretch(), kMost);
}

} // namespace
