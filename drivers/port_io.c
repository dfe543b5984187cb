// SPDX-License-Identifier: GPL-2.0-only
/*
 * Channel instructions.  Subchannel lock held everywhere.
 *
 * cio keeps a copy of the subchannel's status word in `schib`, and so do we:
 * after condition code 0 the activity that is now pending is noted there.
 */
#include <asm/isc.h>

#include "debug.h"
#include "port.h"

/* Where the logical-path mask stands in an ORB (ch. 15). */
enum { ORB_LPM = 6 };

static struct subchannel *locked_sch(void *ctx)
{
	struct vccw_device *d = ctx;

	lockdep_assert_held(&d->sch->lock);
	return d->sch;
}

/* After an unbind the subchannel may be another driver's. */
static bool is_ours(void *ctx)
{
	struct vccw_device *d = ctx;

	lockdep_assert_held(&d->sch->lock);
	return !d->detached;
}

/* Paths of the device that the operator has varied off. */
static u8 paths_off(const struct subchannel *sch)
{
	return sch->schib.pmcw.pim & ~sch->opm;
}

/*
 * What is left of the paths of `lpm`, 0 if the device has none of them.  A path
 * that the operator has varied off is not used, whatever the guest's ORB says.
 * Where none is varied off the channel subsystem may look itself: it answers
 * for a path that the device lacks with deferred cc 3 (ch. 16).
 */
static u8 paths_to_use(const struct subchannel *sch, u8 lpm)
{
	u8 off = paths_off(sch);

	if (!lpm)
		lpm = sch->lpm;
	if (off && !(lpm & sch->schib.pmcw.pim & ~off))
		return 0;
	return lpm & ~off;
}

/*
 * Also -EIO: a program check, which the caller's ORB is guilty of.  With no path
 * left no instruction is issued: cc 3, as of a subchannel without an available
 * path (ch. 14, START SUBCHANNEL).
 */
int vccw_port_start(void *ctx, vccw_u8 *orb)
{
	struct subchannel *sch = locked_sch(ctx);
	u32 parm = cio_intparm(sch);
	u8 paths = paths_to_use(sch, orb[ORB_LPM]);
	union orb image = {};
	int cc;

	/* By the paths that were asked for: a mask of none would be all paths. */
	if (!paths)
		return 3;
	memcpy(orb, &parm, sizeof(parm));
	orb[ORB_LPM] = paths;
	memcpy(&image, orb, VCCW_ORB_SIZE);
	vccw_debug_bytes(5, "stIO", sch, orb, VCCW_ORB_SIZE);
	cc = ssch(sch->schid, &image);
	vccw_debug_bytes(5, "cc", sch, &cc, sizeof(cc));
	if (cc == 0)
		sch->schib.scsw.cmd.actl |= SCSW_ACTL_START_PEND;
	return cc;
}

int vccw_port_halt(void *ctx)
{
	struct subchannel *sch = locked_sch(ctx);
	int cc = hsch(sch->schid);

	vccw_debug_bytes(5, "haltIO", sch, &cc, sizeof(cc));
	if (cc == 0)
		sch->schib.scsw.cmd.actl |= SCSW_ACTL_HALT_PEND;
	return cc;
}

/* CLEAR ends every other function at once. */
int vccw_port_clear(void *ctx)
{
	struct subchannel *sch = locked_sch(ctx);
	int cc = csch(sch->schid);

	vccw_debug_bytes(5, "clearIO", sch, &cc, sizeof(cc));
	if (cc == 0)
		sch->schib.scsw.cmd.actl = SCSW_ACTL_CLEAR_PEND;
	return cc;
}

int vccw_port_paths_left(void *ctx, vccw_u8 lpm)
{
	struct subchannel *sch = locked_sch(ctx);

	sch->lpm &= lpm ? ~lpm : 0;
	if (cio_update_schib(sch))
		return 0;
	return sch->lpm != 0;
}

/* What cio's own answers mean to the core, which knows only a few. */
static int core_errno(int ret, int others)
{
	switch (ret) {
	case 0:
	case -ENODEV:
	case -EBUSY:
		return ret;
	case -EINVAL:		/* not a real subchannel */
		return -ENODEV;
	default:
		return others;
	}
}

/*
 * All paths that the operator allows may be tried again.  Sense data is to come
 * with the status (concurrent sense): the client passes on what is in the IRB.
 * -ENODEV also if another device is there, of which cio has not heard yet.
 */
int vccw_port_enable(void *ctx)
{
	struct subchannel *sch = locked_sch(ctx);
	int ret;

	if (!is_ours(ctx))
		return -ENODEV;
	sch->isc = VFIO_CCW_ISC;
	cio_set_bit(&sch->config, SCHIB_CONFIG_BIT_csense);
	ret = cio_enable_subchannel(sch, cio_intparm(sch));
	vccw_debug(3, "sch %x.%x.%04x: enable=%d\n", sch, ret);
	if (!ret && vccw_parent_is_of_another(sch)) {
		cio_disable_subchannel(sch);
		return -ENODEV;
	}
	if (!ret)
		sch->lpm = sch->schib.pmcw.pam & sch->opm;
	return core_errno(ret, -EIO);
}

/*
 * MODIFY SUBCHANNEL is refused while a function is in progress: success proves
 * that the channel has let go of the program.
 */
int vccw_port_disable(void *ctx)
{
	struct subchannel *sch = locked_sch(ctx);
	int ret;

	if (!is_ours(ctx))
		return -ENODEV;
	ret = cio_disable_subchannel(sch);
	vccw_debug(3, "sch %x.%x.%04x: disable=%d\n", sch, ret);
	return core_errno(ret, -EBUSY);
}

int vccw_port_cancel(void *ctx, int *retry)
{
	struct subchannel *sch = locked_sch(ctx);
	int ret;

	if (!is_ours(ctx))
		return -ENODEV;
	ret = cio_cancel_halt_clear(sch, retry);
	vccw_debug(3, "sch %x.%x.%04x: cancel=%d retry=%d\n", sch, ret, *retry);
	return core_errno(ret, -EIO);
}

/* A path that is varied off is none to the guest either: PAM and LPM without it. */
int vccw_port_store(void *ctx, vccw_u8 *schib)
{
	struct subchannel *sch = locked_sch(ctx);
	struct schib copy;

	if (!is_ours(ctx) || cio_update_schib(sch))
		return -ENODEV;
	copy = sch->schib;
	copy.pmcw.pam &= ~paths_off(sch);
	copy.pmcw.lpm &= ~paths_off(sch);
	memcpy(schib, &copy, VCCW_SCHIB_SIZE);
	return 0;
}

/*
 * cio's one queue unregisters it: not before the client, if there is one, has
 * let go, or no other device of the host could come or go meanwhile.
 */
void vccw_port_gone(void *ctx)
{
	struct subchannel *sch = locked_sch(ctx);
	struct vccw_device *d = ctx;

	vccw_debug(2, "sch %x.%x.%04x: gone\n", sch);
	/* What has the number of one that was taken away is another owner's. */
	if (is_ours(d)) {
		d->gone = true;
		if (d->has_left)
			css_sched_sch_todo(sch, SCH_TODO_UNREG);
	}
	vccw_leave(d);
}
