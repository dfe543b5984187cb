// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the core has to say to the system's administrator: what, and what to do
 * about it.  Any context, also a hard interrupt under the subchannel lock.
 *
 * A guest causes most of it, as often as it likes.  So lines are limited for
 * each device and kind, and the debug feature's log keeps them only at a level
 * that has to be asked for.
 */
#include <linux/device.h>
#include <linux/jiffies.h>

#include "debug.h"
#include "port.h"

/* The line of one message, behind the names of the mdev and the subchannel. */
struct line {
	struct vccw_device *d;
	char left_out[40];	/* "", or how many are missing before this one */
};

#define say(line, severity, fmt, ...)					\
	vccw_##severity((line)->d, fmt "%s\n", ##__VA_ARGS__, (line)->left_out)
#define warn(line, fmt, ...) say(line, warn, fmt, ##__VA_ARGS__)

static void log_limit(const struct line *l, enum vccw_msg msg, u64 limit,
		      u64 gpa)
{
	switch (msg) {
	case VCCW_MSG_LIMIT_CCWS:
		warn(l, "the guest's channel program has more than %llu CCWs (at %#llx): refused; raise the module parameter max_ccws if the guest is right",
		     limit, gpa);
		break;
	case VCCW_MSG_LIMIT_SEGMENTS:
		warn(l, "the guest's channel program has more than %llu segments (at %#llx): refused; raise the module parameter max_segments if the guest is right",
		     limit, gpa);
		break;
	case VCCW_MSG_LIMIT_PAGES:
		warn(l, "the guest's channel program needs more than %llu pages (at %#llx): refused; raise the module parameter max_pages if the guest is right",
		     limit, gpa);
		break;
	default:
		warn(l, "the guest's channel program needs more than %llu bytes to copy (at %#llx): refused; raise the module parameter max_bytes if the guest is right",
		     limit, gpa);
	}
}

static void log_refused(const struct line *l, enum vccw_msg msg, u64 a, u64 b)
{
	switch (msg) {
	case VCCW_MSG_TRANSPORT_MODE:
		warn(l, "transport mode is not supported (ORB %08llx): keep the guest's driver to command mode (no zHPF)",
		     a);
		break;
	case VCCW_MSG_ORB_EXTENSION:
		say(l, notice, "the guest uses an ORB extension (ORB %08llx), which does not get here: programs start with the channel subsystem's own priorities",
		    a);
		break;
	case VCCW_MSG_NOT_START:
		warn(l, "HALT or CLEAR in the I/O region (SCSW %08llx): the client has to use the async command region",
		     a);
		break;
	case VCCW_MSG_NO_PREFETCH:
		say(l, notice, "the guest forbids prefetching (ORB %08llx), but its channel programs are copied before they start: one that changes itself while it runs will not see the change",
		    a);
		break;
	case VCCW_MSG_BAD_COMMAND:
		warn(l, "unknown async command %#llx: the client has to use HSCH or CSCH",
		     a);
		break;
	default:
		warn(l, "message %d (%#llx, %#llx)", msg, a, b);
	}
}

