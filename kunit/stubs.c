// SPDX-License-Identifier: GPL-2.0-only
/* What the shim's table of services names and no suite calls. */
#include <linux/bug.h>

#include "../drivers/port.h"

#define STUB(type, name, ...) \
	type name(__VA_ARGS__) { WARN(1, "stub called"); return (type)0; }
#define STUB_VOID(name, ...) \
	void name(__VA_ARGS__) { WARN(1, "stub called"); }

STUB(int, vccw_port_start, void *ctx, vccw_u8 *orb)
STUB(int, vccw_port_halt, void *ctx)
STUB(int, vccw_port_clear, void *ctx)
STUB(int, vccw_port_paths_left, void *ctx, vccw_u8 lpm)
STUB(int, vccw_port_enable, void *ctx)
STUB(int, vccw_port_disable, void *ctx)
STUB(int, vccw_port_cancel, void *ctx, int *retry)
STUB(int, vccw_port_store, void *ctx, vccw_u8 *schib)
STUB_VOID(vccw_port_gone, void *ctx)
STUB_VOID(vccw_port_log, void *ctx, enum vccw_msg msg, vccw_u64 a, vccw_u64 b)
STUB_VOID(vccw_port_trace, void *ctx, enum vccw_trace_kind kind, vccw_u64 a, vccw_u64 b)
