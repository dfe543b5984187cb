// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a mediated device goes, when a client may have it open and may not let go.
 *
 * vfio_unregister_group_dev() waits for the client and asks it every 10 seconds
 * to close.  Only the work item here calls it, which holds no lock, so that
 * nobody else waits but who may:
 *
 *	not operational  the work item unregisters the subchannel afterwards;
 *			 cio's queue, which plugs all devices, waits for nothing
 *	unbind		 waits LET_GO_MS; then the subchannel is taken away from the
 *			 client, and the rest goes when it closes
 *	mdev removal	 the process that asked waits
 */
#include <linux/reboot.h>

#include "debug.h"
#include "vccw.h"

/* For a client that listens to REQ to close, until unbind goes without it. */
enum { LET_GO_MS = 2000 };

static struct workqueue_struct *leaving;
static DECLARE_WAIT_QUEUE_HEAD(left_wait);
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
	wake_up_all(&left_wait);

	vccw_debug(2, "sch %x.%x.%04x: left\n", d->sch);
	if (detached)
		vccw_parent_destroy(d->parent);
	/*
	 * Here and not on cio's queue: the reprobe looks now for what is not registered.
	 * If cio looks at a device in its place while this lasts, it finds the number taken,
	 * says so in the log, and the reprobe finds the device.
	 */
	if (gone && (!detached || is_unused(d->sch)))
		css_sch_device_unregister(d->sch);
	/*
	 * It may have been plugged again while the client still held the old one,
	 * whose last reference must not meet the new one.
	 */
	vccw_put_subchannel(d);
	if (gone)
		css_schedule_reprobe();
	vfio_put_device(&d->vdev);
}

void vccw_leave_init(struct vccw_device *d)
{
	mutex_init(&d->registration);
	INIT_WORK(&d->leave, leave);
}

int vccw_leave_register(struct vccw_device *d)
{
	int ret = -ENODEV;

	mutex_lock(&d->registration);
	if (!test_bit(VCCW_LEAVING, &d->flags))
		ret = vfio_register_emulated_iommu_dev(&d->vdev);
	d->registered = !ret;
	mutex_unlock(&d->registration);
	return ret;
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

static bool has_left(const struct vccw_device *d)
{
	return READ_ONCE(d->has_left);
}

void vccw_leave_wait(struct vccw_device *d, struct device *mdev)
{
	/* For as long as the client likes, which is no hung task. */
	wait_event_idle(left_wait, has_left(d) || READ_ONCE(going_down));
	if (has_left(d))
		return;
	device_unlock(mdev);
	wait_event_idle(left_wait, false);
}

bool vccw_leave_soon(struct vccw_device *d)
{
	return wait_event_timeout(left_wait, has_left(d),
				  msecs_to_jiffies(LET_GO_MS));
}

/* Before the devices are shut down: their locks must be free by then. */
static int system_goes_down(struct notifier_block *nb, unsigned long action,
			    void *data)
{
	WRITE_ONCE(going_down, true);
	wake_up_all(&left_wait);
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
	wait_event_idle(left_wait, !atomic_read(&staying));
	destroy_workqueue(leaving);
	unregister_reboot_notifier(&reboot);
}
