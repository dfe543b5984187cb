// SPDX-License-Identifier: GPL-2.0-only
/*
 * Channel-path events.
 *
 * `opm` is what the operator allows (vary), `lpm` what a START may use by
 * default.  The guest is told of a path that goes or comes by a channel report
 * word, also of one that is varied: it may give paths in its ORBs itself.
 */
#include <asm/crw.h>

#include "debug.h"
#include "port.h"
#include "trace.h"

/* Principles of Operation, ch. 17, "Channel-Report Word". */
static void report(struct vccw_device *d, unsigned int erc,
		   const struct chp_link *link)
{
	if (d)
		vccw_core_crw(d->core,
			      CRW_RSC_CPATH << 24 | erc << 16 | link->chpid.id);
}

/*
 * Whether what runs uses the path: the last one used, or, while none was yet,
 * the only one there is.
 */
static bool runs_on(const struct pmcw *pmcw, u8 mask)
{
	return pmcw->lpum ? pmcw->lpum & mask : !(pmcw->pam & ~mask);
}

/*
 * Halts a program that runs on the path.  Not by CANCEL, which cio's ladder
 * begins with: it ends a program without the interrupt that releases it and
 * that the guest waits for.  An idle device is left alone.
 */
static void quiesce_path(struct vccw_device *d, struct subchannel *sch, u8 mask)
{
	if (!d || !runs_on(&sch->schib.pmcw, mask))
		return;
	if (sch->schib.scsw.cmd.fctl & SCSW_FCTL_START_FUNC)
		vccw_port_halt(d);
}

/*
 * Subchannel lock held.  An error makes cio evaluate the subchannel.  Without
 * an mdev only the masks matter, to a later one.
 */
int vccw_chp_event(struct subchannel *sch, struct chp_link *link, int event)
{
	struct vccw_device *d = vccw_device_of(sch);
	u8 mask = chp_ssd_get_mask(&sch->ssd_info, link);

	if (!mask)
		return 0;

	trace_vfio_ccw_chp_event(sch->schid, mask, event);
	vccw_debug(2, "sch %x.%x.%04x: path mask %x event %d\n", sch, mask,
		   event);
	if (cio_update_schib(sch))
		return -ENODEV;

	switch (event) {
	case _CHP_VARY_OFF:
		sch->opm &= ~mask;
		sch->lpm &= ~mask;
		quiesce_path(d, sch, mask);
		report(d, CRW_ERC_PERRN, link);
		break;
	case _CHP_VARY_ON:
		sch->opm |= mask;
		sch->lpm |= mask;
		report(d, CRW_ERC_INIT, link);
		break;
	case _CHP_OFFLINE:
		sch->lpm &= ~mask;
		quiesce_path(d, sch, mask);
		report(d, CRW_ERC_PERRN, link);
		break;
	case _CHP_ONLINE:
		sch->lpm |= mask & sch->opm;
		report(d, CRW_ERC_INIT, link);
		break;
	}
	return 0;
}
