// SPDX-License-Identifier: GPL-2.0-only
/* The core's events as trace events; any context. */
#include <linux/jump_label.h>

#include "port.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

/* Each state and each event has a name. */
#define NAMES(list) \
	(sizeof((struct trace_print_flags[]){ list(VCCW_NAME, VCCW_COMMA) }) / \
	 sizeof(struct trace_print_flags))
static_assert(NAMES(VCCW_STATE_NAMES) == VCCW_STATES);
static_assert(NAMES(VCCW_EVENT_NAMES) == VCCW_EVENTS);

/* On while anybody records an event.  An I/O has seven of them. */
static DEFINE_STATIC_KEY_FALSE(recorded);

int vccw_trace_begins(void)
{
	static_branch_inc(&recorded);
	return 0;
}

void vccw_trace_ends(void)
{
	static_branch_dec(&recorded);
}

static const char *outcome(int ret)
{
	switch (ret) {
	case 0:
		return "started";
	case -EBUSY:
		return "busy";
	case -EACCES:
		return "path not operational";
	case -ENODEV:
		return "not operational";
	case -EOPNOTSUPP:
		return "not supported";
	case -ENOMEM:
		return "no memory";
	default:
		return "refused";
	}
}

static noinline void record(struct vccw_device *d, enum vccw_trace_kind kind,
			    u64 a, u64 b)
{
	struct subchannel_id schid = d->sch->schid;

	switch (kind) {
	case VCCW_TRACE_EVENT:
		trace_vfio_ccw_fsm_event(schid, a, b);
		break;
	case VCCW_TRACE_START:
		trace_vfio_ccw_fsm_io_request(a, schid, b, outcome(b));
		break;
	case VCCW_TRACE_ASYNC:
		trace_vfio_ccw_fsm_async_request(schid, a, b);
		break;
	case VCCW_TRACE_IRQ:
		trace_vfio_ccw_interrupt(schid, upper_32_bits(a),
					 lower_32_bits(a), b);
		break;
	case VCCW_TRACE_PUBLISH:
		trace_vfio_ccw_publish(schid, b, a);
		break;
	case VCCW_TRACE_RELEASE:
		trace_vfio_ccw_release(schid, a, b);
		break;
	}
}

void vccw_port_trace(void *ctx, enum vccw_trace_kind kind, vccw_u64 a,
		     vccw_u64 b)
{
	if (static_branch_unlikely(&recorded))
		record(ctx, kind, a, b);
}
