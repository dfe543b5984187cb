// SPDX-License-Identifier: GPL-2.0-only
#include <linux/errno.h>

#include "debug.h"

debug_info_t *vccw_debug_msg;
debug_info_t *vccw_debug_trace;

enum {
	PAGES = 16,
	LEVEL = 2,
	MSG_ENTRY = 11 * sizeof(long),	/* format and ten arguments */
	TRACE_ENTRY = 16,
};

static debug_info_t *create(const char *name, int entry,
			    struct debug_view *view)
{
	debug_info_t *log = debug_register(name, PAGES, 1, entry);

	if (!log)
		return NULL;
	debug_register_view(log, view);
	debug_set_level(log, LEVEL);
	return log;
}

int vccw_debug_init(void)
{
	vccw_debug_msg = create("vfio_ccw_msg", MSG_ENTRY, &debug_sprintf_view);
	vccw_debug_trace = create("vfio_ccw_trace", TRACE_ENTRY,
				  &debug_hex_ascii_view);
	if (vccw_debug_msg && vccw_debug_trace)
		return 0;
	vccw_debug_exit();
	return -ENOMEM;
}

void vccw_debug_exit(void)
{
	debug_unregister(vccw_debug_trace);
	debug_unregister(vccw_debug_msg);
}

void vccw_debug_record(int level, const char *what, struct subchannel *sch,
		       const void *bytes, unsigned int len)
{
	debug_text_event(vccw_debug_trace, level, what);
	debug_text_event(vccw_debug_trace, level, dev_name(&sch->dev));
	debug_event(vccw_debug_trace, level, (void *)bytes, len);
}
