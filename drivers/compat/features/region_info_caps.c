// SPDX-License-Identifier: GPL-2.0-only
/* GET_REGION_INFO is an operation of its own (since Linux 6.19). */
#include <linux/vfio.h>

int (*vccw_feature(const struct vfio_device_ops *ops))(struct vfio_device *, struct vfio_region_info *,
						       struct vfio_info_cap *);

int (*vccw_feature(const struct vfio_device_ops *ops))(struct vfio_device *, struct vfio_region_info *,
						       struct vfio_info_cap *)
{
	return ops->get_region_info_caps;
}
