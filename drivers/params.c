// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module parameters.  Whether virtio devices may be handed on; and what one channel program of a guest may use.  They can be
 * changed at any time; a device has those of the moment when it was made.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "vccw.h"

static struct vccw_limits limits = {
	.ccws = 4096,
	.segments = 1024,
	.pages = 16384,
	.bytes = 4 << 20,
};

bool vccw_allow_virtio;
module_param_named(allow_virtio, vccw_allow_virtio, bool, 0444);
MODULE_PARM_DESC(allow_virtio,
		 "hand virtio devices on, although their guests then reach all of this host's memory: for tests (default N)");

struct limit {
	unsigned int *value;	/* the module's parameter lock */
	unsigned int min, max;
};

/* Parameter lock held; the text is an administrator's. */
static int set_limit(const char *text, const struct kernel_param *kp)
{
	const struct limit *limit = kp->arg;
	unsigned int value;

	if (kstrtouint(text, 0, &value) || value < limit->min ||
	    value > limit->max) {
		pr_err("vfio_ccw: parameter %s=%.*s is out of range, give %u to %u\n",
		       kp->name, (int)strcspn(text, "\n"), text, limit->min,
		       limit->max);
		return -EINVAL;
	}
	*limit->value = value;
	return 0;
}

static int get_limit(char *buffer, const struct kernel_param *kp)
{
	const struct limit *limit = kp->arg;

	return sysfs_emit(buffer, "%u\n", *limit->value);
}

static const struct kernel_param_ops limit_ops = {
	.set = set_limit,
	.get = get_limit,
};

#define LIMIT(name, min, max, what, usual)					\
	static const struct limit name##_limit = { &limits.name, min, max };	\
	module_param_cb(max_##name, &limit_ops, (void *)&name##_limit, 0644);	\
	MODULE_PARM_DESC(max_##name, what ", " #min " to " #max " (default " usual ")")

LIMIT(ccws, 1, 65536, "CCWs in one channel program", "4096");
LIMIT(segments, 1, 65536, "runs of CCWs in one channel program", "1024");
LIMIT(pages, 1, 1048576, "guest pages that one channel program pins", "16384");
LIMIT(bytes, 4096, 67108864, "storage below 2 GiB for the copy of one channel program", "4194304");

void vccw_limits_now(struct vccw_limits *now)
{
	kernel_param_lock(THIS_MODULE);
	*now = limits;
	kernel_param_unlock(THIS_MODULE);
}
