// SPDX-License-Identifier: GPL-2.0-only
/* How often a device may say the same thing: its source is part of this file. */
#include <kunit/test.h>

#include "../drivers/ratelimit.c"

#define A VCCW_MSG_TRANSPORT_MODE
#define B VCCW_MSG_IRB_DROPPED

struct fixture {
	struct vccw_ratelimit one, other;
	u64 left_out;
};

static int init(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	test->priv = f;
	vccw_ratelimit_init(&f->one);
	vccw_ratelimit_init(&f->other);
	return 0;
}

/* How many of `times` are said, at `now`. */
static int said(struct fixture *f, struct vccw_ratelimit *limit,
		enum vccw_msg kind, unsigned long now, int times)
{
	int n = 0;

	while (times--)
		n += vccw_ratelimit(limit, kind, now, &f->left_out);
	return n;
}

static void three_a_minute(struct kunit *test)
{
	const unsigned long from = ULONG_MAX - 10 * HZ;	/* jiffies wrap */
	struct fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, said(f, &f->one, A, from, 1000), 3);
	KUNIT_EXPECT_EQ(test, said(f, &f->one, A, from + 60 * HZ - 1, 1000), 0);
	KUNIT_EXPECT_EQ(test, said(f, &f->one, A, from + 60 * HZ, 1000), 3);
	/* The minute counts from its first line. */
	KUNIT_EXPECT_EQ(test, said(f, &f->one, A, from + 500 * HZ, 1), 1);
	KUNIT_EXPECT_EQ(test, said(f, &f->one, A, from + 559 * HZ, 1000), 2);
}

static void kinds_and_devices_apart(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, said(f, &f->one, A, 0, 1000), 3);
	KUNIT_EXPECT_EQ(test, said(f, &f->one, B, 0, 1), 1);
	KUNIT_EXPECT_EQ(test, said(f, &f->other, A, 0, 1), 1);
}

static void left_out_is_told_once(struct kunit *test)
{
	struct fixture *f = test->priv;

	said(f, &f->one, A, 0, 3);
	KUNIT_EXPECT_EQ(test, f->left_out, 0);
	said(f, &f->one, A, 0, 997);
	KUNIT_EXPECT_EQ(test, said(f, &f->one, A, 60 * HZ, 1), 1);
	KUNIT_EXPECT_EQ(test, f->left_out, 997);
	KUNIT_EXPECT_EQ(test, said(f, &f->one, A, 60 * HZ, 1), 1);
	KUNIT_EXPECT_EQ(test, f->left_out, 0);
	said(f, &f->one, A, 60 * HZ, 6);
	KUNIT_EXPECT_EQ(test, vccw_ratelimit_left_out(&f->one, A), 5);
	KUNIT_EXPECT_EQ(test, vccw_ratelimit_left_out(&f->one, A), 0);
	KUNIT_EXPECT_EQ(test, vccw_ratelimit_left_out(&f->one, B), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(three_a_minute),
	KUNIT_CASE(kinds_and_devices_apart),
	KUNIT_CASE(left_out_is_told_once),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_ratelimit",
	.init = init,
	.test_cases = cases,
};
kunit_test_suite(suite);
