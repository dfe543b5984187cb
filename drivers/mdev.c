// SPDX-License-Identifier: GPL-2.0-only
/* The mdev driver: one VFIO device for each mdev. */
#include <linux/module.h>

#include "debug.h"
#include "port.h"
#include "vccw.h"

static int mdev_probe(struct mdev_device *mdev)
{
	struct vccw_device *d;
	int ret;

	d = vfio_alloc_device(vccw_device, vdev, &mdev->dev, &vccw_vfio_ops);
	if (IS_ERR(d))
		return PTR_ERR(d);
	dev_set_drvdata(&mdev->dev, d);
	/* Registering lets a client in: be ready for interrupts before. */
	ret = vccw_parent_attach(d, container_of(mdev->type->parent,
						 struct vccw_parent, mdev));
	if (ret)
		goto out_put;
	vccw_core_identify(d->core, d->parent->cu_type);
	ret = vccw_leave_register(d, &mdev->dev);
	if (ret)
		goto out_detach;
	vccw_debug(2, "sch %x.%x.%04x: created\n", d->sch);
	return 0;

out_detach:
	vccw_parent_detach(d);
out_put:
	dev_set_drvdata(&mdev->dev, NULL);
	vccw_put_subchannel(d);
	vfio_put_device(&d->vdev);
	return ret;
}

/* The process that asked waits until the client has closed the device. */
static void mdev_remove(struct mdev_device *mdev)
{
	struct vccw_device *d = dev_get_drvdata(&mdev->dev);

	vccw_debug(2, "sch %x.%x.%04x: remove\n", d->sch);
	vccw_leave(d);
	vccw_leave_wait(d, &mdev->dev);
	vccw_parent_detach(d);
	/* While there is still a name to tell it by. */
	vccw_log_release(d);
	dev_set_drvdata(&mdev->dev, NULL);
	vccw_put_subchannel(d);
	vfio_put_device(&d->vdev);
}

struct mdev_driver vccw_mdev_driver = {
	.device_api = VFIO_DEVICE_API_CCW_STRING,
	.max_instances = 1,
	.probe = mdev_probe,
	.remove = mdev_remove,
	.driver = {
		.name = "vfio_ccw_mdev",
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
		.dev_groups = vccw_stats_groups,
	},
};
