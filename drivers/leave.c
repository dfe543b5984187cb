// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a mediated device goes, when a client may have it open and may not let go.
 *
 * vfio_unregister_group_dev() waits for the client and asks it every 10 seconds
 * to close.  Only the work item here calls it, which holds no lock, so that
 * nobody else waits but who may:
 *
 *	not operational  the work item has the subchannel unregistered afterwards;
 *			 cio's queue, which plugs all devices, waits for no client
 *	unbind		 waits LET_GO_MS; then the subchannel is taken away from the
 *			 client, and the rest goes when it closes
 *	mdev removal	 the process that asked waits
 *
 * Letting clients in is a work item's, too: vfio registers and unregisters under one
 * lock for all devices, and waits under it for locks that a client can hold
 * (drivers/vfio/group.c, vfio_device_remove_group).
 */
#include <linux/reboot.h>

#include "debug.h"
#include "vccw.h"

/* For a client that listens to REQ to close, until unbind goes without it. */
enum { LET_GO_MS = 2000 };

static struct workqueue_struct *leaving;
static DECLARE_WAIT_QUEUE_HEAD(through_wait);	/* a work item is through */
static bool going_down;
static atomic_t staying;	/* devices whose client has been asked and has not let go */

void vccw_put_subchannel(struct vccw_device *d)
{
	if (!d->detached)
		put_device(&d->sch->dev);
}

/*
 * Of one that went, and was unbound before the client had closed: cio asks nobody where
 * no driver is.  Somebody may have bound it again.
 */
static bool is_unused(const struct subchannel *sch)
{
	return !READ_ONCE(sch->dev.driver);
}

/*
 * On cio's queue, which looks at subchannels, too: a look in the middle does not find the
 * subchannel, which has left the bus's list, and finds its name taken.
 */
static void unregister_subchannel(struct subchannel *sch)
{
	spin_lock_irq(&sch->lock);
	css_sched_sch_todo(sch, SCH_TODO_UNREG);
	spin_unlock_irq(&sch->lock);
	flush_work(&sch->todo_work);
}

/*
 * Afterwards no client can open it, nobody has it open, and the subchannel's
 * fate is settled: see struct vccw_device for the flags.
 */
static void leave(struct work_struct *w)
{
	struct vccw_device *d = container_of(w, struct vccw_device, leave);
	bool detached, gone;

	mutex_lock(&d->registration);
	if (d->registered)
		vfio_unregister_group_dev(&d->vdev);
	d->registered = false;
	mutex_unlock(&d->registration);

	spin_lock_irq(&d->sch->lock);
	WRITE_ONCE(d->has_left, true);
	detached = d->detached;
	gone = d->gone;
	spin_unlock_irq(&d->sch->lock);
	atomic_dec(&staying);
	wake_up_all(&through_wait);

	vccw_debug(2, "sch %x.%x.%04x: left\n", d->sch);
	if (detached)
		vccw_parent_destroy(d->parent);
	/* Before the reprobe, which looks now for what is not registered. */
	if (gone && (!detached || is_unused(d->sch)))
		unregister_subchannel(d->sch);
	/*
	 * It may have been plugged again while the client still held the old one,
	 * whose last reference must not meet the new one.
	 */
	vccw_put_subchannel(d);
	if (gone)
		css_schedule_reprobe();
	vfio_put_device(&d->vdev);
}

static void join(struct work_struct *w)
{
	struct vccw_device *d = container_of(w, struct vccw_device, join);
	int ret = -ENODEV;

	mutex_lock(&d->registration);
	if (!test_bit(VCCW_LEAVING, &d->flags))
		ret = vfio_register_emulated_iommu_dev(&d->vdev);
	d->registered = !ret;
	mutex_unlock(&d->registration);
	/* With all that registering wrote; the last use of `d`. */
	smp_store_release(&d->joined, ret ?: 1);
	wake_up_all(&through_wait);
}

void vccw_leave_init(struct vccw_device *d)
{
	mutex_init(&d->registration);
	INIT_WORK(&d->join, join);
	INIT_WORK(&d->leave, leave);
}

static bool has_left(const struct vccw_device *d)
{
	return READ_ONCE(d->has_left);
}

static bool has_joined(const struct vccw_device *d)
{
	/* What registering wrote is there. */
	return smp_load_acquire(&d->joined);
}

/*
 * The mdev's device lock held, for as long as a client likes, which is no hung task.  The
 * system needs the lock when it goes down: it is given up then.  Who had it meanwhile may
 * have taken the driver from the mdev, and all is done: this does not return then.
 */
static void wait_until(bool (*through)(const struct vccw_device *d),
		       struct vccw_device *d, struct device *mdev)
{
	bool is_driven;

	wait_event_idle(through_wait, through(d) || READ_ONCE(going_down));
	if (through(d))
		return;
	get_device(&d->vdev.device);
	device_unlock(mdev);
	wait_event_idle(through_wait, through(d));
	device_lock(mdev);
	is_driven = dev_get_drvdata(mdev) == d;
	put_device(&d->vdev.device);
	if (is_driven)
		return;
	device_unlock(mdev);
	wait_event_idle(through_wait, false);
}

int vccw_leave_register(struct vccw_device *d, struct device *mdev)
{
	queue_work(leaving, &d->join);
	wait_until(has_joined, d, mdev);
	return min(d->joined, 0);
}

void vccw_leave(struct vccw_device *d)
{
	if (test_and_set_bit(VCCW_LEAVING, &d->flags))
		return;
	get_device(&d->vdev.device);
	get_device(&d->sch->dev);
	atomic_inc(&staying);
	queue_work(leaving, &d->leave);
}

void vccw_leave_wait(struct vccw_device *d, struct device *mdev)
{
	wait_until(has_left, d, mdev);
}

bool vccw_leave_soon(struct vccw_device *d)
{
	return wait_event_timeout(through_wait, has_left(d),
				  msecs_to_jiffies(LET_GO_MS));
}

/* Before the devices are shut down: their locks must be free by then. */
static int system_goes_down(struct notifier_block *nb, unsigned long action,
			    void *data)
{
	WRITE_ONCE(going_down, true);
	wake_up_all(&through_wait);
	return NOTIFY_DONE;
}

static struct notifier_block reboot = { .notifier_call = system_goes_down };

int vccw_leave_start(void)
{
	int ret;

	leaving = alloc_workqueue("vfio-ccw-leave", WQ_UNBOUND, WQ_MAX_ACTIVE);
	if (!leaving)
		return -ENOMEM;
	ret = register_reboot_notifier(&reboot);
	if (ret)
		destroy_workqueue(leaving);
	return ret;
}

/*
 * No subchannel is bound any more.  Waits for clients that were left behind, which is
 * no hung task either; the system may go down meanwhile.
 */
void vccw_leave_stop(void)
{
	wait_event_idle(through_wait, !atomic_read(&staying));
	destroy_workqueue(leaving);
	unregister_reboot_notifier(&reboot);
}
