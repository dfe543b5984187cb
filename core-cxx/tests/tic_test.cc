// SPDX-License-Identifier: GPL-2.0-only
// A TIC is copied wherever it stands, and the channel that runs the copy decides.  The Principles
// of Operation ("Transfer in Channel") call one that is the first CCW, or that a TIC leads to, a
// program check; QEMU's (css.c) and Hercules' (channel.c) channels go on from the first.
#include "translate_test.hpp"

using namespace vccw_test;

namespace {

using Tics = Translate;

// css.c and channel.c go on from a TIC that is the first CCW.
TEST_F(Tics, P8_ATicFirst)
{
	b.ccw(P, kTic, 0, 0, 0x11000);
	b.ccw(0x11000, kRead, CC, 8, 0x20000);
	b.ccw(0x11008, kTic, 0, 0, P);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	ASSERT_EQ(host(0).cmd, kTic);

	const u32 to = host(0).cda;

	EXPECT_EQ(at(to).cmd, kRead);
	EXPECT_EQ(b.port.guest_of(word(at(to).cda, 0)), 0x20000u);
	EXPECT_EQ(at(to + 8).cmd, kTic);
	EXPECT_EQ(at(to + 8).cda, b.host_cpa()) << "a TIC to the first CCW, itself one";
}

// The check of a TIC that leads to no storage is shown at the TIC: its address + 8 (GA22-7000,
// "Contents of the Command-Address Field"; Hercules, channel.c).
TEST_F(Tics, P8_ATicToNoStorage)
{
	b.ccw(P, kNop, CC | SLI, 1, 0x20000);
	b.ccw(P + 8, kTic, 0, 0, 0x900000);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	is_invalid(1);
	b.interrupt(kStartEnded, b.host_cpa() + 16);
	b.port.run_work();
	EXPECT_EQ(b.read_cpa(), P + 16);
	b.port.orbs.clear();
}

// Such a channel runs what comes then, so a limit met there refuses the program.
TEST_F(Tics, P16_LimitsBehindATicFirst)
{
	for (const u32 n : {62u, 63u, 64u}) {
		Bench other(true, {64, 8, 8, 1u << 16});

		other.ccw(P, kTic, 0, 0, 0x18000);
		for (u32 i = 0; i < n; i++)
			other.ccw(0x18000 + 8 * i, kWrite, i + 1 < n ? CC : 0, 1, 0x20000);
		EXPECT_EQ(other.start(P, kOrb1), n < 64 ? 0 : -VCCW_EINVAL) << n;
		EXPECT_EQ(other.port.logged_msg(VCCW_MSG_LIMIT_CCWS), n == 64);
		if (n < 64) {
			other.interrupt(kStartEnded, other.host_cpa() + 8);
			other.port.run_work();
		}
	}
}

// The channel decides: the copy has TICs where the program has them.
TEST_F(Tics, P8_TicsThatLeadToTicsStayThat)
{
	b.ccw(P, kNop, CC, 1, 0);
	b.ccw(P + 8, kTic, 0, 0, 0x11000);
	b.ccw(0x11000, kTic, 0, 0, 0x12000);
	b.ccw(0x12000, kTic, 0, 0, 0x13000);
	b.ccw(0x13000, kWrite, 0, 8, 0x20000);
	ASSERT_EQ(b.start(P, kOrb1), 0);

	const u32 first = host(1).cda, second = at(first).cda;

	ASSERT_EQ(at(first).cmd, kTic);
	ASSERT_EQ(at(second).cmd, kTic);
	EXPECT_EQ(at(at(second).cda).cmd, kWrite);
	for (const auto &[slot, guest] : {std::pair{first, 0x11000u}, {second, 0x12000u}}) {
		b.interrupt(kIntermediate, slot + 8);
		b.port.run_work();
		EXPECT_EQ(b.read_cpa(), guest + 8) << "as the channel would name it to the guest";
	}
}

// Whether a TIC is reached by a TIC or by chaining as well: then what it leads to is certain.
TEST_F(Tics, P16_ATicReachedByATicAndByChaining)
{
	Bench other(true, {8, 8, 8, 1u << 16});

	other.ccw(P, kSearch, CC, 5, 0x20000);
	other.ccw(P + 8, kTic, 0, 0, 0x11008);
	other.ccw(P + 16, kWrite, CC, 1, 0x20000);
	other.ccw(P + 24, kTic, 0, 0, 0x11000);
	other.ccw(0x11000, kWrite, CC, 1, 0x20000);
	other.ccw(0x11008, kTic, 0, 0, 0x12000);
	for (u32 i = 0; i < 3; i++)
		other.ccw(0x12000 + 8 * i, kWrite, i < 2 ? CC : 0, 1, 0x20000);
	EXPECT_EQ(other.start(P, kOrb1), -VCCW_EINVAL);
	EXPECT_TRUE(other.port.logged_msg(VCCW_MSG_LIMIT_CCWS));
}

// Loops of TICs alone: all that there is to it is copied, once.
TEST_F(Tics, P7_TicsInACircle)
{
	b.ccw(P, kTic, 0, 0, P);
	ASSERT_EQ(b.start(P, kOrb1), 0);
	ASSERT_EQ(host(0).cmd, kTic);
	EXPECT_EQ(host(0).cda, b.host_cpa());
	b.interrupt(kStartEnded, b.host_cpa() + 8);
	b.port.run_work();
	b.read();
	for (u32 i = 0; i < 3; i++)
		b.ccw(P + 0x100 * i, kTic, 0, 0, P + 0x100 * ((i + 1) % 3));
	ASSERT_EQ(b.start(P, kOrb1), 0);
	ASSERT_EQ(host(0).cmd, kTic);

	const u32 second = host(0).cda, third = at(second).cda;

	ASSERT_EQ(at(second).cmd, kTic);
	ASSERT_EQ(at(third).cmd, kTic);
	EXPECT_EQ(at(third).cda, b.host_cpa());
}

} // namespace
