/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The boundary between the C shim and the C++ core.
 *
 * One header, plain C, for both sides and for every test.  The core sees the
 * kernel only through `struct vccw_port`; the shim sees the core only through
 * the vccw_core_*() calls.  All multi-byte values that a channel or a guest
 * looks at (ORB, CCW, IRB, SCHIB, CRW) are big-endian byte images here, on
 * every machine, so that the same core runs and is tested on any host.
 *
 * Contexts used below
 *   process  may sleep; no lock held by the caller
 *   locked   the subchannel lock is held by the caller (interrupts off);
 *            must not sleep
 *   work     the device's one work item; may sleep; no lock held
 *
 * Return values are 0 or a negative errno from `enum vccw_errno`, never
 * positive, unless stated otherwise.
 */
#ifndef VCCW_CORE_H
#define VCCW_CORE_H

#ifdef __cplusplus
extern "C" {
#endif

typedef unsigned char vccw_u8;
typedef unsigned short vccw_u16;
typedef unsigned int vccw_u32;
typedef unsigned long long vccw_u64;
typedef __SIZE_TYPE__ vccw_size;

/* The errno values that the core can answer; the shim asserts that they are
 * the kernel's.  QEMU maps them: 0 -> cc 0, EBUSY -> cc 2, ENODEV and EACCES
 * -> cc 3, EAGAIN -> try again at once, the rest -> cc 0 and a unit exception.
 */
enum vccw_errno {
	VCCW_EPERM = 1,
	VCCW_ENOENT = 2,
	VCCW_EIO = 5,
	VCCW_EAGAIN = 11,
	VCCW_ENOMEM = 12,
	VCCW_EACCES = 13,
	VCCW_EFAULT = 14,
	VCCW_EBUSY = 16,
	VCCW_ENODEV = 19,
	VCCW_EINVAL = 22,
	VCCW_EOPNOTSUPP = 95,
};

/* Sizes of the architected areas (Principles of Operation, ch. 15 and 16) and
 * of the I/O region (linux/vfio_ccw.h), in bytes. */
enum vccw_size_of {
	VCCW_ORB_SIZE = 12,
	VCCW_SCSW_SIZE = 12,
	VCCW_IRB_SIZE = 64,	/* what TEST SUBCHANNEL stores, without the EMW */
	VCCW_IRB_AREA_SIZE = 96,
	VCCW_SCHIB_SIZE = 52,
	VCCW_IO_REGION_SIZE = 12 + 12 + 96 + 4,
	VCCW_ASYNC_REGION_SIZE = 8,
	VCCW_CRW_REGION_SIZE = 8,
};

/* The client's eventfds, by VFIO interrupt index. */
enum vccw_trigger {
	VCCW_TRIGGER_IO,
	VCCW_TRIGGER_CRW,
	VCCW_TRIGGER_REQ,
	VCCW_TRIGGERS,
};

enum vccw_state {
	VCCW_NOT_OPER,
	VCCW_STANDBY,
	VCCW_IDLE,
	VCCW_PROCESSING,
	VCCW_SHUT,		/* the host needs the subchannel: nothing starts any more */
	VCCW_STATES,
};

/* Events of the state machine, for the tracepoints. */
enum vccw_event {
	VCCW_EVENT_OPEN,
	VCCW_EVENT_QUIESCE,
	VCCW_EVENT_START,
	VCCW_EVENT_HALT,
	VCCW_EVENT_CLEAR,
	VCCW_EVENT_ENABLED,
	VCCW_EVENT_ENABLE_FAILED,
	VCCW_EVENT_INACTIVE,
	VCCW_EVENT_STUCK,
	VCCW_EVENT_START_CC0,
	VCCW_EVENT_HALT_CC0,
	VCCW_EVENT_CLEAR_CC0,
	VCCW_EVENT_REFUSED,
	VCCW_EVENT_IRQ,
	VCCW_EVENT_GONE,
	VCCW_EVENT_SHUT_DOWN,
	VCCW_EVENTS,
};

/* What the core reports through port->log; each is one rate-limited line.
 * `a` and `b` are the values named behind each. */
enum vccw_msg {
	VCCW_MSG_TRANSPORT_MODE,	/* ORB word 1 */
	VCCW_MSG_ORB_EXTENSION,		/* ORB word 1; once a device */
	VCCW_MSG_NOT_START,		/* SCSW word 0: HALT/CLEAR in the I/O region */
	VCCW_MSG_NO_PREFETCH,		/* ORB word 1; once a device */
	VCCW_MSG_LIMIT_CCWS,		/* limit, guest address */
	VCCW_MSG_LIMIT_SEGMENTS,	/* limit, guest address */
	VCCW_MSG_LIMIT_PAGES,		/* limit, guest address */
	VCCW_MSG_NO_MEMORY,		/* bytes */
	VCCW_MSG_PIN_REFUSED,		/* guest address, errno */
	VCCW_MSG_BAD_COMMAND,		/* async command */
	VCCW_MSG_IRB_DROPPED,		/* SCSW word 0, drops so far */
	VCCW_MSG_CRW_DROPPED,		/* CRW, drops so far */
	VCCW_MSG_STUCK,			/* errno: subchannel can't be proven inactive */
	VCCW_MSG_BROKEN_RULE,		/* rule number: an internal invariant */
	VCCW_MSG_LIMIT_STORAGE,		/* limit in bytes, guest address */
	VCCW_MSG_NOT_PINNABLE,		/* errno: the client's IOMMU back end can't pin */
	VCCW_MSG_UNMAPPING,		/* guest address: the client is unmapping it */
	VCCW_MSGS,
};

/* What happened, for the tracepoints; see port->trace. */
enum vccw_trace_kind {
	VCCW_TRACE_EVENT,	/* a: enum vccw_state before, b: enum vccw_event */
	VCCW_TRACE_START,	/* a: SCSW fctl, b: result (negative errno or 0) */
	VCCW_TRACE_ASYNC,	/* a: command, b: result */
	VCCW_TRACE_IRQ,		/* a: SCSW words 0 and 2, b: program number ended, or 0 */
	VCCW_TRACE_PUBLISH,	/* a: IRB number, b: guest CPA */
	VCCW_TRACE_RELEASE,	/* a: program number, b: pages */
};

/* Limits on what one program may use; every value is at least 1. */
struct vccw_limits {
	vccw_u32 ccws;		/* CCWs a program, copies by TIC included */
	vccw_u32 segments;	/* runs of CCWs a program */
	vccw_u32 pages;		/* distinct guest pages pinned a program */
	vccw_u32 bytes;		/* storage below 2 GiB for CCWs and address lists */
};

/* Counters since creation, for sysfs and tests; values, not a promise of atomicity. */
struct vccw_stats {
	vccw_u32 state;		/* enum vccw_state */
	vccw_u32 queued;	/* IRBs captured and not yet acknowledged */
	vccw_u64 starts;	/* START with cc 0 */
	vccw_u64 interrupts;	/* IRBs captured */
	vccw_u64 irbs_published;
	vccw_u64 irbs_dropped;	/* queue full: intermediate or unsolicited status only */
	vccw_u64 irbs_cleared;	/* void by CLEAR or reset, or nobody's */
	vccw_u64 irbs_merged;	/* device end that joined its channel end */
	vccw_u64 irbs_early;	/* before the client's first request */
	vccw_u64 crws_dropped;
	vccw_u64 programs_released;
	vccw_u64 pages_pinned;	/* now */
	vccw_u64 bytes;		/* memory held for programs, now */
};

/*
 * The services that the core needs.  `ctx` is what vccw_core_create() was
 * given.  No call may re-enter the core except where said.
 */
struct vccw_port {
	/* The subchannel lock, from process or work context; returns what
	 * unlock needs to restore the interrupt state. */
	unsigned long (*lock)(void *ctx);
	void (*unlock)(void *ctx, unsigned long flags);
	/* Complains when the subchannel lock is not held (lockdep). */
	void (*assert_locked)(void *ctx);

	/* Serializes the client's requests on one device; process context,
	 * may sleep, taken before the subchannel lock. */
	void (*request_lock)(void *ctx);
	void (*request_unlock)(void *ctx);

	/* --- locked: channel instructions and subchannel state ----------- */

	/* START SUBCHANNEL.  `orb` is 12 bytes, big-endian; the port fills in
	 * the interruption parameter, and the logical-path mask where it is 0.
	 * Returns the condition code, 0..3, or -EIO when the instruction itself
	 * met a program check. */
	int (*start)(void *ctx, vccw_u8 *orb);
	/* HALT and CLEAR SUBCHANNEL: condition code, 0..3. */
	int (*halt)(void *ctx);
	int (*clear)(void *ctx);
	/* After cc 3 of START on the paths in `lpm` (0: all): takes them from
	 * the usable ones and tells whether another one is left. */
	int (*paths_left)(void *ctx, vccw_u8 lpm);
	/* Enables/disables the subchannel.  disable: 0 means that it is proven
	 * inactive, -EBUSY that it is not yet, -ENODEV that it is gone. */
	int (*enable)(void *ctx);
	int (*disable)(void *ctx);
	/* One step of cancel/halt/clear; `retry` is the ladder's counter, set
	 * to 255 by the core before the first step.  0: nothing is active,
	 * -EBUSY: wait for an interrupt, -ENODEV: gone, -EIO: given up. */
	int (*cancel)(void *ctx, int *retry);
	/* STORE SUBCHANNEL into 52 bytes; 0 or -ENODEV. */
	int (*store)(void *ctx, vccw_u8 *schib);
	/* The subchannel is not operational: have it unregistered once no client has
	 * it open, later; may come again. */
	void (*gone)(void *ctx);
	/* Queues the work item (vccw_core_todo); repeats while queued are one. */
	void (*queue_work)(void *ctx);
	/* The same, to run some milliseconds from now; sooner, if it is to run
	 * already or is queued meanwhile.  On the path of every I/O. */
	void (*queue_work_later)(void *ctx);
	/* The same, but from now on, whatever it was to run for. */
	void (*put_work_off)(void *ctx);
	/* Ends every wait_irq whose `wakes` are from before. */
	void (*wake)(void *ctx);
	/* How many wakes there have been. */
	vccw_u32 (*wakes)(void *ctx);

	/* --- process: waiting -------------------------------------------- */

	/* Waits until there have been more than `wakes`, at most `ms`; returns how many
	 * ms are left, 0 when none came. */
	vccw_u32 (*wait_irq)(void *ctx, vccw_u32 ms, vccw_u32 wakes);
	/* Returns once all is done that the work item was queued for, now or for
	 * later, and none of before is running.  May call vccw_core_todo. */
	void (*flush_work)(void *ctx);

	/* --- process/work: memory ---------------------------------------- */

	/* Zeroed memory below 2 GiB, contiguous in absolute storage, page
	 * aligned; `bytes` is a power of two of pages.  *abs: its absolute
	 * address.  NULL when there is none. */
	void *(*alloc_dma)(void *ctx, vccw_size bytes, vccw_u64 *abs);
	/* Gives memory of alloc_dma the storage key 0, without fetch protection. */
	void (*clear_keys)(void *ctx, void *p, vccw_size bytes);
	void (*free_dma)(void *ctx, void *p, vccw_size bytes);
	/* Zeroed memory anywhere. */
	void *(*alloc)(void *ctx, vccw_size bytes);
	void (*free)(void *ctx, void *p, vccw_size bytes);
	/* Absolute address of a page of zeros that is never written. */
	vccw_u64 (*zero_page)(void *ctx);

	/* --- process/work: guest storage --------------------------------- */

	/* Copies `len` bytes from guest address `gpa`; all or nothing. */
	int (*read_guest)(void *ctx, vccw_u64 gpa, void *to, vccw_u32 len);
	/* Pins `n` consecutive guest pages from `gpa` (page aligned); for the
	 * channel to store into when `write`.  host[i]: absolute address of
	 * page i.  All or none: 0 or an errno; -EBUSY: the client is unmapping some
	 * of it. */
	int (*pin)(void *ctx, vccw_u64 gpa, vccw_u32 n, int write, vccw_u64 *host);
	void (*unpin)(void *ctx, vccw_u64 gpa, vccw_u32 n);
	/* Keeps the page at absolute address `host` from ever being used for
	 * something else: a channel that could not be stopped may store there. */
	void (*keep)(void *ctx, vccw_u64 host);

	/* --- process/work: bounds on work --------------------------------- */

	/* 64 bits that neither a client nor a guest can guess.  Not on the path of
	 * every I/O. */
	vccw_u64 (*random)(void *ctx);
	/* Lets others run.  Called about once in 512 CCWs, list words or pages, so
	 * that no program keeps a CPU for longer. */
	void (*relax)(void *ctx);

	/* --- any context: telling ---------------------------------------- */

	/* Signals the client's eventfd, if there is one; locked. */
	void (*signal)(void *ctx, enum vccw_trigger which);
	void (*log)(void *ctx, enum vccw_msg msg, vccw_u64 a, vccw_u64 b);
	void (*trace)(void *ctx, enum vccw_trace_kind kind, vccw_u64 a, vccw_u64 b);
};

struct vccw_core;

/* What the shim calls: the rest of the core is the compiler's to put together as it likes. */
#if defined(__cplusplus) && !defined(__clang__)
#define VCCW_API __attribute__((externally_visible))
#else
#define VCCW_API
#endif

/* --- process: life ------------------------------------------------------- */

/* Makes a core in STANDBY.  `port` and `limits` are copied by value, `ctx` is
 * handed to every port call.  -ENOMEM, or -EINVAL for a limit of 0. */
VCCW_API int vccw_core_create(const struct vccw_port *port, void *ctx,
		     const struct vccw_limits *limits, struct vccw_core **out);
/* What SENSE ID says of the control unit, before the first open: with which commands the
 * device may present status modifier.  0, or never called: not known. */
VCCW_API void vccw_core_identify(struct vccw_core *core, vccw_u16 control_unit);
/* The device must be closed.  No call may come after this one. */
VCCW_API void vccw_core_destroy(struct vccw_core *core);

/* First open by a client: enables the subchannel.  -ENODEV, -ENOMEM, -EIO. */
VCCW_API int vccw_core_open(struct vccw_core *core);
/* Last close: ends what runs, disables the subchannel, releases everything,
 * leaves no work queued.  Also after not-operational.  Waits 5 s at most for the device;
 * then what it may still use is kept for ever. */
VCCW_API void vccw_core_close(struct vccw_core *core);
/* VFIO_DEVICE_RESET: as close and open.  Nothing from before is readable afterwards: no
 * status, no channel report.  -EIO: the device could not be stopped within 5 s and is
 * given up; -ENODEV: it is gone. */
VCCW_API int vccw_core_reset(struct vccw_core *core);

/* The host needs the subchannel: the system goes down, or the subchannel is taken from the
 * driver.  From now on nothing starts; what runs is halted and cleared, and the
 * subchannel disabled.  Waits for the device, 2 s at most, and for nothing that a client
 * holds.  A client that stays is told of what was ended, and the work item gives the memory
 * back; where the device could not be stopped, the client's close does.  May come at any
 * time, also during a client's request, and again. */
VCCW_API void vccw_core_shut(struct vccw_core *core);

/* --- process: the client's requests --------------------------------------- */

/* A write of `len` bytes at `off` of the I/O region, and the START that it
 * asks for.  The caller has copied `bytes` from user space.  0 or the errno
 * that also stands in ret_code. */
VCCW_API int vccw_core_write_io(struct vccw_core *core, vccw_u32 off,
		       const void *bytes, vccw_u32 len);
/* Copies the whole I/O region (124 bytes) as the client would read it; the
 * token is for ack, once the client has got the bytes. */
VCCW_API vccw_u64 vccw_core_read_io(struct vccw_core *core, void *region);
/* The client has read [off, off+len) of what read_io gave with `token`: where
 * that covers the 64 bytes of the IRB in irb_area, the IRB counts as delivered and the next
 * one is published and signalled. */
VCCW_API void vccw_core_ack_io(struct vccw_core *core, vccw_u64 token, vccw_u32 off,
		      vccw_u32 len);

/* The same for the async command region (HALT, CLEAR). */
VCCW_API int vccw_core_write_async(struct vccw_core *core, vccw_u32 off,
			  const void *bytes, vccw_u32 len);
VCCW_API void vccw_core_read_async(struct vccw_core *core, void *region);

/* A fresh SCHIB with no host address in it; -ENODEV. */
VCCW_API int vccw_core_read_schib(struct vccw_core *core, void *schib);

/* The oldest CRW, 0 if none, and the token for ack. */
VCCW_API vccw_u64 vccw_core_read_crw(struct vccw_core *core, void *region);
VCCW_API void vccw_core_ack_crw(struct vccw_core *core, vccw_u64 token);

/* Tells the core that the client's eventfd `which` is set (1) or about to be
 * cleared (0); status that became readable with nobody to tell is signalled
 * now.  Set: call after it is in place.  Cleared: call before it goes. */
VCCW_API void vccw_core_trigger(struct vccw_core *core, enum vccw_trigger which,
		       int present);

/* The client unmaps guest addresses [gpa, gpa+len): if a program uses them,
 * the device is quiesced and usable again when this returns. */
VCCW_API void vccw_core_unmap(struct vccw_core *core, vccw_u64 gpa, vccw_u64 len);

/* Takes the subchannel lock; also while another thread starts or releases a program. */
VCCW_API void vccw_core_stats(struct vccw_core *core, struct vccw_stats *out);

/* --- locked: events -------------------------------------------------------- */

/* An interrupt: `irb` is VCCW_IRB_SIZE bytes, big-endian, copied before return.
 * After open and reset, status from before the client's first START, HALT, CLEAR or
 * read of the SCHIB is dropped: its guest's subchannel is not enabled yet. */
VCCW_API void vccw_core_irq(struct vccw_core *core, const void *irb);
/* The subchannel is not operational. */
VCCW_API void vccw_core_not_oper(struct vccw_core *core);
/* It is operational and not enabled.  Where the core has enabled it, it was away in
 * between: as not operational. */
VCCW_API void vccw_core_not_enabled(struct vccw_core *core);
/* A channel report word for the client (big-endian image in host order). */
VCCW_API void vccw_core_crw(struct vccw_core *core, vccw_u32 crw);

/* --- work -------------------------------------------------------------------- */

VCCW_API void vccw_core_todo(struct vccw_core *core);

#ifdef __cplusplus
}
#endif
#endif
