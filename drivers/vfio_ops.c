// SPDX-License-Identifier: GPL-2.0-only
/*
 * The VFIO device's life: init, open, reset, close, release.
 *
 * `life` orders what clients do against each other; a client may hold it for as
 * long as it likes, so nothing that the host needs takes it.
 */
#include "compat/vfio.h"
#include "debug.h"
#include "port.h"
#include "vccw.h"

static atomic_t devices;	/* not released yet */

static void work(struct work_struct *w)
{
	vccw_core_todo(container_of(to_delayed_work(w), struct vccw_device,
				    work)->core);
}

static int device_init(struct vfio_device *vdev)
{
	struct vccw_device *d = to_vccw(vdev);
	struct vccw_limits limits;
	int ret;

	vccw_limits_now(&limits);
	ret = vccw_core_create(&vccw_port, d, &limits, &d->core);
	if (ret)
		return ret;
	d->sch = to_subchannel(vdev->dev->parent);
	get_device(&d->sch->dev);
	strscpy(d->name, dev_name(vdev->dev), sizeof(d->name));
	mutex_init(&d->life);
	mutex_init(&d->request);
	INIT_DELAYED_WORK(&d->work, work);
	init_waitqueue_head(&d->irq_wait);
	vccw_triggers_init(d);
	vccw_ratelimit_init(&d->said);
	vccw_unmap_init(d);
	vccw_leave_init(d);
	atomic_inc(&devices);
	return 0;
}

/*
 * Closed, detached from the subchannel, work ended.  Also by a client's thread that is
 * through with a file of the device, at any later time: see vccw_put_subchannel().
 */
static void device_release(struct vfio_device *vdev)
{
	struct vccw_device *d = to_vccw(vdev);

	vccw_core_destroy(d->core);
	mutex_destroy(&d->request);
	mutex_destroy(&d->life);
	mutex_destroy(&d->registration);
	if (atomic_dec_and_test(&devices))
		wake_up_var(&devices);
}

void vccw_devices_released(void)
{
	wait_var_event(&devices, !atomic_read(&devices));
}

static int device_open(struct vfio_device *vdev)
{
	struct vccw_device *d = to_vccw(vdev);
	int ret;

	mutex_lock(&d->life);
	WRITE_ONCE(d->session, d->session + 1);
	vccw_mem_open(d);
	ret = vccw_core_open(d->core);
	d->opened = !ret;
	if (ret)
		vccw_mem_close(d);
	mutex_unlock(&d->life);
	vccw_debug(3, "sch %x.%x.%04x: open=%d\n", d->sch, ret);
	return ret;
}

static void device_close(struct vfio_device *vdev)
{
	struct vccw_device *d = to_vccw(vdev);

	mutex_lock(&d->life);
	vccw_core_close(d->core);
	vccw_mem_close(d);
	d->opened = false;
	mutex_unlock(&d->life);
	vccw_triggers_clear(d);
	vccw_debug(3, "sch %x.%x.%04x: close\n", d->sch);
}

int vccw_device_reset(struct vccw_device *d)
{
	int ret = -ENODEV;

	mutex_lock(&d->life);
	if (d->opened)
		ret = vccw_core_reset(d->core);
	mutex_unlock(&d->life);
	vccw_debug(3, "sch %x.%x.%04x: reset=%d\n", d->sch, ret);
	return ret;
}

/*
 * The client takes memory away: nothing of it stays pinned when this returns.
 * vfio calls for every device of a container, also before its open and after
 * its close.
 */
static void device_dma_unmap(struct vfio_device *vdev, u64 iova, u64 length)
{
	struct vccw_device *d = to_vccw(vdev);

	vccw_unmap_note(d, iova, length);
	mutex_lock(&d->life);
	if (d->opened)
		vccw_core_unmap(d->core, iova, length);
	mutex_unlock(&d->life);
}

/* vfio waits for the client to close, and asks again every 10 seconds. */
static void device_request(struct vfio_device *vdev, unsigned int count)
{
	struct vccw_device *d = to_vccw(vdev);

	if (!vccw_trigger_signal(d, VCCW_TRIGGER_REQ)) {
		if (!count)
			vccw_notice(d, "in use by a client that takes no removal requests: close the device there\n");
	} else if (count % 10 == 0) {
		vccw_notice(d, "asked the client to close the device (request %u)\n",
			    count + 1);
	}
}

const struct vfio_device_ops vccw_vfio_ops = {
	.name = "vfio-ccw",
	.init = device_init,
	.release = device_release,
	.open_device = device_open,
	.close_device = device_close,
	.read = vccw_read,
	.write = vccw_write,
	.ioctl = vccw_ioctl,
	VCCW_REGION_INFO_OPS
	.request = device_request,
	.dma_unmap = device_dma_unmap,
	.attach_ioas = vfio_iommufd_emulated_attach_ioas,
	.detach_ioas = vfio_iommufd_emulated_detach_ioas,
	.bind_iommufd = vfio_iommufd_emulated_bind,
	.unbind_iommufd = vfio_iommufd_emulated_unbind,
};
