/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What vfio_ccw uses of the kernel's private channel-I/O interface: types,
 * functions and a per-CPU variable that built-in code exports to modules but
 * no installed header declares.
 *
 * Nothing here is taken on trust.  scripts/build/layout reads this file and the BTF
 * of the very kernel that the module is built for, and writes one assertion
 * for each member, size, bit, enumerator, prototype and variable below into
 * generated/layout_check.h; layout.c compiles it.  The conventions that it
 * knows, and refuses to build without:
 *
 *   - one declaration in one line, a structure's attributes behind its brace;
 *   - a member's name is the kernel's, unless it starts with an underscore:
 *     that is only space;
 *   - a structure that ends in `char _rest[]` is longer in the kernel: it may
 *     be used in place, never allocated, copied or embedded;
 *   - `#define <STRUCT>_BIT_<member>`: the number of a bit-field's first bit,
 *     counted from the structure's start, leftmost bit first.
 */
#ifndef VCCW_CIO_H
#define VCCW_CIO_H

#include <linux/device.h>
#include <linux/io.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <asm/chpid.h>
#include <asm/cio.h>
#include <asm/schid.h>
#include <asm/scsw.h>

struct ccw_device;
struct subchannel;

/* Principles of Operation, ch. 15, "Path-management-control word". */
struct pmcw {
	u32 intparm;
	u32 _control;
	u8 lpm;
	u8 pnom;
	u8 lpum;
	u8 pim;
	u16 mbi;
	u8 pom;
	u8 pam;
	u8 chpid[8];
	u32 _more_control;
} __packed;

#define PMCW_BIT_qf	32
#define PMCW_BIT_ena	40

/* The device number, in the right half of word 1. */
static inline u16 pmcw_devno(const struct pmcw *pmcw)
{
	return pmcw->_control;
}

/* The bit with number `nr` of a structure, as the BIT defines above count. */
static inline bool cio_bit(const void *base, unsigned int nr)
{
	return ((const u8 *)base)[nr / 8] & (0x80 >> nr % 8);
}

static inline void cio_set_bit(void *base, unsigned int nr)
{
	((u8 *)base)[nr / 8] |= 0x80 >> nr % 8;
}

/* What cio_enable_subchannel() gives the subchannel, besides its arguments. */
struct schib_config {
	u64 mba;
	u32 intparm;
	u16 mbi;
	u8 _flags[2];
} __packed;

#define SCHIB_CONFIG_BIT_csense	119

struct schib {
	struct pmcw pmcw;
	union scsw scsw;
	u64 mba;
	u8 mda[4];
} __packed __aligned(4);

/* Handed on to chp_ssd_get_mask(). */
struct chsc_ssd_info {
	u16 _all[25];
};

struct chp_link {
	struct chp_id chpid;
	u32 fla_mask;
	u16 fla;
};

enum cio_subchannel_type {
	SUBCHANNEL_TYPE_IO = 0,
};

enum sch_todo {
	SCH_TODO_NOTHING = 0,
	SCH_TODO_EVAL = 1,
	SCH_TODO_UNREG = 2,
};

/*
 * Members are protected by `lock`, which the interrupt handler takes too.
 * schid and dev are stable while we are bound.
 */
struct subchannel {
	struct subchannel_id schid;
	spinlock_t lock;
	struct mutex _reg_mutex;
	enum cio_subchannel_type _st;
	u8 _vpm;
	u8 lpm;
	u8 opm;
	struct schib schib;
	int isc;
	struct chsc_ssd_info ssd_info;
	struct device dev;
	struct css_driver *_driver;
	enum sch_todo _todo;
	struct work_struct todo_work;
	struct schib_config config;
	char _rest[];
};

/*
 * What cio's own driver has as a subchannel's driver data.  cio reads it of any
 * I/O subchannel, whoever drives it, when the operator purges ignored devices
 * (cio_ignore --purge): it unregisters those without a ccw device and those whose
 * ccw device is offline.
 */
struct io_subchannel_private {
	u32 _orb[8];
	struct ccw_device *cdev;
	char _rest[];
};

struct ccw_device_private {
	struct ccw_device *_cdev;
	struct subchannel *_sch;
	int state;
	char _rest[];
};

enum dev_state {
	DEV_STATE_OFFLINE = 2,
};

#define to_subchannel(n) container_of(n, struct subchannel, dev)

/*
 * cio finds a subchannel by its interruption parameter; they are all allocated
 * below 2 GiB.
 */
static inline u32 cio_intparm(const struct subchannel *sch)
{
	return (u32)virt_to_phys((void *)sch);
}

struct css_driver {
	struct css_device_id *subchannel_type;
	struct device_driver drv;
	void (*irq)(struct subchannel *sch);
	int (*chp_event)(struct subchannel *sch, struct chp_link *link, int event);
	int (*sch_event)(struct subchannel *sch, int process);
	int (*probe)(struct subchannel *sch);
	void (*remove)(struct subchannel *sch);
	void (*shutdown)(struct subchannel *sch);
	int (*settle)(void);
};

/* Events of css_driver.chp_event (macros in the kernel: unknown to BTF). */
enum cio_chp_event {
	_CHP_ONLINE = 0,
	_CHP_OFFLINE = 1,
	_CHP_VARY_ON = 2,
	_CHP_VARY_OFF = 3,
};

/*
 * START SUBCHANNEL fetches 12 bytes of a command-mode ORB; its tracepoint
 * copies the whole union.
 */
union orb {
	u32 _word[8];
};

/*
 * Instructions.  The condition code, or -EIO when START was answered with a
 * program check.  The caller holds the subchannel lock.
 */
int ssch(struct subchannel_id schid, union orb *addr);
int hsch(struct subchannel_id schid);
int csch(struct subchannel_id schid);

/* The caller holds the subchannel lock. */
int cio_enable_subchannel(struct subchannel *sch, u32 intparm);
int cio_disable_subchannel(struct subchannel *sch);
int cio_cancel_halt_clear(struct subchannel *sch, int *iretry);
int cio_update_schib(struct subchannel *sch);
void css_sched_sch_todo(struct subchannel *sch, enum sch_todo todo);

/* No lock needed. */
u8 chp_get_sch_opm(struct subchannel *sch);
int chp_ssd_get_mask(struct chsc_ssd_info *ssd, struct chp_link *link);

/* Process context. */
void css_schedule_reprobe(void);
int css_driver_register(struct css_driver *cdrv);
void css_driver_unregister(struct css_driver *cdrv);

/* What the interruption handler has just stored on this CPU. */
DECLARE_PER_CPU_ALIGNED(struct irb, cio_irb);

#endif
