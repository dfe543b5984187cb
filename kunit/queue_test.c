// SPDX-License-Identifier: GPL-2.0-only
/* Interrupts: what each one ends, and how they reach the client. */
#include "bench.h"

#define PROGRAM 0x10000
#define OTHER	0x10100

static void start_ok(struct kunit *test, u32 cpa)
{
	struct bench *b = test->priv;

	bench_ccw(b, cpa, CMD_READ, 0, 8, 0x20000);
	KUNIT_ASSERT_EQ(test, bench_start(b, cpa, ORB1), 0);
}

/* CPU 1: CLEAR, interrupt, work item     CPU 2: START */
static void clear_before_start_releases_nothing(struct kunit *test)
{
	struct bench *b = test->priv;

	KUNIT_ASSERT_EQ(test, bench_clear(b), 0);
	bench_irq(b, CLEAR_ENDED, 0);
	start_ok(test, PROGRAM);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), 0);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 1);
	bench_irq(b, START_ENDED, bench_host_cpa(b) + 8);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 1);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), PROGRAM + 8);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
}

static void start_is_busy_before_the_release(struct kunit *test)
{
	struct bench *b = test->priv;

	start_ok(test, PROGRAM);
	bench_irq(b, START_ENDED, bench_host_cpa(b) + 8);
	KUNIT_EXPECT_TRUE(test, b->work_queued);
	KUNIT_EXPECT_FALSE(test, b->work_urgent);
	KUNIT_EXPECT_EQ(test, bench_start(b, PROGRAM, ORB1), -EBUSY);
	KUNIT_EXPECT_EQ(test, b->starts, 1);
	KUNIT_EXPECT_TRUE(test, b->work_urgent);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, bench_start(b, PROGRAM, ORB1), 0);
}

static void clear_ends(struct bench *b)
{
	bench_irq(b, CLEAR_ENDED, 0);
	bench_work(b);
}

/* The interrupt of CLEAR comes, and is processed, inside of a START. */
static void clear_inside_of_start_releases_nothing(struct kunit *test)
{
	struct bench *b = test->priv;

	KUNIT_ASSERT_EQ(test, bench_clear(b), 0);
	b->in_read_guest = clear_ends;
	start_ok(test, PROGRAM);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 1);
	KUNIT_EXPECT_EQ(test, bench_stats(b).programs_released, 0);
	bench_irq(b, START_ENDED, bench_host_cpa(b) + 8);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), 0);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), PROGRAM + 8);
}

static void only_its_own_end_releases(struct kunit *test)
{
	static const u32 not_yet[] = { UNSOLICITED, INTERMEDIATE, SUSPENDED };
	struct bench *b = test->priv;
	int i;

	start_ok(test, PROGRAM);
	for (i = 0; i < ARRAY_SIZE(not_yet); i++) {
		bench_irq(b, not_yet[i], bench_host_cpa(b) + 8);
		bench_work(b);
		KUNIT_EXPECT_EQ(test, b->pages_pinned, 1);
		bench_read_word0(b);
	}
	KUNIT_ASSERT_EQ(test, bench_halt(b), 0);
	KUNIT_ASSERT_EQ(test, bench_clear(b), 0);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 1);
	bench_irq(b, CLEAR_ENDED, bench_host_cpa(b) + 8);
	/* In interrupt context nothing is released. */
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 1);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
}

static void each_once_and_in_order(struct kunit *test)
{
	struct bench *b = test->priv;
	int i;

	/* Attention; its number is the residual count. */
	for (i = 1; i <= 5; i++)
		bench_status(b, UNSOLICITED, 0, 0x80000000 | i);
	/* One is published, the others wait for the client. */
	for (i = 1; i <= 5; i++) {
		KUNIT_EXPECT_EQ(test, b->signals[VCCW_TRIGGER_IO], i);
		KUNIT_EXPECT_EQ(test, bench_read_word2(b), 0x80000000 | i);
	}
	KUNIT_EXPECT_EQ(test, b->signals[VCCW_TRIGGER_IO], 5);
	KUNIT_EXPECT_EQ(test, bench_stats(b).queued, 0);
}

static void two_before_the_first_read(struct kunit *test)
{
	struct bench *b = test->priv;

	start_ok(test, PROGRAM);
	bench_irq(b, START_ENDED, bench_host_cpa(b) + 8);
	bench_work(b);
	start_ok(test, OTHER);
	bench_irq(b, START_ENDED, bench_host_cpa(b) + 8);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), PROGRAM + 8);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), OTHER + 8);
}

static void a_read_of_something_else_is_none(struct kunit *test)
{
	struct bench *b = test->priv;
	u8 region[VCCW_IO_REGION_SIZE];
	u64 token;

	bench_irq(b, UNSOLICITED, 0);
	bench_irq(b, UNSOLICITED, 0);
	bench_work(b);
	token = vccw_core_read_io(b->core, region);
	vccw_core_ack_io(b->core, token, 0, 24);
	vccw_core_ack_io(b->core, token, 25, 96);
	KUNIT_EXPECT_EQ(test, bench_stats(b).queued, 2);
	vccw_core_ack_io(b->core, token, 24, 96);
	KUNIT_EXPECT_EQ(test, bench_stats(b).queued, 1);
	/* An old token acknowledges nothing. */
	vccw_core_ack_io(b->core, token, 0, sizeof(region));
	KUNIT_EXPECT_EQ(test, bench_stats(b).queued, 1);
}

