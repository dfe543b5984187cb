// SPDX-License-Identifier: GPL-2.0-only
// What of guest storage is program.  What stands behind, between or before programs
// never changes an outcome, and a limit refuses a program before anything of it runs.
//
// Where the channel comes to is what the Principles of Operation say ("Basic I/O Functions":
// command chaining, data chaining, TIC, program check); which commands end with status
// modifier, the 3990 Storage Control Reference; a printer's codes, the 1403's component
// description.
#include "translate_test.hpp"

using namespace vccw_test;

namespace {

constexpr u8 kSkipTo5 = 0xa9; // a printer: write and skip to channel 5
constexpr u16 kPrinter = 0x2821, kNotKnown = 0;
constexpr u32 kBytes = 0x8000;
constexpr u16 kPinned = 300; // too much to be copied

class Ground : public Translate {
protected:
	// What real memory is full of.
	void fill(u32 from, std::initializer_list<u8> pattern, u32 bytes = kBytes)
	{
		std::vector<u8> all(bytes);

		for (u32 i = 0; i < bytes; i++)
			all[i] = pattern.begin()[i % pattern.size()];
		b.port.guest.map(from & ~(kPage - 1), bytes + kPage);
		b.port.guest.write(from, all.data(), bytes);
	}
	// The program at P with each filling behind it; its outcome without any is
	// `rc` with `pins` pages.
	void behind(u32 from, int rc, size_t pins)
	{
		const std::initializer_list<u8> fillings[] = {
			{0x40},                                     // blanks
			{0x00},                                     //
			{0x0c, 0xc0, 0x00, 0x08, 0, 2, 0x10, 0},    // read backward, chained
			{0x02, 0x40, 0x00, 0x08, 0, 2, 0x10, 0},    // read, chained
			{0x02, 0x00, 0x00, 0x08, 0, 2, 0x10, 0},    // read
			{0x02, 0x80, 0x00, 0x08, 0, 2, 0x10, 0},    // the same, chaining data
			{0x31, 0x40, 0x00, 0x05, 0, 2, 0x10, 0},    // search
			{0x08, 0x00, 0x00, 0x00, 0, 0, 0x50, 0x00}, // TIC
			{0xff},
		};
		u32 n = 0;

		for (const auto &filling : fillings) {
			fill(from, filling);
			EXPECT_EQ(b.start(P, kOrb1), rc) << "filling " << n;
			EXPECT_EQ(b.port.pins.size(), pins) << "filling " << n;
			end();
			n++;
		}
	}
	void end()
	{
		if (b.port.pins.empty())
			return;
		b.interrupt(kStartEnded, b.host_cpa() + 8);
		b.port.run_work();
		b.read();
	}
	void commands(u32 at, u32 n)
	{
		for (u32 i = 0; i < n; i++)
			b.ccw(at + 8 * i, kWrite, i + 1 < n ? CC : 0, 1, 0x20000);
	}
};

// A command that never ends with status modifier leads to the TIC only.
TEST_F(Ground, P16_BehindALoopThatNothingEnds)
{
	b.ccw(P, kRead, CC, 8, 0x20000);
	b.ccw(P + 8, kTic, 0, 0, P);
	behind(P + 16, 0, 1);
}

TEST_F(Ground, P16_BehindTheEnd)
{
	b.ccw(P, kRead, 0, 8, 0x20000);
	behind(P + 8, 0, 1);
}

// Where the channel ends with a program check.
TEST_F(Ground, P16_BehindABadCcw)
{
	b.ccw(P, kRead, CC, 8, 0x20000);
	b.ccw(P + 8, 0x40, CC, 8, 0x20000); // not a command
	behind(P + 16, 0, 1);
	b.ccw(P + 8, kRead, CC, 8, 0x80020000); // not an address
	behind(P + 16, 0, 1);
	b.ccw(P + 8, kRead, CC | MIDA, 8, 0x20000); // the ORB allows none
	behind(P + 16, 0, 1);
	b.ccw(P + 8, kRead, CC | IDA | MIDA, 8, 0x20000);
	behind(P + 16, 0, 1);
	b.ccw(P + 8, kRead, CC | S, 8, 0x20000); // the ORB allows no suspension
	behind(P + 16, 0, 1);
	b.ccw(P + 8, kRead, DC, 0, 0x20000); // a count of 0 chains no data
	behind(P + 16, 0, 1);
	b.ccw(P + 8, kRead, CC | IDA, 8, 0x20004); // not on an IDAW's boundary
	behind(P + 16, 0, 1);
}

// A list that is misaligned is not looked at where there is no data for it.
TEST_F(Ground, P16_AMisalignedListWithoutData)
{
	constexpr u8 kNop = 0x03;

	for (const auto &[cmd, flags, count] : std::initializer_list<std::tuple<u8, u8, u16>>{
		     {kRead, IDA | SLI, 0}, {kRead, IDA | SKIP, 8}, {kNop, IDA | SLI, 8}}) {
		b.ccw(P, cmd, u8(flags | CC), count, 0x20002);
		b.ccw(P + 8, kRead, 0, 8, 0x20000);
		ASSERT_EQ(b.start(P, kOrb1), 0);
		EXPECT_EQ(b.port.pins.size(), 1u) << int(flags);
		end();
	}
}

// By the Principles of Operation a TIC leads to no TIC.
TEST_F(Ground, P16_BehindATicToATic)
{
	b.ccw(P, kRead, CC, 8, 0x20000);
	b.ccw(P + 8, kTic, 0, 0, P + 16);
	b.ccw(P + 16, kTic, 0, 0, P + 24);
	fill(P + 24, {0x40});
	ASSERT_EQ(b.start(P, kOrb1), 0);
	end();
	fill(P + 24, {0x0c, 0xc0, 0, 8, 0, 2, 0x10, 0}, 2 * kBytes); // beyond the limit
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(b.port.pins.size(), 1u);
	EXPECT_EQ(host(0).cmd, kRead);
	EXPECT_EQ(host(1).cmd, kTic);
}

TEST_F(Ground, P16_BehindAPrintersLine)
{
	b.ccw(P, kSkipTo5, CC, 132, 0x20000);
	b.ccw(P + 8, kWrite, 0, kPinned, 0x20000);
	vccw_core_identify(b.core, kPrinter);
	behind(P + 16, 0, 1);
}

// It may be a search: pages are pinned for what it would find there, if that can be done.
TEST_F(Ground, P16_BehindAPrintersLineOfNobodyKnowsWhat)
{
	for (u32 cmd = 0x81; cmd < 0x100; cmd += 8) {
		b.ccw(P, u8(cmd), CC, 8, 0x20000);
		b.ccw(P + 8, kWrite, 0, kPinned, 0x20000);
		for (const std::initializer_list<u8> f : {std::initializer_list<u8>{0x40},
							  {0x0c, 0xc0, 0, 8, 0, 2, 0x10, 0},
							  {0x02, 0x40, 0, 8, 0, 2, 0x10, 0}}) {
			fill(P + 16, f);
			EXPECT_EQ(b.start(P, kOrb1), 0) << cmd;
			end();
		}
	}
}

// What a disk finds behind the last CCW is no program, or the guest's mistake.
TEST_F(Ground, P16_BehindASearchAndTheLastCcw)
{
	vccw_core_identify(b.core, kDisk);
	b.ccw(P, kSearch, CC, 5, 0x20000);
	b.ccw(P + 8, kWrite, 0, kPinned, 0x20000);
	for (const std::initializer_list<u8> f : {std::initializer_list<u8>{0x40},
						  {0x0c, 0xc0, 0, 8, 0, 2, 0x10, 0},
						  {0x02, 0x40, 0, 8, 0, 2, 0x10, 0},
						  {0x02, 0xc0, 0, 8, 0, 2, 0x10, 0}}) {
		fill(P + 16, f);
		EXPECT_EQ(b.start(P, kOrb1), 0);
		end();
	}
}

// What is stored into on possible ground is not the business of a program that only
// fetches from there.
TEST_F(Ground, P16_AReadOnlyPageThatOnlyGarbageStoresInto)
{
	vccw_core_identify(b.core, kDisk);
	b.port.guest.map(0x21000, kPage, false);
	b.ccw(P, kSearch, CC, 5, 0x21000);
	b.ccw(P + 8, kWrite, 0, kPinned, 0x21000);
	b.ccw(P + 16, kRead, 0, 8, 0x21100);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(idaw(0, 0), 0x21000u);
	EXPECT_EQ(idaw(1, 0), 0x21000u);
	is_invalid(2);
}

// A search and a TIC are two ways, both of which the program provides for.
TEST_F(Ground, P16_LimitsOfCcws)
{
	const vccw_limits limits{64, 8, 8, 1u << 16};
	const u32 forward = 0x18000;

	for (const u16 type : {kNotKnown, kDisk})
		for (const u32 n : {61u, 62u, 63u})
			for (const u32 to : {P, forward}) {
				Bench other(true, limits);

				vccw_core_identify(other.core, type);
				other.ccw(P, kSearch, CC, 5, 0x20000);
				other.ccw(P + 8, kTic, 0, 0, to);
				for (u32 i = 0; i < n; i++)
					other.ccw(P + 16 + 8 * i, kWrite, i + 1 < n ? CC : 0, 1,
						  0x20000);
				if (to == forward)
					other.ccw(forward, kRead, 0, 1, 0x20000);

				const bool fits = n + 2 + (to == forward) <= 64;

				EXPECT_EQ(other.start(P, kOrb1), fits ? 0 : -VCCW_EINVAL)
					<< n << " CCWs";
				EXPECT_EQ(other.port.logged_msg(VCCW_MSG_LIMIT_CCWS), !fits);
				EXPECT_EQ(other.port.orbs.size(), fits ? 1u : 0u);
				if (fits) {
					other.interrupt(kStartEnded, other.host_cpa() + 8);
					other.port.run_work();
				}
			}
}

TEST_F(Ground, P16_LimitsOfSegmentsAndPages)
{
	const vccw_limits limits{64, 3, 4, 1u << 16};

	for (const u32 n : {2u, 3u, 4u}) { // segments
		Bench other(true, limits);

		for (u32 i = 0; i < n; i++) {
			other.ccw(P + 0x100 * i, kSearch, CC, 5, 0x20000);
			other.ccw(P + 0x100 * i + 8, kTic, 0, 0,
				  i + 1 < n ? P + 0x100 * (i + 1) : P);
			other.ccw(P + 0x100 * i + 16, kWrite, 0, 5, 0x20000);
		}
		EXPECT_EQ(other.start(P, kOrb1), n > 3 ? -VCCW_EINVAL : 0) << n;
		EXPECT_EQ(other.port.logged_msg(VCCW_MSG_LIMIT_SEGMENTS), n > 3);
		if (n <= 3) {
			other.interrupt(kStartEnded, other.host_cpa() + 8);
			other.port.run_work();
		}
	}
	for (const u32 n : {3u, 4u, 5u}) { // pages
		Bench other(true, limits);

		other.ccw(P, kSearch, CC, 5, 0x20000);
		other.ccw(P + 8, kTic, 0, 0, P);
		other.ccw(P + 16, kRead, 0, u16(n * kPage), 0x20000);
		EXPECT_EQ(other.start(P, kOrb1), n > 4 ? -VCCW_EINVAL : 0) << n;
		if (n <= 4) {
			other.interrupt(kStartEnded, other.host_cpa() + 8);
			other.port.run_work();
		}
	}
}

// What the last program has left does not count.
TEST_F(Ground, P16_AfterAProgramOfOtherSizes)
{
	const u32 n = 3000, lists = 0x30000;
	Bench other(true, {4096, 8, 64, 17 * kPage});

	other.port.guest.map(P, 8 * n + kPage);
	for (u32 i = 0; i < 256; i++) {
		u8 midaw[16] = {};

		midaw[5] = i == 255 ? 0x80 : 0;
		put16(midaw + 6, 1);
		put64(midaw + 8, 0x20000);
		other.port.guest.write(lists + 16 * i, midaw, 16);
	}
	for (u32 round = 0; round < 2; round++) {
		for (u32 i = 0; i < 16; i++)
			other.ccw(P + 8 * i, kRead, MIDA | (i < 15 ? CC : 0), 256, lists);
		ASSERT_EQ(other.start(P, kOrb1 | kMidaw), 0);
		other.interrupt(kStartEnded, other.host_cpa() + 8);
		other.port.run_work();
		for (u32 i = 0; i < n; i++)
			other.ccw(P + 8 * i, kRead, i + 1 < n ? CC : 0, 1, 0x20000);
		ASSERT_EQ(other.start(P, kOrb1), 0) << "round " << round;
		other.interrupt(kStartEnded, other.host_cpa() + 8);
		other.port.run_work();
	}
}

TEST_F(Ground, P8_ReadBackwardAndCodesThatDoNotCount)
{
	b.ccw(P, kReadBack, DC, 8, 0x21010);
	b.ccw(P + 8, kRead, 0, 8, 0x20010);
	EXPECT_EQ(b.start(P, kOrb1), 0);
	end();
	// through a TIC
	b.ccw(P, kNop, CC, 1, 0);
	b.ccw(P + 8, kReadBack, DC, 8, 0x21010);
	b.ccw(P + 16, kTic, 0, 0, 0x11000);
	b.ccw(0x11000, 0x00, 0, 0x20, 0x20010);
	ASSERT_EQ(b.start(P, kOrb1), 0);

	const u32 to = host(2).cda;

	EXPECT_EQ(b.port.guest_of(word(at(to).cda, 1)), 0x1ffffu) << "addresses descend";
}

// Principles of Operation, "CCW Format": a suspend flag without suspend control in the ORB is
// a program check.  The READ is left out after status modifier; a channel that ran it and
// chained data would store where the WRITE's page is pinned for fetching.
TEST_F(Ground, P8_ASuspendFlagThatIsNotAllowedChainsNoData)
{
	constexpr u8 suspend = 0x02;

	b.ccw(P, kSearch, CC, 5, 0x20000);
	b.ccw(P + 8, kRead, DC | suspend, 8, 0x20010);
	b.ccw(P + 16, kWrite, 0, 8, 0x22010);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	is_invalid(1);
	end();
	ASSERT_EQ(b.start(P, kOrb1 | 0x08000000), 0);
	EXPECT_EQ(at(host(1).cda).cmd, kRead) << "it is allowed to suspend";
}

// One CCW in two contexts: as a command, and in the data chain of another.
TEST_F(Ground, P8_OneCcwInTwoContexts)
{
	b.ccw(P, kReadBack, DC, 8, 0x21010);
	b.ccw(P + 8, kTic, 0, 0, 0x11000);
	b.ccw(0x11000, kWrite, CC, 0x20, 0x20010);
	b.ccw(0x11008, kTic, 0, 0, 0x11000); // as a command
	b.port.count_reads = true;
	ASSERT_EQ(b.start(P, kOrb1), 0);

	const u32 chained = host(1).cda;
	const u32 command = at(chained + 8).cda;

	EXPECT_NE(chained, command);
	EXPECT_EQ(b.port.word_reads[0x11000], 1) << "fetched once";
	EXPECT_EQ(at(chained).cmd, 0) << "never a command there";
	EXPECT_EQ(b.port.guest_of(word(at(chained).cda, 1)), 0x1ffffu);
	EXPECT_EQ(at(command).cmd, kWrite);
	EXPECT_EQ(b.port.guest_of(word(at(command).cda, 0)), 0x20010u);
	EXPECT_EQ(at(command + 8).cmd, kTic);
	EXPECT_EQ(at(command + 8).cda, command);
}

// Found or not: each CCW behind a search that is no TIC is in its own place.
TEST_F(Ground, P8_ASearchBeforeADataChain)
{
	vccw_core_identify(b.core, kDisk);
	b.ccw(P, kSearch, CC, 5, 0x20000);
	b.ccw(P + 8, kRead, DC, 8, 0x21000);  // not found
	b.ccw(P + 16, kWrite, 0, 8, 0x22000); // in its data chain, or found
	ASSERT_EQ(b.start(P, kOrb1), 0);
	EXPECT_EQ(host(1).cmd, kTic);
	EXPECT_EQ(host(2).cmd, kTic);

	const u32 chain = host(1).cda, found = host(2).cda;

	EXPECT_EQ(at(chain).cmd, kRead);
	EXPECT_EQ(at(chain + 8).cmd, 0);
	EXPECT_EQ(at(found).cmd, kWrite);
	EXPECT_TRUE(b.port.pins.at(0x22).write) << "the chain stores there";
}

} // namespace
