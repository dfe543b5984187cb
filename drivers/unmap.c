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
 * into the memory are busy, as long as the device is not opened anew: that may be another
 * client, with another memory.
 *
 * The moment is seen by a file that nobody has but this: the last reference to one
 * that a thread gives up in a system call ends the file on the thread's way back, or
 * at its end (fput(), fs/file_table.c).  What that does itself, task_work_add(), no
 * module may call.
 */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "debug.h"
#include "vccw.h"

/* What one thread, inside one system call, takes away from one device. */
struct note {
	struct list_head list;
	struct vccw_device *d;		/* a reference */
	struct task_struct *task;	/* compared, never used */
	u32 session;			/* of the device, at the last round */
	u64 first, last;
};

void vccw_unmap_init(struct vccw_device *d)
{
	spin_lock_init(&d->notes_lock);
	INIT_LIST_HEAD(&d->notes);
	d->unwatched_first = U64_MAX;
	d->unwatched_last = 0;
}

static void over(struct note *n)
{
	struct vccw_device *d = n->d;

	spin_lock(&d->notes_lock);
	list_del(&n->list);
	spin_unlock(&d->notes_lock);
	kfree(n);
	put_device(&d->vdev.device);
}

/* The thread's way back to its program, or its end. */
static int file_over(struct inode *inode, struct file *file)
{
	over(file->private_data);
	return 0;
}

static const struct file_operations watch_ops = {
	.owner = THIS_MODULE,
	.release = file_over,
};

/* One more round of a call that is noted already. */
static bool extend(struct vccw_device *d, u64 first, u64 last)
{
	bool found = false;
	struct note *n;

	spin_lock(&d->notes_lock);
	list_for_each_entry(n, &d->notes, list) {
		if (n->task != current)
			continue;
		n->session = READ_ONCE(d->session);
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
	get_device(&d->vdev.device);
	n->d = d;
	n->task = current;
	n->session = READ_ONCE(d->session);
	n->first = first;
	n->last = last;
	spin_lock(&d->notes_lock);
	list_add(&n->list, &d->notes);
	spin_unlock(&d->notes_lock);
	return n;
}

static DEFINE_RATELIMIT_STATE(unwatched_limit, 60 * HZ, 1);

/*
 * Where none could be made: as long as the mediated device is there.  The client's close
 * would be too early, as another thread of its may be unmapping still.
 */
static void not_watched(struct vccw_device *d, u64 first, u64 last)
{
	spin_lock(&d->notes_lock);
	WRITE_ONCE(d->unwatched_first, min(d->unwatched_first, first));
	d->unwatched_last = max(d->unwatched_last, last);
	spin_unlock(&d->notes_lock);
}

/* A thread of the kernel's has no program to return to. */
void vccw_unmap_note(struct vccw_device *d, u64 iova, u64 length)
{
	const u64 last = iova + length - 1;
	struct file *file;
	struct note *n;

	if ((current->flags & PF_KTHREAD) || extend(d, iova, last))
		return;
	n = add(d, iova, last);
	if (n) {
		file = anon_inode_getfile("[vfio-ccw-unmap]", &watch_ops, n,
					  O_RDONLY);
		if (!IS_ERR(file)) {
			fput(file);
			return;
		}
		over(n);
	}
	not_watched(d, iova, last);
	if (__ratelimit(&unwatched_limit))
		vccw_notice(d, "no memory, or no file, to see when the client is through with unmapping 0x%llx to 0x%llx: STARTs into that are busy until the mediated device is made anew\n",
			    iova, last);
}

bool vccw_is_unmapping(struct vccw_device *d, u64 iova, u64 length)
{
	const u64 last = iova + length - 1;
	struct note *n;
	bool noted;

	/* The usual case. */
	if (list_empty(&d->notes) &&
	    READ_ONCE(d->unwatched_first) == U64_MAX)
		return false;
	spin_lock(&d->notes_lock);
	noted = iova <= d->unwatched_last && last >= d->unwatched_first;
	list_for_each_entry(n, &d->notes, list) {
		if (n->session == READ_ONCE(d->session) && iova <= n->last &&
		    last >= n->first)
			noted = true;
	}
	spin_unlock(&d->notes_lock);
	return noted;
}
