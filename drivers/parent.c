// SPDX-License-Identifier: GPL-2.0-only
/*
 * A bound subchannel as the parent of one mdev, and the one place where the
 * arrows from a subchannel to its mdev change.
 */
#include <linux/slab.h>
#include <linux/wait_bit.h>
#include <asm/ccwdev.h>

#include "vccw.h"

/*
 * The ccw device that cio finds where it takes our driver data for its own
 * driver's: not offline, and so in use.  Anything else there would be taken for
 * a pointer and followed.  Linux 6.12 looks at the state, 7.2 at `online`.
 */
static u8 not_offline[sizeof(struct ccw_device_private)] __aligned(8);
static struct ccw_device in_use = {
	.private = (struct ccw_device_private *)not_offline,
	.online = 1,
};

static_assert(DEV_STATE_OFFLINE != 0);
static_assert(offsetof(struct vccw_parent, cio) == 0);
static_assert(offsetof(struct vccw_cio_view, cdev) ==
	      offsetof(struct io_subchannel_private, cdev));

static atomic_t parents;	/* that are not freed */

static void parent_release(struct device *dev)
{
	kfree(container_of(dev, struct vccw_parent, dev));
	if (atomic_dec_and_test(&parents))
		wake_up_var(&parents);
}

void vccw_parents_released(void)
{
	wait_var_event(&parents, !atomic_read(&parents));
}

static void set_parent(struct subchannel *sch, struct vccw_parent *parent)
{
	spin_lock_irq(&sch->lock);
	dev_set_drvdata(&sch->dev, parent);
	spin_unlock_irq(&sch->lock);
}

/*
 * The paths that START may use by default, as cio's own driver sets them.  In one
 * hold of the lock: a path that is varied meanwhile is told by chp_event, under
 * the lock and after cio has noted it.
 */
static void init_paths(struct subchannel *sch)
{
	u8 allowed;

	spin_lock_irq(&sch->lock);
	allowed = chp_get_sch_opm(sch);
	sch->lpm = allowed & sch->schib.pmcw.pam;
	sch->opm = allowed;
	spin_unlock_irq(&sch->lock);
}

static const struct vccw_parent new_parent = {
	.cio = { .cdev = &in_use },
	.dev = { .init_name = "parent", .release = parent_release },
	.type = {
		.sysfs_name = "io",
		.pretty_name = "I/O subchannel (Non-QDIO)",
	},
};

static struct vccw_parent *parent_create(struct subchannel *sch)
{
	struct vccw_parent *parent;
	int ret;

	parent = kmemdup(&new_parent, sizeof(new_parent), GFP_KERNEL);
	if (!parent)
		return ERR_PTR(-ENOMEM);
	atomic_inc(&parents);
	parent->types[0] = &parent->type;
	parent->dev.parent = &sch->dev;
	ret = device_register(&parent->dev);
	if (ret) {
		put_device(&parent->dev);
		return ERR_PTR(ret);
	}
	return parent;
}

/*
 * Of clients that had the device open when the subchannel was taken away: by number,
 * as what has the number may have been plugged again since, and a parent's place in
 * /sys/class/mdev_bus goes by it.
 */
static LIST_HEAD(all_behind);
static DEFINE_SPINLOCK(behind_lock);	/* within a subchannel lock */

static bool is_left_behind(const struct subchannel *sch)
{
	const struct vccw_parent *p;
	bool found = false;

	spin_lock_irq(&behind_lock);
	list_for_each_entry(p, &all_behind, behind) {
		if (!memcmp(&to_subchannel(p->dev.parent)->schid, &sch->schid,
			    sizeof(sch->schid)))
			found = true;
	}
	spin_unlock_irq(&behind_lock);
	return found;
}

