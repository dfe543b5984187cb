// SPDX-License-Identifier: GPL-2.0-only
/* Loading and unloading. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/workqueue.h>
#include <asm/isc.h>

#include "debug.h"
#include "vccw.h"

struct workqueue_struct *vccw_workqueue;

/*
 * Unbound: different devices complete in parallel, on the CPUs of the system's
 * workqueue cpumask; sysfs shows and changes them.  WQ_MEM_RECLAIM because
 * cio's own queue, which has it, unregisters subchannels and so waits for our
 * work.
 */
static int workqueue_create(void)
{
	vccw_workqueue = alloc_workqueue("vfio-ccw", WQ_UNBOUND | WQ_SYSFS |
					 WQ_MEM_RECLAIM, WQ_MAX_ACTIVE);
	return vccw_workqueue ? 0 : -ENOMEM;
}

static int __init vccw_module_init(void)
{
	int ret;

	ret = vccw_debug_init();
	if (ret)
		return ret;
	ret = workqueue_create();
	if (ret)
		goto out_debug;
	ret = vccw_leave_start();
	if (ret)
		goto out_workqueue;
	ret = mdev_register_driver(&vccw_mdev_driver);
	if (ret)
		goto out_leave;
	isc_register(VFIO_CCW_ISC);
	ret = vccw_css_register();
	if (ret)
		goto out_isc;
	pr_info("vfio_ccw: version " VCCW_VERSION ", in place of the kernel's own driver\n");
	return 0;

out_isc:
	isc_unregister(VFIO_CCW_ISC);
	mdev_unregister_driver(&vccw_mdev_driver);
out_leave:
	vccw_leave_stop();
out_workqueue:
	destroy_workqueue(vccw_workqueue);
out_debug:
	vccw_debug_exit();
	return ret;
}

/*
 * No device is open: each open one holds a reference to the module.  One whose node
 * in /dev/vfio/devices is open and not yet bound does not.  Devices that were left
 * behind with a client go with vccw_leave_stop() at the latest, and their mdev driver
 * after them.
 */
static void __exit vccw_module_exit(void)
{
	vccw_css_unregister();
	vccw_leave_stop();
	/* The mdev bus asks the mdev driver about what it releases. */
	vccw_parents_released();
	mdev_unregister_driver(&vccw_mdev_driver);
	isc_unregister(VFIO_CCW_ISC);
	vccw_devices_released();
	destroy_workqueue(vccw_workqueue);
	vccw_debug_exit();
	/* A thread may not be through with their last lines yet. */
	synchronize_rcu_tasks();
}

module_init(vccw_module_init);
module_exit(vccw_module_exit);

MODULE_DESCRIPTION("Hands channel-attached devices to guests, through VFIO");
MODULE_AUTHOR("The vfio_ccw out-of-tree project");
/* The kernel's own driver has none: /sys/module/vfio_ccw/version tells them apart. */
MODULE_VERSION(VCCW_VERSION);
MODULE_LICENSE("GPL");
