// SPDX-License-Identifier: GPL-2.0-only
/* The css driver: what cio tells us about a subchannel. */
#include <linux/module.h>
#include <asm/irq.h>

#include "debug.h"
#include "identify.h"
#include "vccw.h"

enum { CU_TYPE_VIRTIO = 0x3832 };

struct vccw_device *vccw_device_of(struct subchannel *sch)
{
	struct vccw_parent *parent;

	lockdep_assert_held(&sch->lock);
	parent = dev_get_drvdata(&sch->dev);
	return parent ? parent->device : NULL;
}

/* Hard interrupt (or cio's polling), subchannel lock held. */
static void css_irq(struct subchannel *sch)
{
	struct vccw_device *d = vccw_device_of(sch);
	const struct irb *irb = this_cpu_ptr(&cio_irb);

	inc_irq_stat(IRQIO_CIO);
	vccw_debug_bytes(6, "IRQ", sch, irb, VCCW_SCSW_SIZE);
	if (d) {
		vccw_core_irq(d->core, irb);
		return;
	}
	if (vccw_identify_irq(sch, irb))
		return;
	/* Enabled by nobody we know: silence it, and what goes on asking for interrupts. */
	vccw_debug(2, "sch %x.%x.%04x: interrupt without a device\n", sch);
	if (cio_disable_subchannel(sch) == -EBUSY)
		csch(sch->schid);
}

/*
 * A virtio device's queues have their addresses in data that the channel does
 * not look at: with a guest's addresses the host's device would read and write
 * the host's own storage.
 */
static bool may_be_handed_on(struct subchannel *sch, u16 cu_type)
{
	if (cu_type != CU_TYPE_VIRTIO || vccw_allow_virtio)
		return true;
	dev_warn(&sch->dev, "a virtio device: a guest that drives it through vfio_ccw reads and writes this host's memory, as queues have guest addresses; give the guest a virtio device of its own (tests may load vfio_ccw with allow_virtio=1)\n");
	return false;
}

static int css_probe(struct subchannel *sch)
{
	int cu_type;
	int ret;

	/* cio does not keep it up to date while no driver is bound; paths come and go. */
	spin_lock_irq(&sch->lock);
	ret = cio_update_schib(sch);
	spin_unlock_irq(&sch->lock);
	if (ret)
		return vccw_no_device(sch);
	if (cio_bit(&sch->schib.pmcw, PMCW_BIT_qf)) {
		dev_warn(&sch->dev, "a QDIO subchannel cannot be handed to a guest by vfio_ccw; leave it to its own driver\n");
		return -ENODEV;
	}
	cu_type = vccw_identify(sch);
	if (cu_type < 0)
		return cu_type;
	if (!may_be_handed_on(sch, cu_type))
		return -ENODEV;
	ret = vccw_parent_add(sch, cu_type);
	if (!ret)
		vccw_debug(2, "sch %x.%x.%04x: bound\n", sch);
	return ret;
}

/* Process context: the subchannel's mdev with a reference, or NULL. */
static struct vccw_device *get_device_of(struct subchannel *sch)
{
	struct vccw_device *d;

	spin_lock_irq(&sch->lock);
	d = vccw_device_of(sch);
	if (d)
		get_device(&d->vdev.device);
	spin_unlock_irq(&sch->lock);
	return d;
}

/*
 * Whether the subchannel's mdev stays behind with a client that does not let
 * go: without the subchannel.
 */
static bool leave_behind(struct subchannel *sch)
{
	struct vccw_device *d = get_device_of(sch);
	bool behind = false;

	if (!d)
		return false;
	vccw_leave(d);
	if (!vccw_leave_soon(d)) {
		vccw_core_shut(d->core);
		behind = vccw_parent_hand_over(d);
	}
	if (behind)
		dev_notice(&sch->dev, "taken away from a client that still has its device open; the rest goes when it closes that\n");
	vfio_put_device(&d->vdev);
	return behind;
}

/*
 * Process context, device lock held.  The mdev is gone when this returns, or
 * left behind; the subchannel stays behind disabled.
 */
static void css_remove(struct subchannel *sch)
{
	int ret;

	vccw_parent_closing(sch);
	if (!leave_behind(sch))
		vccw_parent_remove(sch);
	spin_lock_irq(&sch->lock);
	ret = cio_disable_subchannel(sch);
	spin_unlock_irq(&sch->lock);
	if (ret && ret != -ENODEV)
		dev_warn(&sch->dev, "released, but it could not be disabled (%d)\n",
			 ret);
	vccw_debug(2, "sch %x.%x.%04x: unbound\n", sch);
}

/* Process context; an mdev may be removed at the same time. */
static void css_shutdown(struct subchannel *sch)
{
	struct vccw_device *d = get_device_of(sch);

	if (!d)
		return;
	vccw_core_shut(d->core);
	vfio_put_device(&d->vdev);
}

/*
 * Any context, no lock held; -EAGAIN: again, in process context.  A device that took
 * another's place before cio looked is not the client's: the old one is gone.  Where
 * no mdev is, cio may keep the subchannel, but none will be made.  The same device,
 * plugged again before cio looked, has a subchannel that is not enabled.
 */
static int css_sch_event(struct subchannel *sch, int process)
{
	struct vccw_device *d;
	unsigned long flags;
	int ret = 0;

	spin_lock_irqsave(&sch->lock, flags);
	d = vccw_device_of(sch);
	if (!device_is_registered(&sch->dev) || work_pending(&sch->todo_work)) {
		ret = -EAGAIN;
	} else if (cio_update_schib(sch)) {
		vccw_debug(2, "sch %x.%x.%04x: not operational\n", sch);
		if (d)
			vccw_core_not_oper(d->core);
		else
			css_sched_sch_todo(sch, SCH_TODO_UNREG);
	} else if (vccw_parent_is_of_another(sch)) {
		vccw_debug(2, "sch %x.%x.%04x: another device\n", sch);
		if (d)
			vccw_core_not_oper(d->core);
	} else if (d && !cio_bit(&sch->schib.pmcw, PMCW_BIT_ena)) {
		vccw_core_not_enabled(d->core);
	}
	spin_unlock_irqrestore(&sch->lock, flags);
	return ret;
}

static struct css_device_id css_ids[] = {
	{ .match_flags = 1, .type = SUBCHANNEL_TYPE_IO },
	{}
};
MODULE_DEVICE_TABLE(css, css_ids);

static struct css_driver css_driver = {
	.drv = {
		.name = "vfio_ccw",
		.owner = THIS_MODULE,
	},
	.subchannel_type = css_ids,
	.irq = css_irq,
	.chp_event = vccw_chp_event,
	.sch_event = css_sch_event,
	.probe = css_probe,
	.remove = css_remove,
	.shutdown = css_shutdown,
};

int vccw_css_register(void)
{
	return css_driver_register(&css_driver);
}

void vccw_css_unregister(void)
{
	css_driver_unregister(&css_driver);
}
