// SPDX-License-Identifier: GPL-2.0-only
#include <linux/jiffies.h>

#include "ratelimit.h"

enum {
	LINES = 3,
	PERIOD = 60 * HZ,
};

void vccw_ratelimit_init(struct vccw_ratelimit *limit)
{
	spin_lock_init(&limit->lock);
}

bool vccw_ratelimit(struct vccw_ratelimit *limit, enum vccw_msg kind,
		    unsigned long now, u64 *left_out)
{
	typeof(*limit->kinds) *k = &limit->kinds[kind];
	unsigned long flags;
	bool say;

	spin_lock_irqsave(&limit->lock, flags);
	if (!k->said || time_after_eq(now, k->since + PERIOD)) {
		k->since = now;
		k->said = 0;
	}
	say = k->said < LINES;
	if (say) {
		k->said++;
		*left_out = k->left_out;
		k->left_out = 0;
	} else {
		k->left_out++;
	}
	spin_unlock_irqrestore(&limit->lock, flags);
	return say;
}

u64 vccw_ratelimit_left_out(struct vccw_ratelimit *limit, enum vccw_msg kind)
{
	unsigned long flags;
	u64 left_out;

	spin_lock_irqsave(&limit->lock, flags);
	left_out = limit->kinds[kind].left_out;
	limit->kinds[kind].left_out = 0;
	spin_unlock_irqrestore(&limit->lock, flags);
	return left_out;
}
