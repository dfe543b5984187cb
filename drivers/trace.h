/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trace events.  The names of the first four and of their fields are known to
 * tools, from the kernel's own driver; the numbers of states and events are
 * not, so these are printed by name.  The other events tell whose interrupt it
 * was, and what became of it.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vfio_ccw

#if !defined(VCCW_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VCCW_TRACE_H

#include <linux/tracepoint.h>
#include <linux/vfio_ccw.h>
#include <asm/schid.h>

#include "cio.h"
#include "vccw_core.h"

/*
 * Names of values: X(value, name) for each, with SEP() between two.  A program
 * that reads the events is given the values of enumerators by the first use of
 * each list, the event prints by the second.
 */
#define VCCW_STATE_NAMES(X, SEP)				\
	X(VCCW_NOT_OPER, "not-operational") SEP()		\
	X(VCCW_STANDBY, "standby") SEP()			\
	X(VCCW_IDLE, "idle") SEP()				\
	X(VCCW_PROCESSING, "processing") SEP()			\
	X(VCCW_SHUT, "shut")

#define VCCW_EVENT_NAMES(X, SEP)				\
	X(VCCW_EVENT_OPEN, "open") SEP()			\
	X(VCCW_EVENT_QUIESCE, "quiesce") SEP()			\
	X(VCCW_EVENT_START, "start") SEP()			\
	X(VCCW_EVENT_HALT, "halt") SEP()			\
	X(VCCW_EVENT_CLEAR, "clear") SEP()			\
	X(VCCW_EVENT_ENABLED, "enabled") SEP()			\
	X(VCCW_EVENT_ENABLE_FAILED, "enable-failed") SEP()	\
	X(VCCW_EVENT_INACTIVE, "inactive") SEP()		\
	X(VCCW_EVENT_STUCK, "stuck") SEP()			\
	X(VCCW_EVENT_START_CC0, "start-cc0") SEP()		\
	X(VCCW_EVENT_HALT_CC0, "halt-cc0") SEP()		\
	X(VCCW_EVENT_CLEAR_CC0, "clear-cc0") SEP()		\
	X(VCCW_EVENT_REFUSED, "refused") SEP()			\
	X(VCCW_EVENT_IRQ, "interrupt") SEP()			\
	X(VCCW_EVENT_GONE, "gone") SEP()			\
	X(VCCW_EVENT_SHUT_DOWN, "shut-down")

#define VCCW_PATH_NAMES(X, SEP)					\
	X(_CHP_ONLINE, "online") SEP()				\
	X(_CHP_OFFLINE, "offline") SEP()			\
	X(_CHP_VARY_ON, "vary-on") SEP()			\
	X(_CHP_VARY_OFF, "vary-off")

#define VCCW_ENUMERATOR(value, name)	TRACE_DEFINE_ENUM(value);
#define VCCW_NAME(value, name)		{ value, name }
#define VCCW_NOTHING()
#define VCCW_COMMA()			,

VCCW_STATE_NAMES(VCCW_ENUMERATOR, VCCW_NOTHING)
VCCW_EVENT_NAMES(VCCW_ENUMERATOR, VCCW_NOTHING)
VCCW_PATH_NAMES(VCCW_ENUMERATOR, VCCW_NOTHING)

#define vccw_name(field, names) \
	__print_symbolic(__entry->field, names(VCCW_NAME, VCCW_COMMA))

/* Where it happened; one event calls the subchannel's number differently. */
#define VCCW_ID_FIELDS(number) \
	__field(u8, cssid) __field(u8, ssid) __field(u16, number)

#define VCCW_ID_SET(number, id) do {		\
	__entry->cssid = (id).cssid;		\
	__entry->ssid = (id).ssid;		\
	__entry->number = (id).sch_no;		\
} while (0)

#define VCCW_ID_PRINT(number, format, ...) \
	TP_printk("schid=%x.%x.%04x " format, __entry->cssid, __entry->ssid, \
		  __entry->number, __VA_ARGS__)

/* Called as somebody begins and ends to record one of the events; may sleep. */
int vccw_trace_begins(void);
void vccw_trace_ends(void);

