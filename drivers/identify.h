/* SPDX-License-Identifier: GPL-2.0-only */
/* What device a subchannel has, asked by the host itself. */
#ifndef VCCW_IDENTIFY_H
#define VCCW_IDENTIFY_H

#include "cio.h"

/*
 * Process context, nobody else uses the subchannel; takes up to two seconds.
 * The type of the device's control unit, 0 when the device does not tell.
 * -EACCES: it has paths, and none is varied on.  -ENODEV: it is gone.
 * -EIO: it does not even let go of the question; it must not be handed on.
 */
int vccw_identify(struct subchannel *sch);

/* Any context: tells in the log that no device is there; -ENODEV. */
int vccw_no_device(struct subchannel *sch);

/* Subchannel lock held: whether the interrupt belongs to the above. */
bool vccw_identify_irq(struct subchannel *sch, const struct irb *irb);

#endif
