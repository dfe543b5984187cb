// SPDX-License-Identifier: GPL-2.0-only
/* Module parameters: what one channel program of a guest may use. */
#include <linux/moduleparam.h>
#include <linux/printk.h>

#include "vccw.h"

struct vccw_limits vccw_limits = {
	.ccws = 4096,
	.segments = 1024,
	.pages = 16384,
	.bytes = 4 << 20,
};

module_param_named(max_ccws, vccw_limits.ccws, uint, 0444);
MODULE_PARM_DESC(max_ccws, "CCWs in one channel program, 1 to 65536 (default 4096)");
module_param_named(max_segments, vccw_limits.segments, uint, 0444);
MODULE_PARM_DESC(max_segments,
		 "runs of CCWs in one channel program, 1 to 65536 (default 1024)");
module_param_named(max_pages, vccw_limits.pages, uint, 0444);
MODULE_PARM_DESC(max_pages,
		 "guest pages that one channel program pins, 1 to 1048576 (default 16384)");

module_param_named(max_bytes, vccw_limits.bytes, uint, 0444);
MODULE_PARM_DESC(max_bytes,
		 "storage below 2 GiB for the copy of one channel program, 4096 to 67108864 (default 4194304)");

static int check_range(const char *name, unsigned int value, unsigned int min,
		       unsigned int max)
{
	if (value >= min && value <= max)
		return 0;
	pr_err("vfio_ccw: parameter %s=%u is out of range, give %u to %u\n",
	       name, value, min, max);
	return -EINVAL;
}

/* Process context, before anything is registered. */
int vccw_params_check(void)
{
	return check_range("max_ccws", vccw_limits.ccws, 1, 65536) ?:
	       check_range("max_segments", vccw_limits.segments, 1, 65536) ?:
	       check_range("max_pages", vccw_limits.pages, 1, 1048576) ?:
	       check_range("max_bytes", vccw_limits.bytes, 4096, 64 << 20);
}
