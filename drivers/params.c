// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module parameters: whether virtio devices may be handed on, and what one channel
 * program of a guest may use.  The latter can be changed at any time; a device has
 * those of the moment when it was made.
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

static const struct limit ccws = { &limits.ccws, 1, 65536 };
module_param_cb(max_ccws, &limit_ops, (void *)&ccws, 0644);
MODULE_PARM_DESC(max_ccws,
		 "CCWs in one channel program, 1 to 65536 (default 4096)");

static const struct limit segments = { &limits.segments, 1, 65536 };
module_param_cb(max_segments, &limit_ops, (void *)&segments, 0644);
MODULE_PARM_DESC(max_segments,
		 "runs of CCWs in one channel program, 1 to 65536 (default 1024)");

static const struct limit pages = { &limits.pages, 1, 65536 };
module_param_cb(max_pages, &limit_ops, (void *)&pages, 0644);
MODULE_PARM_DESC(max_pages,
		 "guest pages that one channel program pins, 1 to 65536 (default 16384)");

static const struct limit bytes = { &limits.bytes, 4096, 16777216 };
module_param_cb(max_bytes, &limit_ops, (void *)&bytes, 0644);
MODULE_PARM_DESC(max_bytes,
		 "storage below 2 GiB for the copy of one channel program, 4096 to 16777216 (default 4194304)");

void vccw_limits_now(struct vccw_limits *now)
{
	kernel_param_lock(THIS_MODULE);
	*now = limits;
	kernel_param_unlock(THIS_MODULE);
}
