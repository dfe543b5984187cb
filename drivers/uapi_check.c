// SPDX-License-Identifier: GPL-2.0-only
/* Nothing but assertions: the core's numbers are the kernel's. */
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/vfio_ccw.h>

#include "vccw.h"

#define SAME_ERRNO(name) static_assert((name) == VCCW_##name)

SAME_ERRNO(EPERM);
SAME_ERRNO(ENOENT);
SAME_ERRNO(EIO);
SAME_ERRNO(EAGAIN);
SAME_ERRNO(ENOMEM);
SAME_ERRNO(EACCES);
SAME_ERRNO(EFAULT);
SAME_ERRNO(EBUSY);
SAME_ERRNO(ENODEV);
SAME_ERRNO(EINVAL);
SAME_ERRNO(EOPNOTSUPP);

/* The client's view of the regions. */
static_assert(ORB_AREA_SIZE == VCCW_ORB_SIZE);
static_assert(SCSW_AREA_SIZE == VCCW_SCSW_SIZE);
static_assert(IRB_AREA_SIZE == VCCW_IRB_AREA_SIZE);
static_assert(SCHIB_AREA_SIZE == VCCW_SCHIB_SIZE);
static_assert(sizeof(struct ccw_io_region) == VCCW_IO_REGION_SIZE);
static_assert(sizeof(struct ccw_cmd_region) == VCCW_ASYNC_REGION_SIZE);
static_assert(sizeof(struct ccw_crw_region) == VCCW_CRW_REGION_SIZE);

/* The channel's view. */
static_assert(sizeof(union scsw) == VCCW_SCSW_SIZE);
static_assert(sizeof(struct irb) == VCCW_IRB_SIZE);
static_assert(sizeof(struct schib) == VCCW_SCHIB_SIZE);
static_assert(sizeof(union orb) >= VCCW_ORB_SIZE);

/* VFIO's interrupt indexes. */
static_assert((int)VCCW_TRIGGER_IO == (int)VFIO_CCW_IO_IRQ_INDEX);
static_assert((int)VCCW_TRIGGER_CRW == (int)VFIO_CCW_CRW_IRQ_INDEX);
static_assert((int)VCCW_TRIGGER_REQ == (int)VFIO_CCW_REQ_IRQ_INDEX);
static_assert((int)VCCW_TRIGGERS == (int)VFIO_CCW_NUM_IRQS);

/* vfio frees the whole of vccw_device by the address of its first member. */
static_assert(offsetof(struct vccw_device, vdev) == 0);
