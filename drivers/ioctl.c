// SPDX-License-Identifier: GPL-2.0-only
/* The ioctls of the device file. */
#include <linux/nospec.h>
#include <linux/uaccess.h>

#include "compat/vfio.h"
#include "vccw.h"

static int get_info(void __user *arg)
{
	const size_t size = offsetofend(struct vfio_device_info, num_irqs);
	struct vfio_device_info info;

	if (copy_from_user(&info, arg, size))
		return -EFAULT;
	if (info.argsz < size)
		return -EINVAL;
	info.flags = VFIO_DEVICE_FLAGS_CCW | VFIO_DEVICE_FLAGS_RESET;
	info.num_regions = vccw_num_regions();
	info.num_irqs = VFIO_CCW_NUM_IRQS;
	return copy_to_user(arg, &info, size) ? -EFAULT : 0;
}

static int get_irq_info(void __user *arg)
{
	const size_t size = offsetofend(struct vfio_irq_info, count);
	struct vfio_irq_info info;

	if (copy_from_user(&info, arg, size))
		return -EFAULT;
	if (info.argsz < size || info.index >= VFIO_CCW_NUM_IRQS)
		return -EINVAL;
	info.flags = VFIO_IRQ_INFO_EVENTFD;
	info.count = 1;
	return copy_to_user(arg, &info, size) ? -EFAULT : 0;
}

static int set_eventfd(struct vccw_device *d, enum vccw_trigger which,
		       void __user *data)
{
	struct eventfd_ctx *ctx = NULL;
	s32 fd;

	if (copy_from_user(&fd, data, sizeof(fd)))
		return -EFAULT;
	if (fd < -1)
		return -EINVAL;
	if (fd >= 0) {
		ctx = eventfd_ctx_fdget(fd);
		if (IS_ERR(ctx))
			return PTR_ERR(ctx);
	}
	vccw_trigger_set(d, which, ctx);
	return 0;
}

static int set_bool(struct vccw_device *d, enum vccw_trigger which,
		    void __user *data)
{
	u8 fire;

	if (copy_from_user(&fire, data, sizeof(fire)))
		return -EFAULT;
	if (fire)
		vccw_trigger_signal(d, which);
	return 0;
}

/*
 * Trigger is the only action there is; an index has one interrupt.  Without data
 * it is fired, or, with a count of 0, disabled.
 */
static int set_irqs(struct vccw_device *d, void __user *arg)
{
	const size_t size = offsetofend(struct vfio_irq_set, count);
	enum vccw_trigger which;
	struct vfio_irq_set set;
	size_t data_size;
	int ret;

	if (copy_from_user(&set, arg, size))
		return -EFAULT;
	ret = vfio_set_irqs_validate_and_prepare(&set, 1, VFIO_CCW_NUM_IRQS,
						 &data_size);
	if (ret)
		return ret;
	if ((set.flags & VFIO_IRQ_SET_ACTION_TYPE_MASK) !=
	    VFIO_IRQ_SET_ACTION_TRIGGER)
		return -EINVAL;
	which = array_index_nospec(set.index, VFIO_CCW_NUM_IRQS);

	switch (set.flags & VFIO_IRQ_SET_DATA_TYPE_MASK) {
	case VFIO_IRQ_SET_DATA_NONE:
		if (set.count)
			vccw_trigger_signal(d, which);
		else
			vccw_trigger_set(d, which, NULL);
		return 0;
	case VFIO_IRQ_SET_DATA_BOOL:
		return data_size ? set_bool(d, which, arg + size) : -EINVAL;
	case VFIO_IRQ_SET_DATA_EVENTFD:
		return data_size ? set_eventfd(d, which, arg + size) : -EINVAL;
	default:
		return -EINVAL;
	}
}

long vccw_ioctl(struct vfio_device *vdev, unsigned int cmd, unsigned long arg)
{
	struct vccw_device *d = to_vccw(vdev);
	void __user *data = (void __user *)arg;

	switch (cmd) {
	case VFIO_DEVICE_GET_INFO:
		return get_info(data);
	case VFIO_DEVICE_GET_REGION_INFO:
		return vccw_compat_region_ioctl(data);
	case VFIO_DEVICE_GET_IRQ_INFO:
		return get_irq_info(data);
	case VFIO_DEVICE_SET_IRQS:
		return set_irqs(d, data);
	case VFIO_DEVICE_RESET:
		return vccw_device_reset(d);
	default:
		return -ENOTTY;
	}
}