int vccw_parent_add(struct subchannel *sch, u16 cu_type)
{
	struct vccw_parent *parent;
	int ret;

	if (is_left_behind(sch)) {
		dev_warn(&sch->dev, "a client still has its device open from before: close it there, then bind again\n");
		return -EBUSY;
	}
	parent = parent_create(sch);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	parent->cu_type = cu_type;
	parent->devno = pmcw_devno(&sch->schib.pmcw);
	init_paths(sch);
	set_parent(sch, parent);
	ret = mdev_register_parent(&parent->mdev, &sch->dev, &vccw_mdev_driver,
				   parent->types, ARRAY_SIZE(parent->types));
	if (ret) {
		set_parent(sch, NULL);
		device_unregister(&parent->dev);
	}
	return ret;
}

/*
 * Somebody may have an mdev's last reference, and its release reads its type and its parent;
 * each mdev has a reference of the type until then, and the type one of the device that
 * `mdev.dev` names (drivers/vfio/mdev/mdev_core.c).  That is `parent` itself afterwards,
 * so that it stays as long as it is read.  Nothing waits for it here, where the caller
 * holds the subchannel's device lock: device_shutdown() has a reference and waits for that.
 */
static void unregister_parent(struct vccw_parent *parent)
{
	struct kobject *type = kobject_get(&parent->type.kobj);
	struct device *sch = parent->mdev.dev;

	mdev_unregister_parent(&parent->mdev);
	parent->mdev.dev = get_device(&parent->dev);
	kobject_put(type);
	put_device(sch);
}

void vccw_parent_remove(struct subchannel *sch)
{
	struct vccw_parent *parent = dev_get_drvdata(&sch->dev);

	unregister_parent(parent);
	set_parent(sch, NULL);
	device_unregister(&parent->dev);
}

bool vccw_parent_hand_over(struct vccw_device *d)
{
	struct subchannel *sch = d->sch;

	spin_lock_irq(&sch->lock);
	if (!d->has_left) {
		d->detached = true;
		dev_set_drvdata(&sch->dev, NULL);
		spin_lock(&behind_lock);
		list_add(&d->parent->behind, &all_behind);
		spin_unlock(&behind_lock);
	}
	spin_unlock_irq(&sch->lock);
	return d->detached;
}

/* Its device holds the subchannel until then. */
void vccw_parent_destroy(struct vccw_parent *parent)
{
	unregister_parent(parent);
	device_del(&parent->dev);
	/* Its name is free. */
	spin_lock_irq(&behind_lock);
	list_del(&parent->behind);
	spin_unlock_irq(&behind_lock);
	put_device(&parent->dev);
}

bool vccw_parent_is_of_another(struct subchannel *sch)
{
	const struct vccw_parent *parent = dev_get_drvdata(&sch->dev);

	return parent && parent->devno != pmcw_devno(&sch->schib.pmcw);
}

int vccw_parent_attach(struct vccw_device *d, struct vccw_parent *parent)
{
	struct subchannel *sch = d->sch;
	bool another = false;
	int ret = 0;

	spin_lock_irq(&sch->lock);
	if (dev_get_drvdata(&sch->dev) != parent || parent->closing ||
	    cio_update_schib(sch)) {
		ret = -ENODEV;
	} else if (vccw_parent_is_of_another(sch)) {
		another = true;
		ret = -ENODEV;
	} else if (WARN_ON_ONCE(parent->device)) {
		ret = -EBUSY;
	} else {
		parent->device = d;
		d->parent = parent;
	}
	spin_unlock_irq(&sch->lock);
	if (another)
		dev_warn(&sch->dev, "another device is there than the one that was bound: unbind the subchannel, look, and bind it again\n");
	return ret;
}

void vccw_parent_closing(struct subchannel *sch)
{
	struct vccw_parent *parent;

	spin_lock_irq(&sch->lock);
	parent = dev_get_drvdata(&sch->dev);
	parent->closing = true;
	spin_unlock_irq(&sch->lock);
}

/*
 * When this returns no css callback uses `d` any more, none will find it, and
 * its work has ended for good.
 */
void vccw_parent_detach(struct vccw_device *d)
{
	spin_lock_irq(&d->sch->lock);
	d->parent->device = NULL;
	spin_unlock_irq(&d->sch->lock);
	cancel_delayed_work_sync(&d->work);
}
