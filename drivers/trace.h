/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trace events.  The first four and their fields have the names that tools
 * know from the kernel's own driver; the others tell whose interrupt it was,
 * and what became of it.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vfio_ccw

#if !defined(VCCW_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VCCW_TRACE_H

#include <linux/tracepoint.h>
#include <asm/schid.h>

TRACE_EVENT(vfio_ccw_chp_event,
	TP_PROTO(struct subchannel_id schid, int mask, int event),
	TP_ARGS(schid, mask, event),
	TP_STRUCT__entry(
		__field(u8, cssid)
		__field(u8, ssid)
		__field(u16, sch_no)
		__field(int, mask)
		__field(int, event)
	),
	TP_fast_assign(
		__entry->cssid = schid.cssid;
		__entry->ssid = schid.ssid;
		__entry->sch_no = schid.sch_no;
		__entry->mask = mask;
		__entry->event = event;
	),
	TP_printk("schid=%x.%x.%04x mask=0x%x event=%d",
		  __entry->cssid, __entry->ssid, __entry->sch_no,
		  __entry->mask, __entry->event)
);

TRACE_EVENT(vfio_ccw_fsm_async_request,
	TP_PROTO(struct subchannel_id schid, int command, int errno),
	TP_ARGS(schid, command, errno),
	TP_STRUCT__entry(
		__field(u8, cssid)
		__field(u8, ssid)
		__field(u16, sch_no)
		__field(int, command)
		__field(int, errno)
	),
	TP_fast_assign(
		__entry->cssid = schid.cssid;
		__entry->ssid = schid.ssid;
		__entry->sch_no = schid.sch_no;
		__entry->command = command;
		__entry->errno = errno;
	),
	TP_printk("schid=%x.%x.%04x command=0x%x errno=%d",
		  __entry->cssid, __entry->ssid, __entry->sch_no,
		  __entry->command, __entry->errno)
);

TRACE_EVENT(vfio_ccw_fsm_event,
	TP_PROTO(struct subchannel_id schid, int state, int event),
	TP_ARGS(schid, state, event),
	TP_STRUCT__entry(
		__field(u8, cssid)
		__field(u8, ssid)
		__field(u16, schno)
		__field(int, state)
		__field(int, event)
	),
	TP_fast_assign(
		__entry->cssid = schid.cssid;
		__entry->ssid = schid.ssid;
		__entry->schno = schid.sch_no;
		__entry->state = state;
		__entry->event = event;
	),
	TP_printk("schid=%x.%x.%04x state=%d event=%d",
		  __entry->cssid, __entry->ssid, __entry->schno,
		  __entry->state, __entry->event)
);

TRACE_EVENT(vfio_ccw_fsm_io_request,
	TP_PROTO(int fctl, struct subchannel_id schid, int errno,
		 const char *errstr),
	TP_ARGS(fctl, schid, errno, errstr),
	TP_STRUCT__entry(
		__field(u8, cssid)
		__field(u8, ssid)
		__field(u16, sch_no)
		__field(int, fctl)
		__field(int, errno)
		__string(errstr, errstr)
	),
	TP_fast_assign(
		__entry->cssid = schid.cssid;
		__entry->ssid = schid.ssid;
		__entry->sch_no = schid.sch_no;
		__entry->fctl = fctl;
		__entry->errno = errno;
		__assign_str(errstr);
	),
	TP_printk("schid=%x.%x.%04x fctl=0x%x errno=%d info=%s",
		  __entry->cssid, __entry->ssid, __entry->sch_no,
		  __entry->fctl, __entry->errno, __get_str(errstr))
);

/* Words 0 and 2 of the SCSW, and the program that the interrupt ended (or 0). */
TRACE_EVENT(vfio_ccw_interrupt,
	TP_PROTO(struct subchannel_id schid, u32 scsw0, u32 scsw2, u64 program),
	TP_ARGS(schid, scsw0, scsw2, program),
	TP_STRUCT__entry(
		__field(u8, cssid)
		__field(u8, ssid)
		__field(u16, sch_no)
		__field(u32, scsw0)
		__field(u32, scsw2)
		__field(u64, program)
	),
	TP_fast_assign(
		__entry->cssid = schid.cssid;
		__entry->ssid = schid.ssid;
		__entry->sch_no = schid.sch_no;
		__entry->scsw0 = scsw0;
		__entry->scsw2 = scsw2;
		__entry->program = program;
	),
	TP_printk("schid=%x.%x.%04x scsw0=%08x scsw2=%08x program=%llu",
		  __entry->cssid, __entry->ssid, __entry->sch_no,
		  __entry->scsw0, __entry->scsw2, __entry->program)
);

/* An interrupt became readable; `cpa` is the guest's. */
TRACE_EVENT(vfio_ccw_publish,
	TP_PROTO(struct subchannel_id schid, u64 irb, u32 cpa),
	TP_ARGS(schid, irb, cpa),
	TP_STRUCT__entry(
		__field(u8, cssid)
		__field(u8, ssid)
		__field(u16, sch_no)
		__field(u32, cpa)
		__field(u64, irb)
	),
	TP_fast_assign(
		__entry->cssid = schid.cssid;
		__entry->ssid = schid.ssid;
		__entry->sch_no = schid.sch_no;
		__entry->cpa = cpa;
		__entry->irb = irb;
	),
	TP_printk("schid=%x.%x.%04x irb=%llu cpa=%08x",
		  __entry->cssid, __entry->ssid, __entry->sch_no,
		  __entry->irb, __entry->cpa)
);

/* A program's memory is released, and `pages` guest pages are unpinned. */
TRACE_EVENT(vfio_ccw_release,
	TP_PROTO(struct subchannel_id schid, u64 program, u64 pages),
	TP_ARGS(schid, program, pages),
	TP_STRUCT__entry(
		__field(u8, cssid)
		__field(u8, ssid)
		__field(u16, sch_no)
		__field(u64, program)
		__field(u64, pages)
	),
	TP_fast_assign(
		__entry->cssid = schid.cssid;
		__entry->ssid = schid.ssid;
		__entry->sch_no = schid.sch_no;
		__entry->program = program;
		__entry->pages = pages;
	),
	TP_printk("schid=%x.%x.%04x program=%llu pages=%llu",
		  __entry->cssid, __entry->ssid, __entry->sch_no,
		  __entry->program, __entry->pages)
);

#endif

/* define_trace.h reads this file again, by the include path. */
#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
