// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that a client is unmapping: when STARTs into it are busy.  vfio's type1 back
 * end (vfio_iommu_type1.c) makes the calls, round after round, and gives up with
 * BUG_ON after ten.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/mman.h>

#include "../drivers/unmap.c"
#include "bench.h"

enum { AT = 0x10000, LENGTH = 0x2000 };

/* A client has memory of its own, and so has this thread from here on. */
static struct vccw_device *device_of(struct kunit *test)
{
	struct vccw_device *d = kunit_kzalloc(test, sizeof(*d), GFP_KERNEL);
	struct bench *b = test->priv;

	KUNIT_ASSERT_NOT_NULL(test, d);
	kunit_vm_mmap(test, NULL, 0, PAGE_SIZE, PROT_READ | PROT_WRITE,
		      MAP_ANONYMOUS | MAP_PRIVATE, 0);
	KUNIT_ASSERT_NOT_NULL(test, current->mm);
	d->core = b->core;
	return d;
}

static bool is_busy(struct vccw_device *d)
{
	return vccw_is_unmapping(d, AT + LENGTH - 1, 1);
}

static void the_first_round_refuses_nothing(struct kunit *test)
{
	struct vccw_device *d = device_of(test);

	KUNIT_EXPECT_FALSE(test, is_busy(d));
	vccw_unmap(d, AT, LENGTH);
	KUNIT_EXPECT_FALSE(test, is_busy(d));
}

static void the_second_round_is_busy_for_a_while(struct kunit *test)
{
	struct vccw_device *d = device_of(test);
	int ms;

	vccw_unmap(d, AT, LENGTH);
	vccw_unmap(d, AT, LENGTH);
	KUNIT_EXPECT_TRUE(test, is_busy(d));
	KUNIT_EXPECT_TRUE(test, vccw_is_unmapping(d, 0, U64_MAX));
	KUNIT_EXPECT_FALSE(test, vccw_is_unmapping(d, AT + LENGTH, 0x1000));
	KUNIT_EXPECT_FALSE(test, vccw_is_unmapping(d, AT - 0x1000, 0x1000));
	for (ms = 0; is_busy(d) && ms < 60000; ms += 20)
		msleep(20);
	KUNIT_EXPECT_FALSE(test, is_busy(d));
}

static void each_further_round_lasts_longer(struct kunit *test)
{
	struct vccw_device *d = device_of(test);
	unsigned int before, round;

	vccw_unmap(d, AT, LENGTH);
	vccw_unmap(d, AT, LENGTH);
	for (round = 3; round <= 10; round++) {
		before = d->unmapping.busy_ms;
		vccw_unmap(d, AT, LENGTH);
		KUNIT_EXPECT_EQ(test, d->unmapping.busy_ms, 2 * before);
		KUNIT_EXPECT_TRUE(test, is_busy(d));
	}
	KUNIT_EXPECT_GT(test, d->unmapping.busy_ms, 20000U);
}

/* A later device of the same client is being stopped: seconds, perhaps. */
static void a_thread_inside_keeps_it_busy(struct kunit *test)
{
	struct vccw_device *d = device_of(test);
	struct unmapper other = { .mm = current->mm };

	vccw_unmap(d, AT, LENGTH);
	vccw_unmap(d, AT, LENGTH);
	spin_lock(&unmap_lock);
	list_add(&other.list, &unmappers);
	spin_unlock(&unmap_lock);
	d->unmapping.until = jiffies - 1;
	KUNIT_EXPECT_TRUE(test, is_busy(d));
	spin_lock(&unmap_lock);
	list_del(&other.list);
	spin_unlock(&unmap_lock);
	KUNIT_EXPECT_FALSE(test, is_busy(d));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(the_first_round_refuses_nothing),
	KUNIT_CASE(the_second_round_is_busy_for_a_while),
	KUNIT_CASE(each_further_round_lasts_longer),
	KUNIT_CASE(a_thread_inside_keeps_it_busy),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_unmap",
	.init = bench_init,
	.exit = bench_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
