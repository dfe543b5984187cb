// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the core has to say to the system's administrator: what, and what to do
 * about it.  Any context.
 */
#include <linux/device.h>

#include "debug.h"
#include "port.h"

#define warn(d, fmt, ...) \
	dev_warn_ratelimited((d)->vdev.dev, fmt "\n", ##__VA_ARGS__)

static void log_limit(struct vccw_device *d, enum vccw_msg msg, u64 limit,
		      u64 gpa)
{
	switch (msg) {
	case VCCW_MSG_LIMIT_CCWS:
		warn(d, "the guest's channel program has more than %llu CCWs (at %#llx): refused; raise the module parameter max_ccws if the guest is right",
		     limit, gpa);
		break;
	case VCCW_MSG_LIMIT_SEGMENTS:
		warn(d, "the guest's channel program has more than %llu segments (at %#llx): refused; raise the module parameter max_segments if the guest is right",
		     limit, gpa);
		break;
	case VCCW_MSG_LIMIT_PAGES:
		warn(d, "the guest's channel program needs more than %llu pages (at %#llx): refused; raise the module parameter max_pages if the guest is right",
		     limit, gpa);
		break;
	default:
		warn(d, "the guest's channel program needs more than %llu bytes to copy (at %#llx): refused; raise the module parameter max_bytes if the guest is right",
		     limit, gpa);
	}
}

static void log_refused(struct vccw_device *d, enum vccw_msg msg, u64 a, u64 b)
{
	switch (msg) {
	case VCCW_MSG_TRANSPORT_MODE:
		warn(d, "transport mode is not supported (ORB %08llx): keep the guest's driver to command mode (no zHPF)",
		     a);
		break;
	case VCCW_MSG_ORB_EXTENSION:
		warn(d, "the guest uses an ORB extension (ORB %08llx): not supported",
		     a);
		break;
	case VCCW_MSG_NOT_START:
		warn(d, "HALT or CLEAR in the I/O region (SCSW %08llx): the client has to use the async command region",
		     a);
		break;
	case VCCW_MSG_NO_PREFETCH:
		dev_notice((d)->vdev.dev, "the guest forbids prefetching (ORB %08llx), but its channel programs are copied before they start: one that changes itself while it runs will not see the change\n",
			   a);
		break;
	case VCCW_MSG_MIXED_CHAIN:
		warn(d, "READ BACKWARD data-chained with another command at %#llx: not supported",
		     a);
		break;
	case VCCW_MSG_BAD_COMMAND:
		warn(d, "unknown async command %#llx: the client has to use HSCH or CSCH",
		     a);
		break;
	default:
		warn(d, "message %d (%#llx, %#llx)", msg, a, b);
	}
}

void vccw_port_log(void *ctx, enum vccw_msg msg, vccw_u64 a, vccw_u64 b)
{
	struct vccw_device *d = ctx;

	vccw_debug(2, "sch %x.%x.%04x: message %d (%llx, %llx)\n", d->sch, msg,
		   a, b);
	switch (msg) {
	case VCCW_MSG_LIMIT_CCWS:
	case VCCW_MSG_LIMIT_SEGMENTS:
	case VCCW_MSG_LIMIT_PAGES:
	case VCCW_MSG_LIMIT_STORAGE:
		log_limit(d, msg, a, b);
		break;
	case VCCW_MSG_NO_MEMORY:
		warn(d, "no memory for a channel program (%llu bytes, below 2 GiB): free some, or lower max_ccws",
		     a);
		break;
	case VCCW_MSG_PIN_REFUSED:
		warn(d, "guest page %#llx cannot be pinned (%lld): not mapped by the client, read-only, or over its locked-memory limit (ulimit -l)",
		     a, (s64)b);
		break;
	case VCCW_MSG_UNMAPPING:
		warn(d, "START into guest memory at %#llx, which the client is unmapping: busy until that is over",
		     a);
		break;
	case VCCW_MSG_NOT_PINNABLE:
		warn(d, "the client's IOMMU back end cannot pin pages (%lld): it has to use VFIO_TYPE1v2_IOMMU or iommufd",
		     (s64)a);
		break;
	case VCCW_MSG_IRB_DROPPED:
		warn(d, "the client does not read its interrupts: an intermediate or unsolicited one is lost (SCSW %08llx, %llu so far)",
		     a, b);
		break;
	case VCCW_MSG_CRW_DROPPED:
		warn(d, "the client does not read its channel reports: one is lost (CRW %08llx, %llu so far)",
		     a, b);
		break;
	case VCCW_MSG_STUCK:
		warn(d, "I/O cannot be ended (%lld): check the device and its channel paths, then unbind and bind the subchannel",
		     (s64)a);
		break;
	case VCCW_MSG_BROKEN_RULE:
		WARN_ONCE(1, "vfio_ccw: internal rule %llu is broken, please report\n",
			  a);
		break;
	default:
		log_refused(d, msg, a, b);
	}
}
