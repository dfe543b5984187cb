/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A core on a port made of plain memory, with scripted condition codes.
 *
 * Locks are real ones, so that lockdep and the atomic-sleep checks watch the
 * core; what a port may not be asked (pinning twice, releasing what is not
 * held) fails the test.  One thread: interrupts and the work item run where
 * the test calls for them.
 */
#ifndef VCCW_KUNIT_BENCH_H
#define VCCW_KUNIT_BENCH_H

#include <kunit/test.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/unaligned.h>

#include "vccw_core.h"

/* Guest storage: absolute addresses 0 .. GUEST_PAGES * PAGE_SIZE. */
#define GUEST_PAGES	128
/* Where guest page n lies on the "host": neighbours are none there. */
#define HOST_OF(gpa)	(0x900000000ULL + ((u64)(gpa) >> PAGE_SHIFT) * 3 * PAGE_SIZE + \
			 ((gpa) & ~PAGE_MASK))
#define ZERO_PAGE_AT	0x700000000ULL
/* An address that no machine has: what stands for a page that is not there. */
#define NOWHERE		0x7ffffffffffff000ULL

/* SCSW word 0 of usual interrupts: function and status control. */
#define START_ENDED	0x4007
#define HALT_ENDED	0x2001
#define CLEAR_ENDED	0x1001
#define UNSOLICITED	0x0011
#define INTERMEDIATE	0x40c9
#define SUSPENDED	0x4029

/* CCW commands and flags, ORB word 1. */
#define CMD_WRITE	0x01
#define CMD_READ	0x02
#define CMD_NOP		0x03
#define CMD_CONTROL	0x07
#define CMD_TIC		0x08
#define CMD_SEARCH	0x31
#define F_DC		0x80
#define F_CC		0x40
#define F_SLI		0x20
#define F_SKIP		0x10
#define F_IDA		0x04
#define F_MIDA		0x01
#define ORB1		0x00c2ff00	/* format 1, prefetch, 64-bit IDAWs, all paths */
#define ORB1_FMT1	0x00800000
#define ORB1_PFCH	0x00400000
#define ORB1_C64	0x00020000
#define ORB1_I2K	0x00010000
#define ORB1_ILS	0x00000080
#define ORB1_MIDAW	0x00000040

enum page_state { PAGE_ABSENT, PAGE_READ_ONLY, PAGE_WRITABLE };

struct dma_block {
	struct list_head list;
	void *mem;
	u64 abs;
	size_t bytes;
};

struct bench {
	struct kunit *test;
	struct vccw_core *core;

	spinlock_t lock;
	struct mutex request;

	/* What the channel answers; counted down, then cc 0. */
	int start_cc, halt_cc, clear_cc;
	int enable_rc, disable_rc;
	bool other_path;

	/* What it was asked. */
	u8 orb[VCCW_ORB_SIZE];
	int starts, halts, clears, disables, gone;
	bool work_queued, work_urgent;	/* urgent: not in some milliseconds */
	int signals[VCCW_TRIGGERS];
	u32 messages[VCCW_MSGS];

	u8 *guest;
	u8 page_state[GUEST_PAGES];
	u8 pinned[GUEST_PAGES];		/* 1: to read, 2: to store; and: */
#define PIN_START	4		/* first page of its call */
#define PIN_END		8		/* last page of its call */
	int pages_pinned, pin_calls;
	int pins_until_enomem;		/* pages; -1: never */
	int allocs_until_enomem;	/* -1: never */
	struct list_head dma;
	int heap;
	u64 next_abs;

	/* Called once, inside read_guest. */
	void (*in_read_guest)(struct bench *b);
};

/* The same for every test: an opened core; all is checked when it ends. */
int bench_init(struct kunit *test);
void bench_exit(struct kunit *test);

extern const struct vccw_port bench_port;

/* Requests of a client. */
int bench_start(struct bench *b, u32 cpa, u32 orb1);
int bench_halt(struct bench *b);
int bench_clear(struct bench *b);
int bench_async(struct bench *b, u32 command);
/* Reads the I/O region, and acknowledges. */
void bench_read(struct bench *b, u8 region[VCCW_IO_REGION_SIZE]);
/* The same; SCSW words of its IRB. */
u32 bench_read_word0(struct bench *b);
u32 bench_read_cpa(struct bench *b);
u32 bench_read_word2(struct bench *b);

/* The channel's side. */
void bench_irq(struct bench *b, u32 word0, u32 cpa);
/* The same with any word 2: device status, subchannel status, count. */
void bench_status(struct bench *b, u32 word0, u32 cpa, u32 word2);
void bench_work(struct bench *b);
/* ... and what it queues. */
void bench_all_work(struct bench *b);
void bench_not_oper(struct bench *b);
void bench_crw(struct bench *b, u32 crw);

struct vccw_stats bench_stats(struct bench *b);

/* Guest programs: CCW of format 1 at `gpa`. */
void bench_ccw(struct bench *b, u32 gpa, u8 cmd, u8 flags, u16 count, u32 cda);
/* The bytes behind an absolute address below 2 GiB that the core got. */
u8 *bench_abs(struct bench *b, u64 abs, size_t len);
/* The program that the channel got last. */
static inline u32 bench_host_cpa(struct bench *b)
{
	return get_unaligned_be32(b->orb + 8);
}

#endif