/* An event of the core's. */
#define VCCW_TRACE_EVENT(name, proto, args, entry, assign, print)	\
	TRACE_EVENT_FN(name, PARAMS(proto), PARAMS(args), PARAMS(entry),	\
		       PARAMS(assign), PARAMS(print), vccw_trace_begins,	\
		       vccw_trace_ends)

/* An event with two values, each a field of its own name. */
#define VCCW_EVENT(name, number, type1, field1, type2, field2, format, ...) \
VCCW_TRACE_EVENT(name,							\
	TP_PROTO(struct subchannel_id id, type1 field1, type2 field2),	\
	TP_ARGS(id, field1, field2),					\
	TP_STRUCT__entry(VCCW_ID_FIELDS(number)				\
		__field(type1, field1) __field(type2, field2)),		\
	TP_fast_assign(							\
		VCCW_ID_SET(number, id);				\
		__entry->field1 = field1;				\
		__entry->field2 = field2;				\
	),								\
	VCCW_ID_PRINT(number, format, __VA_ARGS__)			\
)

VCCW_EVENT(vfio_ccw_chp_event, sch_no, int, mask, int, event,
	   "mask=0x%x event=%s",
	   __entry->mask, vccw_name(event, VCCW_PATH_NAMES));

VCCW_EVENT(vfio_ccw_fsm_async_request, sch_no, int, command, int, errno,
	   "command=%s errno=%d",
	   __print_symbolic(__entry->command,
			    { VFIO_CCW_ASYNC_CMD_HSCH, "halt" },
			    { VFIO_CCW_ASYNC_CMD_CSCH, "clear" }),
	   __entry->errno);

/* The state in which the event was met. */
VCCW_EVENT(vfio_ccw_fsm_event, schno, int, state, int, event,
	   "state=%s event=%s", vccw_name(state, VCCW_STATE_NAMES),
	   vccw_name(event, VCCW_EVENT_NAMES));

VCCW_TRACE_EVENT(vfio_ccw_fsm_io_request,
	TP_PROTO(int fctl, struct subchannel_id id, int errno, const char *why),
	TP_ARGS(fctl, id, errno, why),
	TP_STRUCT__entry(VCCW_ID_FIELDS(sch_no)
		__field(int, fctl) __field(int, errno) __string(errstr, why)),
	TP_fast_assign(
		VCCW_ID_SET(sch_no, id);
		__assign_str(errstr);
		__entry->errno = errno;
		__entry->fctl = fctl;
	),
	VCCW_ID_PRINT(sch_no, "fctl=0x%x errno=%d info=%s", __entry->fctl,
		      __entry->errno, __get_str(errstr))
);

/* Words 0 and 2 of the SCSW, and the program that the interrupt ended (or 0). */
VCCW_TRACE_EVENT(vfio_ccw_interrupt,
	TP_PROTO(struct subchannel_id id, u32 scsw0, u32 scsw2, u64 program),
	TP_ARGS(id, scsw0, scsw2, program),
	TP_STRUCT__entry(VCCW_ID_FIELDS(sch_no)
		__field(u32, scsw0) __field(u32, scsw2) __field(u64, program)),
	TP_fast_assign(
		VCCW_ID_SET(sch_no, id);
		__entry->scsw0 = scsw0;
		__entry->scsw2 = scsw2;
		__entry->program = program;
	),
	VCCW_ID_PRINT(sch_no, "scsw0=%08x scsw2=%08x program=%llu",
		      __entry->scsw0, __entry->scsw2, __entry->program)
);

/* An interrupt became readable; `cpa` is the guest's. */
VCCW_EVENT(vfio_ccw_publish, sch_no, u32, cpa, u64, irb,
	   "irb=%llu cpa=%08x", __entry->irb, __entry->cpa);

/* A program's memory is released, and `pages` guest pages are unpinned. */
VCCW_EVENT(vfio_ccw_release, sch_no, u64, program, u64, pages,
	   "program=%llu pages=%llu", __entry->program, __entry->pages);

#endif

/* define_trace.h reads this file again, by the include path. */
#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
