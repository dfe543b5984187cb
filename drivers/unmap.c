// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest memory that a client is unmapping.
 *
 * vfio's type1 back end tells one device of a container after the other to give
 * its pins up, looks whether there are any left, and begins again; after ten
 * rounds it is a BUG.  A device that was told early must not pin again while a
 * later one is being stopped, or while anybody waits for vfio's locks, which a
 * client can hold for as long as it likes.  No call says that the unmapping is
 * over; but the thread returns to its program then.  Until that moment STARTs
 * into the memory are busy.
 */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/task_work.h>

#include "vccw.h"

/* What one thread, inside one system call, takes away from one device. */
struct note {
	struct callback_head over;
	struct list_head list;
	struct vccw_device *d;		/* a reference */
	struct task_struct *task;	/* compared, never used */
	u64 first, last;
};

void vccw_unmap_init(struct vccw_device *d)
{
	spin_lock_init(&d->notes_lock);
	INIT_LIST_HEAD(&d->notes);
}

/* The thread's way back to its program, or its end. */
static void unmap_over(struct callback_head *head)
{
	struct note *n = container_of(head, struct note, over);
	struct vccw_device *d = n->d;

	spin_lock(&d->notes_lock);
	list_del(&n->list);
	spin_unlock(&d->notes_lock);
	kfree(n);
	put_device(&d->vdev.device);
	module_put(THIS_MODULE);
}

/* One more round of a call that is noted already. */
static bool extend(struct vccw_device *d, u64 first, u64 last)
{
	bool found = false;
	struct note *n;

	spin_lock(&d->notes_lock);
	list_for_each_entry(n, &d->notes, list) {
		if (n->task != current)
			continue;
		n->first = min(n->first, first);
		n->last = max(n->last, last);
		found = true;
		break;
	}
	spin_unlock(&d->notes_lock);
	return found;
}

static struct note *add(struct vccw_device *d, u64 first, u64 last)
{
	struct note *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	__module_get(THIS_MODULE);
	get_device(&d->vdev.device);
	init_task_work(&n->over, unmap_over);
	n->d = d;
	n->task = current;
	n->first = first;
	n->last = last;
	spin_lock(&d->notes_lock);
	list_add(&n->list, &d->notes);
	spin_unlock(&d->notes_lock);
	return n;
}

/* A thread of the kernel's has no program to return to. */
void vccw_unmap_note(struct vccw_device *d, u64 iova, u64 length)
{
	const u64 last = iova + length - 1;
	struct note *n;

	if ((current->flags & PF_KTHREAD) || extend(d, iova, last))
		return;
	n = add(d, iova, last);
	if (n && task_work_add(current, &n->over, TWA_RESUME))
		unmap_over(&n->over);
}

bool vccw_is_unmapping(struct vccw_device *d, u64 iova, u64 length)
{
	const u64 last = iova + length - 1;
	bool noted = false;
	struct note *n;

	/* The usual case. */
	if (list_empty(&d->notes))
		return false;
	spin_lock(&d->notes_lock);
	list_for_each_entry(n, &d->notes, list) {
		if (iova <= n->last && last >= n->first)
			noted = true;
	}
	spin_unlock(&d->notes_lock);
	return noted;
}
