/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The s390 debug feature's logs "vfio_ccw_msg" (one line each) and
 * "vfio_ccw_trace" (16 bytes each), under /sys/kernel/debug/s390dbf.  Both
 * record level 2 and below until somebody writes another number into `level`:
 * 2 what the host does, and trouble; 3 what a client or guest can repeat at will
 * (open, reset, errors): it must not wipe the rest; 5 instructions, 6 interrupts.
 */
#ifndef VCCW_DEBUG_H
#define VCCW_DEBUG_H

#include <asm/debug.h>

#include "cio.h"

extern debug_info_t *vccw_debug_msg;
extern debug_info_t *vccw_debug_trace;

int vccw_debug_init(void);
void vccw_debug_exit(void);

/*
 * Any context.  `fmt` starts with the three parts of the subchannel's id; a
 * string argument must be a constant, as it is printed when the log is read.
 */
#define vccw_debug(level, fmt, sch, ...)				\
	debug_sprintf_event(vccw_debug_msg, level, fmt,			\
			    (sch)->schid.cssid, (sch)->schid.ssid,	\
			    (sch)->schid.sch_no, ##__VA_ARGS__)

/*
 * Any context: a line of the kernel's log that names the mdev, which may be gone
 * already, and the subchannel.
 */
#define vccw_warn(d, fmt, ...)						\
	pr_warn("vfio_ccw_mdev %s: sch %s: " fmt, (d)->name,		\
		dev_name(&(d)->sch->dev), ##__VA_ARGS__)
#define vccw_notice(d, fmt, ...)					\
	pr_notice("vfio_ccw_mdev %s: sch %s: " fmt, (d)->name,		\
		  dev_name(&(d)->sch->dev), ##__VA_ARGS__)

void vccw_debug_record(int level, const char *what, struct subchannel *sch,
		       const void *bytes, unsigned int len);

/* Any context: what happened, to which subchannel, with which bytes. */
static inline void vccw_debug_bytes(int level, const char *what,
				    struct subchannel *sch, const void *bytes,
				    unsigned int len)
{
	if (debug_level_enabled(vccw_debug_trace, level))
		vccw_debug_record(level, what, sch, bytes, len);
}

#endif
