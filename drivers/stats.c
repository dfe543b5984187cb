// SPDX-License-Identifier: GPL-2.0-only
/*
 * The core's counters, as files in the mdev's folder stats/.  Only root reads
 * them: they tell of each I/O of a guest, and reading takes the subchannel lock.
 */
#include <linux/sysfs.h>

#include "vccw.h"

static void get(struct device *dev, struct vccw_stats *stats)
{
	struct vccw_device *d = dev_get_drvdata(dev);

	vccw_core_stats(d->core, stats);
}

static ssize_t state_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	static const char *const names[] = {
		[VCCW_NOT_OPER] = "NOT_OPER",
		[VCCW_STANDBY] = "STANDBY",
		[VCCW_IDLE] = "IDLE",
		[VCCW_PROCESSING] = "PROCESSING",
		[VCCW_SHUT] = "SHUT",
	};
	struct vccw_stats stats;

	get(dev, &stats);
	if (stats.state >= ARRAY_SIZE(names))
		return -EIO;
	return sysfs_emit(buf, "%s\n", names[stats.state]);
}
static DEVICE_ATTR_ADMIN_RO(state);

#define COUNTER(name)							\
static ssize_t name##_show(struct device *dev,				\
			   struct device_attribute *attr, char *buf)	\
{									\
	struct vccw_stats stats;					\
									\
	get(dev, &stats);						\
	return sysfs_emit(buf, "%llu\n", (u64)stats.name);		\
}									\
static DEVICE_ATTR_ADMIN_RO(name)

COUNTER(queued);
COUNTER(starts);
COUNTER(interrupts);
COUNTER(irbs_published);
COUNTER(irbs_dropped);
COUNTER(irbs_cleared);
COUNTER(irbs_merged);
COUNTER(irbs_early);
COUNTER(crws_dropped);
COUNTER(programs_released);
COUNTER(pages_pinned);
COUNTER(bytes);

static struct attribute *attrs[] = {
	&dev_attr_state.attr,
	&dev_attr_queued.attr,
	&dev_attr_starts.attr,
	&dev_attr_interrupts.attr,
	&dev_attr_irbs_published.attr,
	&dev_attr_irbs_dropped.attr,
	&dev_attr_irbs_cleared.attr,
	&dev_attr_irbs_merged.attr,
	&dev_attr_irbs_early.attr,
	&dev_attr_crws_dropped.attr,
	&dev_attr_programs_released.attr,
	&dev_attr_pages_pinned.attr,
	&dev_attr_bytes.attr,
	NULL
};

static const struct attribute_group group = {
	.name = "stats",
	.attrs = attrs,
};

const struct attribute_group *vccw_stats_groups[] = { &group, NULL };
