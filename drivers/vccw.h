/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shim's own objects.
 *
 * struct vccw_parent lives while a subchannel is bound to us, struct
 * vccw_device while its mdev exists.  The css callbacks find the way
 *
 *	subchannel -> (driver data) parent -> (device) vccw_device
 *
 * only under the subchannel lock, and both arrows are set and cleared under
 * it: vccw_device_of() is the one function that follows them.
 *
 * Locks, in the order in which they are taken:
 *	vfio's locks, vccw_device.life, vccw_device.request,
 *	subchannel lock, vccw_triggers.lock
 */
#ifndef VCCW_H
#define VCCW_H

#include <linux/eventfd.h>
#include <linux/list.h>
#include <linux/mdev.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/uuid.h>
#include <linux/vfio.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "cio.h"
#include "ratelimit.h"
#include "vccw_core.h"

struct vccw_device;

/* Driver data as cio's own driver has them (struct io_subchannel_private). */
struct vccw_cio_view {
	u8 _none[offsetof(struct io_subchannel_private, cdev)];
	struct ccw_device *cdev;
};

struct vccw_parent {
	struct vccw_cio_view cio;	/* first: cio reads it */
	struct device dev;		/* child "parent" of the subchannel */
	struct mdev_parent mdev;
	struct mdev_type type;
	struct mdev_type *types[1];
	struct vccw_device *device;	/* subchannel lock */
	bool closing;			/* subchannel lock: being unbound */
	struct list_head behind;	/* those that were left behind with a client */
	u16 cu_type;			/* of its control unit; 0: unknown */
	u16 devno;			/* of the device that was bound */
};

/* The client's eventfds. */
struct vccw_triggers {
	struct mutex change;		/* one change, and its report, at a time */
	spinlock_t lock;		/* ctx; taken in any context */
	struct eventfd_ctx *ctx[VCCW_TRIGGERS];
};

enum vccw_flag {
	VCCW_LEAVING,			/* its work item was queued, or is through */
};

struct vccw_device {
	struct vfio_device vdev;	/* first: vfio frees the whole by it */
	struct subchannel *sch;		/* a reference, from init to removal */
	char name[UUID_STRING_LEN + 1];	/* of the mdev, which may go before */
	struct vccw_parent *parent;	/* as long as attached */
	struct vccw_core *core;
	struct mutex life;		/* the core's open, close, reset; clients only */
	bool opened;			/* life */
	u32 session;			/* written under life: how often it was opened */
	struct mem_cgroup *memcg;	/* the client's, from open to close */
	struct list_head notes;		/* of unmap.c */
	u64 unwatched_first;		/* ... and where none could be made; */
	u64 unwatched_last;		/* U64_MAX, 0: nowhere */
	spinlock_t notes_lock;		/* for these three */
	/* How it goes (leave.c). */
	struct mutex registration;
	bool registered;		/* registration: with vfio */
	unsigned long flags;
	struct work_struct join;
	int joined;			/* 1, or a negative errno, when `join` is through */
	struct work_struct leave;
	bool has_left;			/* subchannel lock: no client has it, or will */
	bool gone;			/* subchannel lock: unregister the subchannel */
	bool detached;			/* subchannel lock: the subchannel is not ours */
	struct mutex request;		/* the core's request lock */
	struct delayed_work work;	/* the core's todo */
	wait_queue_head_t irq_wait;
	u32 wakes;			/* how many there were; written under sch->lock */
	struct vccw_triggers triggers;
	struct vccw_ratelimit said;	/* in the kernel's log */
};

#define to_vccw(v) container_of(v, struct vccw_device, vdev)

/* css.c; under the subchannel lock: NULL when there is no mdev. */
struct vccw_device *vccw_device_of(struct subchannel *sch);
int vccw_css_register(void);
void vccw_css_unregister(void);

/* chp.c: css_driver.chp_event */
int vccw_chp_event(struct subchannel *sch, struct chp_link *link, int event);

