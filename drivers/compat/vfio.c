// SPDX-License-Identifier: GPL-2.0-only
/* GET_REGION_INFO for kernels in which vfio does not copy for the driver. */
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "vfio.h"

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 19, 0)

/*
 * The capabilities go behind the structure if the client left room; if not, it
 * learns how much it takes and asks again.
 */
static int copy_caps(struct vfio_region_info *info, void __user *arg,
		     struct vfio_info_cap *caps)
{
	info->flags |= VFIO_REGION_INFO_FLAG_CAPS;
	if (info->argsz < sizeof(*info) + caps->size) {
		info->argsz = sizeof(*info) + caps->size;
		info->cap_offset = 0;
		return 0;
	}
	vfio_info_cap_shift(caps, sizeof(*info));
	if (copy_to_user(arg + sizeof(*info), caps->buf, caps->size))
		return -EFAULT;
	info->cap_offset = sizeof(*info);
	return 0;
}

int vccw_compat_region_info(struct vfio_device *vdev, void __user *arg,
			    vccw_region_info_fn *fill)
{
	const size_t size = offsetofend(struct vfio_region_info, offset);
	struct vfio_info_cap caps = {};
	struct vfio_region_info info;
	int ret;

	if (copy_from_user(&info, arg, size))
		return -EFAULT;
	if (info.argsz < size)
		return -EINVAL;
	ret = fill(vdev, &info, &caps);
	if (!ret && caps.size)
		ret = copy_caps(&info, arg, &caps);
	kfree(caps.buf);
	if (ret)
		return ret;
	return copy_to_user(arg, &info, size) ? -EFAULT : 0;
}

#endif
