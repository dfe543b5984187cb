// SPDX-License-Identifier: GPL-2.0-only
/* The port's table, its locks and its waiting. */
#include <linux/jiffies.h>
#include <linux/random.h>
#include <linux/sched.h>

#include "port.h"

/* Until the client's read of an I/O's end counts as not coming. */
enum { WORK_DELAY_MS = 20 };

static unsigned long port_lock(void *ctx)
{
	struct vccw_device *d = ctx;
	unsigned long flags;

	spin_lock_irqsave(&d->sch->lock, flags);
	return flags;
}

static void port_unlock(void *ctx, unsigned long flags)
	__releases(&((struct vccw_device *)ctx)->sch->lock)
{
	struct vccw_device *d = ctx;

	spin_unlock_irqrestore(&d->sch->lock, flags);
}

static void port_assert_locked(void *ctx)
{
	struct vccw_device *d = ctx;

	lockdep_assert_held(&d->sch->lock);
}

static void port_request_lock(void *ctx)
{
	struct vccw_device *d = ctx;

	mutex_lock(&d->request);
}

static void port_request_unlock(void *ctx)
{
	struct vccw_device *d = ctx;

	mutex_unlock(&d->request);
}

static void port_queue_work(void *ctx)
{
	struct vccw_device *d = ctx;

	lockdep_assert_held(&d->sch->lock);
	mod_delayed_work(vccw_workqueue, &d->work, 0);
}

/*
 * The timer is not moved while it runs: under load it goes off now and then
 * instead of being set for every I/O.
 */
static void port_queue_work_later(void *ctx)
{
	struct vccw_device *d = ctx;

	lockdep_assert_held(&d->sch->lock);
	queue_delayed_work(vccw_workqueue, &d->work,
			   msecs_to_jiffies(WORK_DELAY_MS));
}

static void port_put_work_off(void *ctx)
{
	struct vccw_device *d = ctx;

	lockdep_assert_held(&d->sch->lock);
	mod_delayed_work(vccw_workqueue, &d->work,
			 msecs_to_jiffies(WORK_DELAY_MS));
}

/*
 * Here, not by a worker: all of them may be waiting for another client.  What is
 * queued while the item is being cancelled gets lost, and done all the same.
 */
static void port_flush_work(void *ctx)
{
	struct vccw_device *d = ctx;

	cancel_delayed_work_sync(&d->work);
	vccw_core_todo(d->core);
}

static void port_wake(void *ctx)
{
	struct vccw_device *d = ctx;

	lockdep_assert_held(&d->sch->lock);
	WRITE_ONCE(d->wakes, d->wakes + 1);
	wake_up_all(&d->irq_wait);
}

static vccw_u32 port_wakes(void *ctx)
{
	struct vccw_device *d = ctx;

	lockdep_assert_held(&d->sch->lock);
	return d->wakes;
}

/* A wake-up in the last tick counts as one: the rest is at least 1. */
static vccw_u32 port_wait_irq(void *ctx, vccw_u32 ms, vccw_u32 wakes)
{
	struct vccw_device *d = ctx;
	long rest = wait_event_timeout(d->irq_wait,
				       READ_ONCE(d->wakes) != wakes,
				       msecs_to_jiffies(ms));

	return rest ? max(jiffies_to_msecs(rest), 1u) : 0;
}

static vccw_u64 port_random(void *ctx)
{
	return get_random_u64();
}

static void port_relax(void *ctx)
{
	cond_resched();
}

static void port_signal(void *ctx, enum vccw_trigger which)
{
	vccw_trigger_signal(ctx, which);
}

const struct vccw_port vccw_port = {
	.lock = port_lock,
	.unlock = port_unlock,
	.assert_locked = port_assert_locked,
	.request_lock = port_request_lock,
	.request_unlock = port_request_unlock,
	.start = vccw_port_start,
	.halt = vccw_port_halt,
	.clear = vccw_port_clear,
	.paths_left = vccw_port_paths_left,
	.enable = vccw_port_enable,
	.disable = vccw_port_disable,
	.cancel = vccw_port_cancel,
	.store = vccw_port_store,
	.gone = vccw_port_gone,
	.queue_work = port_queue_work,
	.queue_work_later = port_queue_work_later,
	.put_work_off = port_put_work_off,
	.wake = port_wake,
	.wakes = port_wakes,
	.wait_irq = port_wait_irq,
	.flush_work = port_flush_work,
	.alloc_dma = vccw_port_alloc_dma,
	.clear_keys = vccw_port_clear_keys,
	.free_dma = vccw_port_free_dma,
	.alloc = vccw_port_alloc,
	.free = vccw_port_free,
	.zero_page = vccw_port_zero_page,
	.read_guest = vccw_port_read_guest,
	.pin = vccw_port_pin,
	.unpin = vccw_port_unpin,
	.keep = vccw_port_keep,
	.random = port_random,
	.relax = port_relax,
	.signal = port_signal,
	.log = vccw_port_log,
	.trace = vccw_port_trace,
};