static void clear_discards_what_is_not_readable(struct kunit *test)
{
	struct bench *b = test->priv;
	int i;

	for (i = 0; i < 3; i++)
		bench_irq(b, UNSOLICITED, 0);
	KUNIT_ASSERT_EQ(test, bench_clear(b), 0);
	bench_irq(b, CLEAR_ENDED, 0);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, bench_read_word0(b), UNSOLICITED);
	/* Of another matter: not in the same read. */
	KUNIT_EXPECT_EQ(test, b->signals[VCCW_TRIGGER_IO], 1);
	bench_all_work(b);
	KUNIT_EXPECT_EQ(test, b->signals[VCCW_TRIGGER_IO], 2);
	KUNIT_EXPECT_EQ(test, bench_read_word0(b), CLEAR_ENDED);
	KUNIT_EXPECT_EQ(test, bench_stats(b).irbs_cleared, 2);
	KUNIT_EXPECT_EQ(test, bench_stats(b).queued, 0);
}

static void overflow_drops_no_end(struct kunit *test)
{
	struct bench *b = test->priv;
	u32 cpa = 0;
	int i;

	start_ok(test, PROGRAM);
	for (i = 0; i < 100; i++)
		bench_irq(b, UNSOLICITED, 0);
	KUNIT_EXPECT_GT(test, bench_stats(b).irbs_dropped, 0);
	KUNIT_EXPECT_GT(test, b->messages[VCCW_MSG_IRB_DROPPED], 0);
	bench_irq(b, START_ENDED, bench_host_cpa(b) + 8);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
	for (i = bench_stats(b).queued; i; i--) {
		cpa = bench_read_cpa(b);
		bench_all_work(b);
	}
	KUNIT_EXPECT_EQ(test, cpa, PROGRAM + 8);
}

static void no_host_address(struct kunit *test)
{
	struct bench *b = test->priv;

	/* Ended by an interrupt whose program is not in flight any more. */
	KUNIT_ASSERT_EQ(test, bench_halt(b), 0);
	bench_irq(b, HALT_ENDED, 0x10000008);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), 0);
	start_ok(test, PROGRAM);
	KUNIT_ASSERT_EQ(test, bench_halt(b), 0);
	bench_irq(b, START_ENDED | HALT_ENDED, bench_host_cpa(b) + 8);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), PROGRAM + 8);
}

static void crws_in_order(struct kunit *test)
{
	struct bench *b = test->priv;
	u64 token;
	u32 crw[2], i;

	vccw_core_trigger(b->core, VCCW_TRIGGER_CRW, 1);
	for (i = 1; i <= 3; i++)
		bench_crw(b, 0x40840000 + i);
	if (b->work_queued)
		bench_work(b);
	for (i = 1; i <= 3; i++) {
		token = vccw_core_read_crw(b->core, crw);
		KUNIT_EXPECT_EQ(test, crw[0], 0x40840000 + i);
		vccw_core_ack_crw(b->core, token);
	}
	vccw_core_read_crw(b->core, crw);
	KUNIT_EXPECT_EQ(test, crw[0], 0);
	vccw_core_trigger(b->core, VCCW_TRIGGER_CRW, 0);
}

/* The eventfd goes and comes back while there is something to tell. */
static void status_waits_for_a_trigger(struct kunit *test)
{
	struct bench *b = test->priv;

	vccw_core_trigger(b->core, VCCW_TRIGGER_IO, 0);
	bench_irq(b, UNSOLICITED, 0);
	bench_work(b);
	b->signals[VCCW_TRIGGER_IO] = 0;
	vccw_core_trigger(b->core, VCCW_TRIGGER_IO, 1);
	KUNIT_EXPECT_EQ(test, b->signals[VCCW_TRIGGER_IO], 1);
	KUNIT_EXPECT_EQ(test, bench_read_word0(b), UNSOLICITED);
}

static void unmap_ends_the_program(struct kunit *test)
{
	struct bench *b = test->priv;

	start_ok(test, PROGRAM);
	vccw_core_unmap(b->core, 0x30000, 0x1000);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 1);
	vccw_core_unmap(b->core, 0x20000, 0x1000);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
	start_ok(test, PROGRAM);
}

static void close_with_everything_pending(struct kunit *test)
{
	struct bench *b = test->priv;

	bench_irq(b, UNSOLICITED, 0);
	bench_work(b);
	start_ok(test, PROGRAM);
	bench_irq(b, START_ENDED, bench_host_cpa(b) + 8);
	vccw_core_close(b->core);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
	KUNIT_EXPECT_EQ(test, vccw_core_open(b->core), 0);
	KUNIT_EXPECT_EQ(test, bench_stats(b).queued, 0);
	start_ok(test, PROGRAM);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(clear_before_start_releases_nothing),
	KUNIT_CASE(start_is_busy_before_the_release),
	KUNIT_CASE(clear_inside_of_start_releases_nothing),
	KUNIT_CASE(only_its_own_end_releases),
	KUNIT_CASE(each_once_and_in_order),
	KUNIT_CASE(two_before_the_first_read),
	KUNIT_CASE(a_read_of_something_else_is_none),
	KUNIT_CASE(clear_discards_what_is_not_readable),
	KUNIT_CASE(overflow_drops_no_end),
	KUNIT_CASE(no_host_address),
	KUNIT_CASE(crws_in_order),
	KUNIT_CASE(status_waits_for_a_trigger),
	KUNIT_CASE(unmap_ends_the_program),
	KUNIT_CASE(close_with_everything_pending),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_queue",
	.init = bench_init,
	.exit = bench_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
