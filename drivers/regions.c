// SPDX-License-Identifier: GPL-2.0-only
/*
 * The regions of the device file: region i lies at i << 10.  The first is the
 * I/O region, the others are found by their type capability.
 *
 * Everything that comes from the client is checked here, before anything is
 * touched; offset and length reach the core only inside the region.
 */
#include <linux/nospec.h>
#include <linux/uaccess.h>

#include "vccw.h"

enum {
	OFFSET_SHIFT = 10,
	MAX_REGION_SIZE = VCCW_IO_REGION_SIZE,
};

struct region {
	u32 subtype;		/* of VFIO_REGION_TYPE_CCW; 0: none */
	u32 size;
	/* Copies the whole region; returns the token for `ack`, or an errno. */
	int (*read)(struct vccw_core *core, void *bytes, u64 *token);
	/* The client has got [off, off + len) of it. */
	void (*ack)(struct vccw_core *core, u64 token, u32 off, u32 len);
	int (*write)(struct vccw_core *core, u32 off, const void *bytes,
		     u32 len);
};

static int read_io(struct vccw_core *core, void *bytes, u64 *token)
{
	*token = vccw_core_read_io(core, bytes);
	return 0;
}

static int read_async(struct vccw_core *core, void *bytes, u64 *token)
{
	vccw_core_read_async(core, bytes);
	return 0;
}

static int read_schib(struct vccw_core *core, void *bytes, u64 *token)
{
	return vccw_core_read_schib(core, bytes);
}

static int read_crw(struct vccw_core *core, void *bytes, u64 *token)
{
	*token = vccw_core_read_crw(core, bytes);
	return 0;
}

/* A report counts as delivered with the whole of its word. */
static void ack_crw(struct vccw_core *core, u64 token, u32 off, u32 len)
{
	if (off == 0 && len >= sizeof(u32))
		vccw_core_ack_crw(core, token);
}

static void ack_io(struct vccw_core *core, u64 token, u32 off, u32 len)
{
	vccw_core_ack_io(core, token, off, len);
}

static int write_io(struct vccw_core *core, u32 off, const void *bytes, u32 len)
{
	return vccw_core_write_io(core, off, bytes, len);
}

static int write_async(struct vccw_core *core, u32 off, const void *bytes,
		       u32 len)
{
	return vccw_core_write_async(core, off, bytes, len);
}

static const struct region regions[] = {
	{ 0, VCCW_IO_REGION_SIZE, read_io, ack_io, write_io },
	{ VFIO_REGION_SUBTYPE_CCW_ASYNC_CMD, VCCW_ASYNC_REGION_SIZE,
	  read_async, NULL, write_async },
	{ VFIO_REGION_SUBTYPE_CCW_SCHIB, VCCW_SCHIB_SIZE, read_schib },
	{ VFIO_REGION_SUBTYPE_CCW_CRW, VCCW_CRW_REGION_SIZE, read_crw, ack_crw },
};

unsigned int vccw_num_regions(void)
{
	return ARRAY_SIZE(regions);
}

static const struct region *get_region(u64 index)
{
	if (index >= ARRAY_SIZE(regions))
		return NULL;
	return &regions[array_index_nospec(index, ARRAY_SIZE(regions))];
}

/*
 * The region and the offset in it for [pos, pos + count); NULL if it does not
 * lie in one region.
 */
static const struct region *find(u64 pos, size_t count, u32 *off)
{
	const struct region *r = get_region(pos >> OFFSET_SHIFT);

	*off = pos & (BIT(OFFSET_SHIFT) - 1);
	if (!r || *off > r->size || count > r->size - *off)
		return NULL;
	return r;
}

ssize_t vccw_read(struct vfio_device *vdev, char __user *buf, size_t count,
		  loff_t *ppos)
{
	struct vccw_core *core = to_vccw(vdev)->core;
	u8 bytes[MAX_REGION_SIZE] __aligned(8) = {};
	const struct region *r;
	u64 token = 0;
	u32 off;
	int ret;

	r = find(*ppos, count, &off);
	if (!r)
		return -EINVAL;
	if (!count)
		return 0;
	ret = r->read(core, bytes, &token);
	if (ret)
		return ret;
	if (copy_to_user(buf, bytes + off, count))
		return -EFAULT;
	if (r->ack)
		r->ack(core, token, off, count);
	return count;
}

ssize_t vccw_write(struct vfio_device *vdev, const char __user *buf,
		   size_t count, loff_t *ppos)
{
	u8 bytes[MAX_REGION_SIZE] __aligned(8);
	const struct region *r;
	u32 off;
	int ret;

	r = find(*ppos, count, &off);
	if (!r || !r->write)
		return -EINVAL;
	if (!count)
		return 0;
	if (copy_from_user(bytes, buf, count))
		return -EFAULT;
	ret = r->write(to_vccw(vdev)->core, off, bytes, count);
	return ret ?: count;
}

/*
 * Describes the region with number info->index.  All but the first need `type`
 * too, which is zeroed before.
 */
int vccw_region_info(struct vfio_region_info *info,
		     struct vfio_region_info_cap_type *type)
{
	const struct region *r = get_region(info->index);

	if (!r)
		return -EINVAL;
	info->offset = (u64)(r - regions) << OFFSET_SHIFT;
	info->size = r->size;
	info->flags = VFIO_REGION_INFO_FLAG_READ;
	if (r->write)
		info->flags |= VFIO_REGION_INFO_FLAG_WRITE;
	if (r->subtype) {
		type->header.id = VFIO_REGION_INFO_CAP_TYPE;
		type->header.version = 1;
		type->type = VFIO_REGION_TYPE_CCW;
		type->subtype = r->subtype;
	}
	return 0;
}