static void log_line(const struct line *l, enum vccw_msg msg, u64 a, u64 b)
{
	switch (msg) {
	case VCCW_MSG_LIMIT_CCWS:
	case VCCW_MSG_LIMIT_SEGMENTS:
	case VCCW_MSG_LIMIT_PAGES:
	case VCCW_MSG_LIMIT_STORAGE:
		log_limit(l, msg, a, b);
		break;
	case VCCW_MSG_NO_MEMORY:
		warn(l, "no memory for a channel program (%llu bytes, below 2 GiB): free some, or lower max_ccws",
		     a);
		break;
	case VCCW_MSG_PIN_REFUSED:
		warn(l, "guest page %#llx cannot be pinned (%lld): the client is over its locked-memory limit (ulimit -l), or the host has no memory",
		     a, (s64)b);
		break;
	case VCCW_MSG_UNMAPPING:
		warn(l, "START into guest memory at %#llx, which the client is unmapping: busy until that is over",
		     a);
		break;
	case VCCW_MSG_NOT_PINNABLE:
		warn(l, "the client's IOMMU back end cannot pin pages (%lld): it has to use VFIO_TYPE1v2_IOMMU or iommufd",
		     (s64)a);
		break;
	case VCCW_MSG_IRB_DROPPED:
		warn(l, "the client does not read its interrupts: an intermediate or unsolicited one is lost (SCSW %08llx, %llu so far)",
		     a, b);
		break;
	case VCCW_MSG_CRW_DROPPED:
		warn(l, "the client does not read its channel reports: one is lost (CRW %08llx, %llu so far)",
		     a, b);
		break;
	case VCCW_MSG_STUCK:
		warn(l, "I/O cannot be ended (%lld): check the device and its channel paths, then unbind and bind the subchannel",
		     (s64)a);
		break;
	default:
		log_refused(l, msg, a, b);
	}
}

/* For the host's administrator, and not for a guest to repeat at will. */
static bool is_trouble(enum vccw_msg msg)
{
	return msg == VCCW_MSG_STUCK || msg == VCCW_MSG_BROKEN_RULE;
}

void vccw_port_log(void *ctx, enum vccw_msg msg, vccw_u64 a, vccw_u64 b)
{
	struct vccw_device *d = ctx;
	struct line line = { .d = d };
	u64 left_out;

	vccw_debug(is_trouble(msg) ? 2 : 3,
		   "sch %x.%x.%04x: message %d (%llx, %llx)\n", d->sch, msg, a,
		   b);
	if (msg == VCCW_MSG_BROKEN_RULE) {
		WARN_ONCE(1, "vfio_ccw: internal rule %llu is broken, please report\n",
			  a);
		return;
	}
	if (!vccw_ratelimit(&d->said, msg, jiffies, &left_out))
		return;
	if (left_out)
		snprintf(line.left_out, sizeof(line.left_out),
			 " (%llu more left out)", left_out);
	log_line(&line, msg, a, b);
}

static const char *const subjects[VCCW_MSGS] = {
	[VCCW_MSG_TRANSPORT_MODE] = "transport mode",
	[VCCW_MSG_ORB_EXTENSION] = "ORB extensions",
	[VCCW_MSG_NOT_START] = "HALT or CLEAR in the I/O region",
	[VCCW_MSG_NO_PREFETCH] = "forbidden prefetching",
	[VCCW_MSG_LIMIT_CCWS] = "too many CCWs",
	[VCCW_MSG_LIMIT_SEGMENTS] = "too many segments",
	[VCCW_MSG_LIMIT_PAGES] = "too many pages",
	[VCCW_MSG_LIMIT_STORAGE] = "too many bytes",
	[VCCW_MSG_NO_MEMORY] = "missing memory",
	[VCCW_MSG_PIN_REFUSED] = "pages that cannot be pinned",
	[VCCW_MSG_NOT_PINNABLE] = "a back end that cannot pin",
	[VCCW_MSG_UNMAPPING] = "memory that is being unmapped",
	[VCCW_MSG_BAD_COMMAND] = "unknown async commands",
	[VCCW_MSG_IRB_DROPPED] = "lost interrupts",
	[VCCW_MSG_CRW_DROPPED] = "lost channel reports",
	[VCCW_MSG_STUCK] = "I/O that cannot be ended",
};

void vccw_log_release(struct vccw_device *d)
{
	enum vccw_msg msg;
	u64 left_out;

	for (msg = 0; msg < VCCW_MSGS; msg++) {
		left_out = vccw_ratelimit_left_out(&d->said, msg);
		if (left_out)
			vccw_notice(d, "%llu more lines about %s were left out\n",
				    left_out, subjects[msg] ?: "something else");
	}
}
