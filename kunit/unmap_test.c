// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that a client is unmapping: when STARTs into it are busy.  vfio's type1 back
 * end (vfio_iommu_type1.c) makes the calls, round after round, and gives up with
 * BUG_ON after ten.
 */
#include <kunit/test.h>
#include <linux/delay.h>

#include "../drivers/unmap.c"

enum { AT = 0x10000, LENGTH = 0x2000 };

static void released(struct device *dev)
{
	*(bool *)dev_get_drvdata(dev) = true;
}

/* A device of which only the reference count works; sets *gone when that is used up. */
static struct vccw_device *make(struct kunit *test, bool *gone)
{
	struct vccw_device *d = kunit_kzalloc(test, sizeof(*d), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, d);
	device_initialize(&d->vdev.device);
	d->vdev.device.release = released;
	dev_set_drvdata(&d->vdev.device, gone);
	vccw_unmap_init(d);
	return d;
}

static bool is_busy(struct vccw_device *d, u64 iova)
{
	return vccw_is_unmapping(d, iova, 1);
}

static void busy_until_the_thread_returns(struct kunit *test)
{
	bool gone = false;
	struct vccw_device *d = make(test, &gone);
	struct vccw_device *other = make(test, &gone);
	struct note *n;

	KUNIT_EXPECT_FALSE(test, is_busy(d, AT));
	n = add(d, AT, AT + LENGTH - 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT));
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT + LENGTH - 1));
	KUNIT_EXPECT_TRUE(test, vccw_is_unmapping(d, 0, U64_MAX));
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT - 1));
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT + LENGTH));
	KUNIT_EXPECT_FALSE(test, is_busy(other, AT));
	over(n);
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT));
}

static void another_round_is_the_same_note(struct kunit *test)
{
	bool gone = false;
	struct vccw_device *d = make(test, &gone);
	struct note *n;

	KUNIT_EXPECT_FALSE(test, extend(d, AT, AT));
	n = add(d, AT, AT + LENGTH - 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_TRUE(test, extend(d, 2 * AT, 2 * AT + LENGTH - 1));
	KUNIT_EXPECT_TRUE(test, list_is_singular(&d->notes));
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT));
	KUNIT_EXPECT_TRUE(test, is_busy(d, 2 * AT));
	n->task = NULL; /* another thread's is another */
	KUNIT_EXPECT_FALSE(test, extend(d, AT, AT));
	over(n);
	KUNIT_EXPECT_TRUE(test, list_empty(&d->notes));
}

/* ... by all others. */
static void a_device_that_is_released_first(struct kunit *test)
{
	bool gone = false;
	struct vccw_device *d = make(test, &gone);
	struct note *n;

	n = add(d, AT, AT + LENGTH - 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	put_device(&d->vdev.device);
	KUNIT_EXPECT_FALSE(test, gone);
	over(n);
	KUNIT_EXPECT_TRUE(test, gone);
}

/* What a client that has closed the device is still at is not its next one's. */
static void another_session_is_not_busy(struct kunit *test)
{
	bool gone = false;
	struct vccw_device *d = make(test, &gone);
	struct note *n;

	n = add(d, AT, AT + LENGTH - 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	d->session++;
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT));
	/* ... unless it is the same container's, which tells the device once more. */
	KUNIT_EXPECT_TRUE(test, extend(d, AT, AT));
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT));
	over(n);
}

/* As when no memory or no file is left (fs/file_table.c: alloc_empty_file, -ENFILE). */
static void busy_for_good(struct kunit *test)
{
	bool gone = false;
	struct vccw_device *d = make(test, &gone);

	not_watched(d, AT, AT + LENGTH - 1);
	not_watched(d, 4 * AT, 4 * AT);
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT));
	KUNIT_EXPECT_TRUE(test, is_busy(d, 4 * AT));
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT - 1));
	KUNIT_EXPECT_FALSE(test, is_busy(d, 4 * AT + 1));
}

/* The end of the file is that of the note: in a thread without a program, a work item's. */
static void ends_with_its_file(struct kunit *test)
{
	unsigned long end = jiffies + msecs_to_jiffies(60000);
	bool gone = false;
	struct vccw_device *d = make(test, &gone);
	struct note *n = add(d, AT, AT);
	struct file *file;

	KUNIT_ASSERT_NOT_NULL(test, n);
	file = anon_inode_getfile("[test]", &watch_ops, n, O_RDONLY);
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_TRUE(test, is_busy(d, AT));
	put_device(&d->vdev.device); /* the note's reference is the last */
	fput(file);
	while (!READ_ONCE(gone) && time_before(jiffies, end))
		msleep(1);
	KUNIT_EXPECT_TRUE(test, gone);
	KUNIT_EXPECT_FALSE(test, is_busy(d, AT));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(busy_until_the_thread_returns),
	KUNIT_CASE(another_round_is_the_same_note),
	KUNIT_CASE(a_device_that_is_released_first),
	KUNIT_CASE(another_session_is_not_busy),
	KUNIT_CASE(busy_for_good),
	KUNIT_CASE(ends_with_its_file),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_unmap",
	.test_cases = cases,
};
kunit_test_suite(suite);
