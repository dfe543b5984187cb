/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's implementation of struct vccw_port (vccw_core.h, which states
 * what each function does and in which context).  `ctx` is the vccw_device.
 */
#ifndef VCCW_PORT_H
#define VCCW_PORT_H

#include "vccw.h"

extern const struct vccw_port vccw_port;

/* port_io.c: instructions; subchannel lock held */
int vccw_port_start(void *ctx, vccw_u8 *orb);
int vccw_port_halt(void *ctx);
int vccw_port_clear(void *ctx);
int vccw_port_paths_left(void *ctx, vccw_u8 lpm);
int vccw_port_enable(void *ctx);
int vccw_port_disable(void *ctx);
int vccw_port_cancel(void *ctx, int *retry);
int vccw_port_store(void *ctx, vccw_u8 *schib);
void vccw_port_gone(void *ctx);

/* port_mem.c: host storage; may sleep */
/* Before the core's open, in the client's context, and after its close. */
void vccw_mem_open(struct vccw_device *d);
void vccw_mem_close(struct vccw_device *d);
void *vccw_port_alloc_dma(void *ctx, vccw_size bytes, vccw_u64 *abs);
void vccw_port_clear_keys(void *ctx, void *p, vccw_size bytes);
void vccw_port_free_dma(void *ctx, void *p, vccw_size bytes);
void *vccw_port_alloc(void *ctx, vccw_size bytes);
void vccw_port_free(void *ctx, void *p, vccw_size bytes);
vccw_u64 vccw_port_zero_page(void *ctx);

/* port_guest.c: guest storage; may sleep */
int vccw_port_read_guest(void *ctx, vccw_u64 gpa, void *to, vccw_u32 len);
int vccw_port_pin(void *ctx, vccw_u64 gpa, vccw_u32 n, int write,
		  vccw_u64 *host);
void vccw_port_unpin(void *ctx, vccw_u64 gpa, vccw_u32 n);
void vccw_port_keep(void *ctx, vccw_u64 host);

/* port_log.c, trace.c: any context */
void vccw_port_log(void *ctx, enum vccw_msg msg, vccw_u64 a, vccw_u64 b);
/* The device goes: tells what is left to tell. */
void vccw_log_release(struct vccw_device *d);
void vccw_port_trace(void *ctx, enum vccw_trace_kind kind, vccw_u64 a,
		     vccw_u64 b);

#endif
