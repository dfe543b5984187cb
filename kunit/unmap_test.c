// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that a client is unmapping: when STARTs into it are busy.  vfio's type1 back
 * end (vfio_iommu_type1.c) makes the calls, round after round, and gives up with
 * BUG_ON after ten.
 */
#include <kunit/test.h>

#include "../drivers/unmap.c"

enum { AT = 0x10000, LENGTH = 0x2000 };

static bool is_busy(struct vccw_device *d, u64 iova)
{
	return vccw_is_unmapping(d, iova, 1);
}

static void busy_until_the_thread_returns(struct kunit *test)
{
	struct vccw_device *d = kunit_kzalloc(test, sizeof(*d), GFP_KERNEL);
	struct vccw_device *other = kunit_kzalloc(test, sizeof(*d), GFP_KERNEL);
	struct note *n;

	KUNIT_ASSERT_NOT_NULL(test, d);
	KUNIT_ASSERT_NOT_NULL(test, other);
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT));
	n = add(d, AT, AT + LENGTH - 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT));
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT + LENGTH - 1));
	KUNIT_EXPECT_TRUE(test, vccw_is_unmapping(d, 0, U64_MAX));
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT - 1));
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT + LENGTH));
	KUNIT_EXPECT_FALSE(test, is_busy(other, AT));
	unmap_over(&n->over);
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT));
}

static void another_round_is_the_same_note(struct kunit *test)
{
	struct vccw_device *d = kunit_kzalloc(test, sizeof(*d), GFP_KERNEL);
	struct note *n;

	KUNIT_ASSERT_NOT_NULL(test, d);
	KUNIT_EXPECT_FALSE(test, extend(d, AT, AT));
	n = add(d, AT, AT + LENGTH - 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_TRUE(test, extend(d, 2 * AT, 2 * AT + LENGTH - 1));
	KUNIT_EXPECT_EQ(test, d->unmapping, 1U);
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT));
	KUNIT_EXPECT_TRUE(test, is_busy(d, 2 * AT));
	n->task = NULL; /* another thread's is another */
	KUNIT_EXPECT_FALSE(test, extend(d, AT, AT));
	unmap_over(&n->over);
	KUNIT_EXPECT_EQ(test, d->unmapping, 0U);
}

static void a_device_that_is_released_first(struct kunit *test)
{
	struct vccw_device *d = kunit_kzalloc(test, sizeof(*d), GFP_KERNEL);
	struct note *n;

	KUNIT_ASSERT_NOT_NULL(test, d);
	n = add(d, AT, AT + LENGTH - 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	vccw_unmap_forget(d);
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT));
	kunit_kfree(test, d);
	unmap_over(&n->over);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(busy_until_the_thread_returns),
	KUNIT_CASE(another_round_is_the_same_note),
	KUNIT_CASE(a_device_that_is_released_first),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_unmap",
	.test_cases = cases,
};
kunit_test_suite(suite);
