// SPDX-License-Identifier: GPL-2.0-only
// What one program may use, and host memory that runs out.
#include "translate_test.hpp"

using namespace vccw_test;

namespace {

// At 0x100000: as many CCWs that store, each into a page of its own.
void write_pages(Bench &b, u32 ccws)
{
	b.port.guest.map(0x100000, 0x100000 + ccws * u64{kPage});
	for (u32 i = 0; i < ccws; i++)
		b.ccw(0x100000 + 8 * i, kRead, i + 1 < ccws ? CC : 0, 64, 0x200000 + i * kPage);
}

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

	write_pages(b, 4096);
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
	EXPECT_LE(idle, 10240u);
}

// Programs' storage is charged to the client: what a closed device kept would keep the
// client's memory control group for ever (kernel: Documentation/admin-guide/cgroup-v2.rst,
// "Memory Ownership").
TEST(Limits, P7_AClosedDeviceHoldsNoStorage)
{
	Bench b(false);
	const auto closed = b.port.held();

	write_pages(b, 4096);
	for (int round = 0; round < 2; round++) {
		ASSERT_EQ(vccw_core_open(b.core), 0);
		b.look();
		ASSERT_EQ(b.start(0x100000, kOrb1), 0);
		b.interrupt(kStartEnded, b.host_cpa() + 8 * 4096);
		b.port.run_work();
		EXPECT_GT(b.port.held(), closed);
		vccw_core_close(b.core);
		EXPECT_EQ(b.port.held(), closed);
	}
}

TEST(Limits, P7_ADeviceThatCannotBeOpenedHoldsNoStorage)
{
	Bench b(false);
	const auto closed = b.port.held();

	for (int n = 0;; n++) {
		b.port.allocs_before_failure = n;
		const int rc = vccw_core_open(b.core);
		b.port.allocs_before_failure = -1;
		if (!rc) {
			EXPECT_GT(n, 3);
			break;
		}
		EXPECT_EQ(rc, -VCCW_ENOMEM) << n;
		EXPECT_EQ(b.port.held(), closed);
	}
	b.look();
	b.simple(P);
	EXPECT_EQ(b.start(P, kOrb1), 0);
	vccw_core_close(b.core);
	b.port.enable_rc = {-VCCW_EIO};
	EXPECT_EQ(vccw_core_open(b.core), -VCCW_EIO);
	EXPECT_EQ(b.port.held(), closed);
}

TEST(Limits, OutOfMemoryAnywhereLeavesNothing)
{
	Bench b;

	write_pages(b, 1024);
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
