/* SPDX-License-Identifier: GPL-2.0-only */
/* What bench_port.c takes from bench_memory.c. */
#ifndef VCCW_KUNIT_BENCH_MEMORY_H
#define VCCW_KUNIT_BENCH_MEMORY_H

#include "bench.h"

void *fake_alloc_dma(void *ctx, vccw_size bytes, vccw_u64 *abs);
void fake_free_dma(void *ctx, void *p, vccw_size bytes);
void *fake_alloc(void *ctx, vccw_size bytes);
void fake_free(void *ctx, void *p, vccw_size bytes);
vccw_u64 fake_zero_page(void *ctx);
int fake_read_guest(void *ctx, vccw_u64 gpa, void *to, vccw_u32 len);
int fake_pin(void *ctx, vccw_u64 gpa, vccw_u32 n, int write, vccw_u64 *host);
void fake_unpin(void *ctx, vccw_u64 gpa, vccw_u32 n);
void fake_keep(void *ctx, vccw_u64 host);

#endif
