// SPDX-License-Identifier: GPL-2.0-only
/* Requests in each state: what they answer, and the state that follows. */
#include "bench.h"

#define PROGRAM 0x10000

static void expect_state(struct kunit *test, struct bench *b, u32 state)
{
	KUNIT_EXPECT_EQ(test, bench_stats(b).state, state);
}

static void life(struct kunit *test)
{
	struct bench *b = test->priv;

	expect_state(test, b, VCCW_IDLE);
	vccw_core_close(b->core);
	expect_state(test, b, VCCW_STANDBY);
	KUNIT_EXPECT_EQ(test, b->disables, 1);
	KUNIT_EXPECT_EQ(test, vccw_core_open(b->core), 0);
	expect_state(test, b, VCCW_IDLE);
	KUNIT_EXPECT_EQ(test, vccw_core_reset(b->core), 0);
	expect_state(test, b, VCCW_IDLE);
}

static void open_fails(struct kunit *test)
{
	struct bench *b = test->priv;

	vccw_core_close(b->core);
	b->enable_rc = -EIO;
	KUNIT_EXPECT_EQ(test, vccw_core_open(b->core), -EIO);
	expect_state(test, b, VCCW_STANDBY);
	KUNIT_EXPECT_EQ(test, vccw_core_open(b->core), 0);
}

static void closed(struct kunit *test)
{
	struct bench *b = test->priv;

	vccw_core_close(b->core);
	bench_ccw(b, PROGRAM, CMD_NOP, 0, 1, 0);
	KUNIT_EXPECT_EQ(test, bench_start(b, PROGRAM, ORB1), -EIO);
	KUNIT_EXPECT_EQ(test, bench_halt(b), -EIO);
	KUNIT_EXPECT_EQ(test, bench_clear(b), -EIO);
	KUNIT_EXPECT_EQ(test, b->starts + b->halts + b->clears, 0);
}

/* Condition code of an instruction, and the client's errno. */
static const struct cc_case {
	const char *name;
	int cc;
	bool other_path;
	int start, async;
} cc_cases[] = {
	{ "cc 0", 0, false, 0, 0 },
	{ "cc 1", 1, false, -EBUSY, -EBUSY },
	{ "cc 2", 2, false, -EBUSY, -EBUSY },
	{ "cc 3, no path left", 3, false, -ENODEV, -ENODEV },
	{ "cc 3, a path left", 3, true, -EACCES, -ENODEV },
};

KUNIT_ARRAY_PARAM_DESC(cc, cc_cases, name);

static void start_cc(struct kunit *test)
{
	const struct cc_case *c = test->param_value;
	struct bench *b = test->priv;

	b->start_cc = c->cc;
	b->other_path = c->other_path;
	bench_ccw(b, PROGRAM, CMD_READ, 0, 8, 0x20000);
	KUNIT_EXPECT_EQ(test, bench_start(b, PROGRAM, ORB1), c->start);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, c->cc ? 0 : 1);
	KUNIT_EXPECT_EQ(test, bench_stats(b).starts, c->cc ? 0 : 1);
	expect_state(test, b, VCCW_IDLE);
}

static void halt_cc(struct kunit *test)
{
	const struct cc_case *c = test->param_value;
	struct bench *b = test->priv;

	b->halt_cc = c->cc;
	KUNIT_EXPECT_EQ(test, bench_halt(b), c->async);
	expect_state(test, b, VCCW_IDLE);
}

static void clear_cc(struct kunit *test)
{
	const struct cc_case *c = test->param_value;
	struct bench *b = test->priv;

	/* CLEAR knows no cc 1 and 2. */
	if (c->cc == 1 || c->cc == 2)
		return;
	b->clear_cc = c->cc;
	KUNIT_EXPECT_EQ(test, bench_clear(b), c->async);
	expect_state(test, b, VCCW_IDLE);
}

static void program_check_of_start(struct kunit *test)
{
	struct bench *b = test->priv;

	b->start_cc = -EIO;
	bench_ccw(b, PROGRAM, CMD_READ, 0, 8, 0x20000);
	KUNIT_EXPECT_EQ(test, bench_start(b, PROGRAM, ORB1), -EIO);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
}

static void not_operational(struct kunit *test)
{
	struct bench *b = test->priv;

	bench_ccw(b, PROGRAM, CMD_READ, 0, 8, 0x20000);
	KUNIT_ASSERT_EQ(test, bench_start(b, PROGRAM, ORB1), 0);
	bench_not_oper(b);
	expect_state(test, b, VCCW_NOT_OPER);
	KUNIT_EXPECT_EQ(test, b->gone, 1);
	/* Released by the work item, not under the lock. */
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 1);
	KUNIT_EXPECT_TRUE(test, b->work_queued);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
	KUNIT_EXPECT_EQ(test, bench_start(b, PROGRAM, ORB1), -ENODEV);
	KUNIT_EXPECT_EQ(test, bench_halt(b), -ENODEV);
	KUNIT_EXPECT_EQ(test, bench_clear(b), -ENODEV);
	vccw_core_close(b->core);
	KUNIT_EXPECT_EQ(test, vccw_core_open(b->core), -ENODEV);
}

static void bad_requests(struct kunit *test)
{
	struct bench *b = test->priv;

	bench_ccw(b, PROGRAM, CMD_NOP, 0, 1, 0);
	KUNIT_EXPECT_EQ(test, bench_async(b, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, bench_async(b, 3), -EINVAL);
	KUNIT_EXPECT_EQ(test, bench_async(b, 0x80000001), -EINVAL);
	/* Transport mode; an address that no ORB can have. */
	KUNIT_EXPECT_EQ(test, bench_start(b, PROGRAM, ORB1 | 0x00040000), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, bench_start(b, 0x80000000, ORB1), -EINVAL);
	KUNIT_EXPECT_EQ(test, b->starts, 0);
	expect_state(test, b, VCCW_IDLE);
}

/* START runs out of memory at each of its allocations: an errno, and nothing is left. */
static void start_without_memory(struct kunit *test)
{
	struct bench *b = test->priv;
	int i, n, ret = -ENOMEM;

	/* More than what the core has in reserve. */
	for (i = 0; i < 2000; i++)
		bench_ccw(b, PROGRAM + 8 * i, CMD_READ, F_CC, 0x1800, 0x20800 + i % 16 * 0x1000);
	bench_ccw(b, PROGRAM + 8 * i, CMD_TIC, 0, 0, 0x1c000);
	bench_ccw(b, 0x1c000, CMD_WRITE, 0, 0x1000, 0x21800);
	for (n = 0; n < 100 && ret; n++) {
		b->allocs_until_enomem = n;
		ret = bench_start(b, PROGRAM, ORB1);
		if (ret) {
			KUNIT_EXPECT_EQ(test, ret, -ENOMEM);
			KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
		}
	}
	KUNIT_EXPECT_EQ(test, ret, 0);
	KUNIT_EXPECT_GT(test, n, 1);
	b->allocs_until_enomem = -1;
}

static struct kunit_case cases[] = {
	KUNIT_CASE(life),
	KUNIT_CASE(open_fails),
	KUNIT_CASE(closed),
	KUNIT_CASE_PARAM(start_cc, cc_gen_params),
	KUNIT_CASE_PARAM(halt_cc, cc_gen_params),
	KUNIT_CASE_PARAM(clear_cc, cc_gen_params),
	KUNIT_CASE(program_check_of_start),
	KUNIT_CASE(not_operational),
	KUNIT_CASE(bad_requests),
	KUNIT_CASE(start_without_memory),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_states",
	.init = bench_init,
	.exit = bench_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
