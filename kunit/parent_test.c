// SPDX-License-Identifier: GPL-2.0-only
/*
 * A subchannel as the parent of its mdev, with the kernel's own mdev bus.  The source
 * is part of this file; the subchannel is a device without a driver, its mdev's driver
 * does nothing.
 */
#include <kunit/test.h>
#include <linux/fs.h>

#include "../drivers/cio.h"

static u8 every_path(struct subchannel *sch) { return 0xff; }
static int is_there(struct subchannel *sch) { return 0; }

#define chp_get_sch_opm every_path
#define cio_update_schib is_there
#include "../drivers/parent.c"
#undef cio_update_schib
#undef chp_get_sch_opm

#define UUID "a1b2c3d4-0000-4000-8000-00000000c0de"

static int probe(struct mdev_device *mdev) { return 0; }
static void remove(struct mdev_device *mdev) {}

struct mdev_driver vccw_mdev_driver = {
	.device_api = VFIO_DEVICE_API_CCW_STRING,
	.max_instances = 1,
	.probe = probe,
	.remove = remove,
	.driver = {
		.name = "vccw_kunit_mdev",
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
	},
};

struct fixture {
	struct device *root;
	struct subchannel *sch;
};

static void sch_release(struct device *dev) { kfree(to_subchannel(dev)); }

static int init(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	test->priv = f;
	KUNIT_ASSERT_EQ(test, mdev_register_driver(&vccw_mdev_driver), 0);
	f->root = root_device_register("vccw-kunit");
	KUNIT_ASSERT_FALSE(test, IS_ERR(f->root));
	/* Shorter than the kernel's: nobody but us looks behind its `dev`. */
	f->sch = kzalloc(sizeof(*f->sch), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->sch);
	spin_lock_init(&f->sch->lock);
	f->sch->dev.parent = f->root;
	f->sch->dev.init_name = "sch";
	f->sch->dev.release = sch_release;
	KUNIT_ASSERT_EQ(test, device_register(&f->sch->dev), 0);
	return 0;
}

static void finish(struct kunit *test)
{
	struct fixture *f = test->priv;

	if (f->sch)
		device_unregister(&f->sch->dev);
	if (!IS_ERR_OR_NULL(f->root))
		root_device_unregister(f->root);
	mdev_unregister_driver(&vccw_mdev_driver);
}

/* The subchannel's mdev, made as an operator does; with a reference. */
static struct device *bind_and_create_mdev(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct device *mdev;
	struct file *file;
	loff_t at = 0;

	KUNIT_ASSERT_EQ(test, vccw_parent_add(f->sch, 0), 0);
	file = filp_open("/sys/devices/vccw-kunit/sch/mdev_supported_types/-io/create",
			 O_WRONLY, 0);
	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(file), "%pe", file);
	KUNIT_EXPECT_EQ(test, kernel_write(file, UUID, strlen(UUID), &at), strlen(UUID));
	filp_close(file, NULL);
	mdev = device_find_child_by_name(&f->sch->dev, UUID);
	KUNIT_ASSERT_NOT_NULL(test, mdev);
	return mdev;
}

static unsigned int references(const struct subchannel *sch)
{
	return kref_read(&sch->dev.kobj.kref);
}

/*
 * Who looks at the mdev may be the last to have a reference, and the mdev's release reads
 * its type and parent (drivers/vfio/mdev/mdev_core.c).  It may wait for the lock that is
 * held here, as device_shutdown() does (drivers/base/core.c).  The subchannel does not stay
 * for it: its number may soon be another one's.
 */
static void outlives_the_last_reference_of_its_mdev(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned int before = references(f->sch);
	struct device *mdev = bind_and_create_mdev(test);

	vccw_parent_remove(f->sch);
	KUNIT_EXPECT_NULL(test, dev_get_drvdata(&f->sch->dev));
	KUNIT_EXPECT_EQ(test, references(f->sch), before);
	KUNIT_EXPECT_EQ(test, atomic_read(&parents), 1);
	put_device(mdev);
	KUNIT_EXPECT_EQ(test, atomic_read(&parents), 0);
}

static void leaves_room_for_the_next_one(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct device *mdev = bind_and_create_mdev(test);

	vccw_parent_remove(f->sch);
	KUNIT_EXPECT_EQ(test, vccw_parent_add(f->sch, 0), 0);
	put_device(mdev);
	vccw_parent_remove(f->sch);
	KUNIT_EXPECT_EQ(test, atomic_read(&parents), 0);
}

static void goes_at_once_without_an_mdev(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_ASSERT_EQ(test, vccw_parent_add(f->sch, 0), 0);
	KUNIT_EXPECT_NOT_NULL(test, dev_get_drvdata(&f->sch->dev));
	vccw_parent_remove(f->sch);
	KUNIT_EXPECT_NULL(test, dev_get_drvdata(&f->sch->dev));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(outlives_the_last_reference_of_its_mdev),
	KUNIT_CASE(leaves_room_for_the_next_one),
	KUNIT_CASE(goes_at_once_without_an_mdev),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_parent",
	.init = init,
	.exit = finish,
	.test_cases = cases,
};
kunit_test_suite(suite);
