// SPDX-License-Identifier: GPL-2.0-only
/* The calls of a VFIO client, made from a test's thread. */
#include <kunit/device.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/iommu.h>
#include <linux/mman.h>
#include <linux/uaccess.h>

#include "../drivers/port.h"
#include "container.h"

/* One test at a time. */
static struct client *current_client;

/* As the core does when memory goes that a program uses. */
static void device_dma_unmap(struct vfio_device *vdev, u64 iova, u64 length)
{
	struct client *c = current_client;

	c->unmaps++;
	c->unmapped = iova;
	c->unmapped_bytes = length;
	if (c->pinned_pages)
		vccw_port_unpin(c->d, c->pinned, c->pinned_pages);
	c->pinned_pages = 0;
}

static const struct vfio_device_ops device_ops = {
	.name = "vccw-kunit",
	.dma_unmap = device_dma_unmap,
	.attach_ioas = vfio_iommufd_emulated_attach_ioas,
	.detach_ioas = vfio_iommufd_emulated_detach_ioas,
	.bind_iommufd = vfio_iommufd_emulated_bind,
	.unbind_iommufd = vfio_iommufd_emulated_unbind,
};

/* Returns what the ioctl does; `arg` is handed over in the client's memory. */
static long ioctl_of(struct client *c, struct file *file, unsigned int cmd,
		     const void *arg, size_t size)
{
	KUNIT_ASSERT_EQ(c->test, copy_to_user((void __user *)c->args, arg, size), 0);
	return file->f_op->unlocked_ioctl(file, cmd, c->args);
}

static unsigned long user_pages(struct kunit *test, u32 n)
{
	unsigned long at = kunit_vm_mmap(test, NULL, 0, (u64)n * PAGE_SIZE, PROT_READ | PROT_WRITE,
					 MAP_ANONYMOUS | MAP_PRIVATE, 0);

	KUNIT_ASSERT_NE(test, at, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(at));
	return at;
}

static struct file *open_node(struct kunit *test, const char *path)
{
	struct file *file = filp_open(path, O_RDWR, 0);

	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(file), "%s: %pe", path, file);
	return file;
}

static void make_device(struct client *c)
{
	struct device *dev = kunit_device_register(c->test, "client");

	KUNIT_ASSERT_FALSE(c->test, IS_ERR(dev));
	c->d = vfio_alloc_device(vccw_device, vdev, dev, &device_ops);
	KUNIT_ASSERT_FALSE(c->test, IS_ERR(c->d));
	vccw_unmap_init(c->d);
	KUNIT_ASSERT_EQ(c->test, vfio_register_emulated_iommu_dev(&c->d->vdev), 0);
}

static void open_group(struct client *c)
{
	struct iommu_group *group = iommu_group_get(c->d->vdev.dev);
	char path[32];

	KUNIT_ASSERT_NOT_NULL(c->test, group);
	snprintf(path, sizeof(path), "/dev/vfio/%d", iommu_group_id(group));
	iommu_group_put(group);
	c->group = open_node(c->test, path);
}

static void set_container(struct client *c)
{
	int fd = get_unused_fd_flags(O_CLOEXEC);

	KUNIT_ASSERT_GE(c->test, fd, 0);
	fd_install(fd, get_file(c->container));
	KUNIT_EXPECT_EQ(c->test, ioctl_of(c, c->group, VFIO_GROUP_SET_CONTAINER, &fd, sizeof(fd)), 0);
	close_fd(fd);
}

static void open_device(struct client *c)
{
	const char *name = dev_name(c->d->vdev.dev);
	long fd = ioctl_of(c, c->group, VFIO_GROUP_GET_DEVICE_FD, name, strlen(name) + 1);

	KUNIT_ASSERT_GE(c->test, fd, 0);
	c->device = fget(fd);
	close_fd(fd);
}

struct client *client_open(struct kunit *test, unsigned long type)
{
	struct client *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, c);
	c->test = test;
	current_client = c;
	c->memory = user_pages(test, CLIENT_PAGES);
	c->args = user_pages(test, 1);
	make_device(c);
	c->container = open_node(test, "/dev/vfio/vfio");
	open_group(c);
	set_container(c);
	KUNIT_ASSERT_EQ(test, c->container->f_op->unlocked_ioctl(c->container, VFIO_SET_IOMMU, type), 0);
	open_device(c);
	return c;
}

void client_close(struct client *c)
{
	__fput_sync(c->device);
	__fput_sync(c->group);
	__fput_sync(c->container);
	vfio_unregister_group_dev(&c->d->vdev);
	vfio_put_device(&c->d->vdev);
	KUNIT_EXPECT_EQ(c->test, c->pinned_pages, 0);
	current_client = NULL;
}

void client_map(struct client *c, u32 first, u32 n, u32 flags)
{
	struct vfio_iommu_type1_dma_map map = {
		.argsz = sizeof(map),
		.flags = flags,
		.vaddr = c->memory + (u64)first * PAGE_SIZE,
		.iova = (u64)first * PAGE_SIZE,
		.size = (u64)n * PAGE_SIZE,
	};

	KUNIT_ASSERT_EQ(c->test, ioctl_of(c, c->container, VFIO_IOMMU_MAP_DMA, &map, sizeof(map)), 0);
}

int client_unmap(struct client *c, u32 first, u32 n)
{
	struct vfio_iommu_type1_dma_unmap unmap = {
		.argsz = sizeof(unmap),
		.iova = (u64)first * PAGE_SIZE,
		.size = (u64)n * PAGE_SIZE,
	};

	c->unmaps = 0;
	KUNIT_EXPECT_EQ(c->test, ioctl_of(c, c->container, VFIO_IOMMU_UNMAP_DMA, &unmap, sizeof(unmap)), 0);
	return c->unmaps;
}

void client_store(struct client *c, u64 gpa, const void *bytes, size_t len)
{
	KUNIT_ASSERT_EQ(c->test, copy_to_user((void __user *)(c->memory + gpa), bytes, len), 0);
}
