// SPDX-License-Identifier: GPL-2.0-only
/* GET_REGION_INFO: the way of a region's description to the client. */
#include <linux/build_bug.h>
#include <linux/uaccess.h>

#include "vccw.h"
#include "vfio.h"

#if VCCW_HAS_REGION_INFO_CAPS

int vccw_compat_region_info(struct vfio_device *vdev,
			    struct vfio_region_info *info,
			    struct vfio_info_cap *caps)
{
	struct vfio_region_info_cap_type type = {};
	int ret = vccw_region_info(info, &type);

	if (ret || !type.header.id)
		return ret;
	return vfio_info_add_capability(caps, &type.header, sizeof(type));
}

#else

/* All that there is to tell of a region, as it goes to the client's memory. */
struct answer {
	struct vfio_region_info info;
	struct vfio_region_info_cap_type type;
};
static_assert(sizeof(struct answer) == sizeof(struct vfio_region_info) +
	      sizeof(struct vfio_region_info_cap_type));

/*
 * A client without room for the capability gets the structure alone, and in
 * `argsz` the room to come back with.
 */
long vccw_compat_region_ioctl(void __user *arg)
{
	struct answer a = {};
	size_t bytes = sizeof(a.info);
	int ret;

	if (copy_from_user(&a.info, arg, bytes))
		return -EFAULT;
	if (a.info.argsz < bytes)
		return -EINVAL;
	a.info.cap_offset = 0;
	ret = vccw_region_info(&a.info, &a.type);
	if (ret)
		return ret;
	if (a.type.header.id) {
		a.info.flags |= VFIO_REGION_INFO_FLAG_CAPS;
		if (a.info.argsz >= sizeof(a)) {
			a.info.cap_offset = offsetof(struct answer, type);
			bytes = sizeof(a);
		} else {
			a.info.argsz = sizeof(a);
		}
	}
	return copy_to_user(arg, &a, bytes) ? -EFAULT : 0;
}

#endif
