/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel versions, for linux/vfio.h.
 *
 *	6.8	eventfd_signal() lost its count: older kernels are not supported
 *	6.19	GET_REGION_INFO became an operation of its own,
 *		vfio_device_ops.get_region_info_caps; before, the driver's
 *		ioctl copies the structure and the capabilities
 */
#ifndef VCCW_COMPAT_VFIO_H
#define VCCW_COMPAT_VFIO_H

#include <linux/version.h>
#include <linux/vfio.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#error "vfio_ccw needs a kernel of version 6.12 or newer"
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)

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
