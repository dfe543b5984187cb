/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How often one device may say one thing in the kernel's log: three times a
 * minute.  Each device has its own limits, of a fixed size, so that no guest
 * fills the log or silences another device.
 */
#ifndef VCCW_RATELIMIT_H
#define VCCW_RATELIMIT_H

#include <linux/spinlock.h>
#include <linux/types.h>

#include "vccw_core.h"

struct vccw_ratelimit {
	spinlock_t lock;
	struct {
		unsigned long since;	/* jiffies: the minute's first line */
		u64 left_out;		/* since the last line */
		u8 said;		/* in this minute */
	} kinds[VCCW_MSGS];
};

void vccw_ratelimit_init(struct vccw_ratelimit *limit);

/*
 * Any context: whether a line of this kind may be said now (jiffies).  If so,
 * *left_out is how many were not since the last one.
 */
bool vccw_ratelimit(struct vccw_ratelimit *limit, enum vccw_msg kind,
		    unsigned long now, u64 *left_out);

/* Any context: how many were left out and not told yet; tells them. */
u64 vccw_ratelimit_left_out(struct vccw_ratelimit *limit, enum vccw_msg kind);

#endif
