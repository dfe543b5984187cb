// SPDX-License-Identifier: GPL-2.0-only
/*
 * The client's eventfds.
 *
 * A signal may come from any context, also under the subchannel lock, while
 * the client replaces the eventfd: both happen under `lock`, and the reference
 * to the old one is dropped outside of it.  `change` keeps what the core is
 * told in the order of the changes.
 */
#include "vccw.h"

void vccw_triggers_init(struct vccw_device *d)
{
	mutex_init(&d->triggers.change);
	spin_lock_init(&d->triggers.lock);
}

static struct eventfd_ctx *exchange(struct vccw_triggers *t,
				    enum vccw_trigger which,
				    struct eventfd_ctx *ctx)
{
	struct eventfd_ctx *old;
	unsigned long flags;

	spin_lock_irqsave(&t->lock, flags);
	old = t->ctx[which];
	t->ctx[which] = ctx;
	spin_unlock_irqrestore(&t->lock, flags);
	return old;
}

void vccw_trigger_set(struct vccw_device *d, enum vccw_trigger which,
		      struct eventfd_ctx *ctx)
{
	struct vccw_triggers *t = &d->triggers;
	struct eventfd_ctx *old;

	mutex_lock(&t->change);
	if (!ctx)
		vccw_core_trigger(d->core, which, 0);
	old = exchange(t, which, ctx);
	if (ctx)
		vccw_core_trigger(d->core, which, 1);
	mutex_unlock(&t->change);
	if (old)
		eventfd_ctx_put(old);
}

void vccw_triggers_clear(struct vccw_device *d)
{
	int which;

	for (which = 0; which < VCCW_TRIGGERS; which++)
		vccw_trigger_set(d, which, NULL);
}

bool vccw_trigger_signal(struct vccw_device *d, enum vccw_trigger which)
{
	struct vccw_triggers *t = &d->triggers;
	unsigned long flags;
	bool present;

	spin_lock_irqsave(&t->lock, flags);
	present = t->ctx[which];
	if (present)
		eventfd_signal(t->ctx[which]);
	spin_unlock_irqrestore(&t->lock, flags);
	return present;
}