/* parent.c; process context */
int vccw_parent_add(struct subchannel *sch, u16 cu_type);
/* No client has the mdev, if there is one. */
void vccw_parent_remove(struct subchannel *sch);
/* Returns when none is there any more: who has an mdev's last reference keeps its parent. */
void vccw_parents_released(void);
/* Takes the subchannel away from `d`: false when it has left already. */
bool vccw_parent_hand_over(struct vccw_device *d);
/* The end of one that was handed over. */
void vccw_parent_destroy(struct vccw_parent *parent);
/*
 * Makes `d` visible to the css callbacks: -EBUSY when another one is, -ENODEV when
 * the subchannel is not, or not for long, bound with `parent`, or has another device.
 */
int vccw_parent_attach(struct vccw_device *d, struct vccw_parent *parent);
/* Under the subchannel lock: it is bound, and its device another one by now. */
bool vccw_parent_is_of_another(struct subchannel *sch);
/* From here on none is attached. */
void vccw_parent_closing(struct subchannel *sch);
void vccw_parent_detach(struct vccw_device *d);

/* mdev.c */
extern struct mdev_driver vccw_mdev_driver;

/* vfio_ops.c; process context */
extern const struct vfio_device_ops vccw_vfio_ops;
int vccw_device_reset(struct vccw_device *d);
/* Returns when all devices are released, but for device_release()'s last steps. */
void vccw_devices_released(void);

/* leave.c */
int vccw_leave_start(void);
void vccw_leave_stop(void);
void vccw_leave_init(struct vccw_device *d);
/*
 * The last reference to a subchannel modifies it, by its number (css.c,
 * css_subchannel_release).  One that was taken away may have been unplugged and plugged
 * again since: then it is another one's number, and what the host or a guest has at work
 * would be disabled.  That costs the structure.  For the same reason none is kept until
 * device_release(), which a client can delay: the end of its system call that closes a
 * file of the device has a reference to that.
 */
void vccw_put_subchannel(struct vccw_device *d);
/*
 * Process context, the mdev's device lock held, which is given up as by vccw_leave_wait():
 * lets clients in; -ENODEV if it is leaving already.
 */
int vccw_leave_register(struct vccw_device *d, struct device *mdev);
/*
 * Any context: no new client from soon on, and the one that has it is asked to
 * close.  Repeats are one.
 */
void vccw_leave(struct vccw_device *d);
/*
 * Process context, the mdev's device lock held, after vccw_leave(): until it has left.
 * If the system goes down before, the lock is given up, which that needs, and the mdev
 * keeps its driver, which VFIO looks at for a client that is there.  When the client
 * closes then, all goes on: who waits for the end of the removal may hold other locks.
 */
void vccw_leave_wait(struct vccw_device *d, struct device *mdev);
/* As vccw_leave_wait(), for two seconds; false: a client does not let go. */
bool vccw_leave_soon(struct vccw_device *d);

/* unmap.c; process context */
void vccw_unmap_init(struct vccw_device *d);
/* Before vccw_core_unmap() and every lock that it takes. */
void vccw_unmap_note(struct vccw_device *d, u64 iova, u64 length);
/* Whether some of [iova, iova + length) is being unmapped. */
bool vccw_is_unmapping(struct vccw_device *d, u64 iova, u64 length);

/* regions.c, ioctl.c: vfio_device_ops */
ssize_t vccw_read(struct vfio_device *vdev, char __user *buf, size_t count,
		  loff_t *ppos);
ssize_t vccw_write(struct vfio_device *vdev, const char __user *buf,
		   size_t count, loff_t *ppos);
int vccw_region_info(struct vfio_region_info *info,
		     struct vfio_region_info_cap_type *type);
long vccw_ioctl(struct vfio_device *vdev, unsigned int cmd, unsigned long arg);
unsigned int vccw_num_regions(void);

/* trigger.c */
void vccw_triggers_init(struct vccw_device *d);
/* Process context; takes over the reference to `ctx`, NULL removes. */
void vccw_trigger_set(struct vccw_device *d, enum vccw_trigger which,
		      struct eventfd_ctx *ctx);
void vccw_triggers_clear(struct vccw_device *d);
/* Any context; false when there is nobody to tell. */
bool vccw_trigger_signal(struct vccw_device *d, enum vccw_trigger which);

/* stats.c */
extern const struct attribute_group *vccw_stats_groups[];

/* params.c */
extern bool vccw_allow_virtio;		/* never changes */
/* Process context: what a device that is made now may use. */
void vccw_limits_now(struct vccw_limits *now);

/* module.c */
extern struct workqueue_struct *vccw_workqueue;

#endif
