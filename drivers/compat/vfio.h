/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between kernels in linux/vfio.h, by features/NAME.c:
 *
 *	region_info_caps	GET_REGION_INFO is an operation of its own,
 *				vfio_device_ops.get_region_info_caps; otherwise the
 *				driver's ioctl copies the structure and the
 *				capabilities
 */
#ifndef VCCW_COMPAT_VFIO_H
#define VCCW_COMPAT_VFIO_H

#include <linux/vfio.h>

#include "generated/features.h"

#if VCCW_HAS_REGION_INFO_CAPS

#define VCCW_REGION_INFO_OPS .get_region_info_caps = vccw_compat_region_info,

static inline long vccw_compat_region_ioctl(void __user *arg)
{
	return -ENOTTY;
}

int vccw_compat_region_info(struct vfio_device *vdev,
			    struct vfio_region_info *info,
			    struct vfio_info_cap *caps);

#else

#define VCCW_REGION_INFO_OPS

long vccw_compat_region_ioctl(void __user *arg);

#endif
#endif
