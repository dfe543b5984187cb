// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest memory that a client is unmapping.
 *
 * vfio's type1 back end tells one device of a container after the other to give
 * its pins up, looks whether there are any left, and begins again; after ten
 * rounds it is a BUG.  A device that was told early must not pin again while a
 * later one is being stopped: from the second round on its STARTs into that
 * memory are busy,
 *
 *	as long as a thread of the same client is in a call of ours, and
 *	for a while after its last one: 100 ms, twice as long for each further
 *	round, up to a minute
 *
 * There is no call that says that the unmapping is over.
 */
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/sched.h>

#include "vccw.h"

enum { FIRST_MS = 100, LONGEST_MS = 60000 };

/* A thread inside of a call. */
struct unmapper {
	struct list_head list;
	struct mm_struct *mm;
};

static LIST_HEAD(unmappers);
static DEFINE_SPINLOCK(unmap_lock);

static bool is_inside(const struct mm_struct *mm)
{
	const struct unmapper *u;

	lockdep_assert_held(&unmap_lock);
	list_for_each_entry(u, &unmappers, list) {
		if (u->mm == mm)
			return true;
	}
	return false;
}

/* Whether one more call is one more round. */
static bool is_under_way(const struct vccw_unmapping *n)
{
	return n->mm && (time_before(jiffies, n->until) || is_inside(n->mm));
}

static void note(struct vccw_unmapping *n, u64 iova, u64 last)
{
	if (is_under_way(n)) {
		n->busy_ms = n->busy_ms ? min_t(unsigned int, 2 * n->busy_ms,
						LONGEST_MS) : FIRST_MS;
		n->first = min(n->first, iova);
		n->last = max(n->last, last);
	} else {
		n->busy_ms = 0;
		n->first = iova;
		n->last = last;
	}
	n->mm = current->mm;
}

void vccw_unmap(struct vccw_device *d, u64 iova, u64 length)
{
	struct vccw_unmapping *n = &d->unmapping;
	struct unmapper self = { .mm = current->mm };

	spin_lock(&unmap_lock);
	note(n, iova, iova + length - 1);
	list_add(&self.list, &unmappers);
	spin_unlock(&unmap_lock);

	vccw_core_unmap(d->core, iova, length);

	spin_lock(&unmap_lock);
	list_del(&self.list);
	n->until = jiffies + msecs_to_jiffies(n->busy_ms ?: FIRST_MS);
	spin_unlock(&unmap_lock);
}

bool vccw_is_unmapping(struct vccw_device *d, u64 iova, u64 length)
{
	struct vccw_unmapping *n = &d->unmapping;
	bool noted;

	/* The usual case. */
	if (!READ_ONCE(n->busy_ms))
		return false;
	spin_lock(&unmap_lock);
	noted = is_under_way(n);
	if (!noted)
		n->busy_ms = 0;
	noted = noted && iova <= n->last && iova + length - 1 >= n->first;
	spin_unlock(&unmap_lock);
	return noted;
}
