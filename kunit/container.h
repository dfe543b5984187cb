/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A client of vfio in the kernel: an emulated device of its own, opened through
 * a real type1 container, with guest memory in an address space of the test's.
 */
#ifndef VCCW_KUNIT_CONTAINER_H
#define VCCW_KUNIT_CONTAINER_H

#include <kunit/test.h>
#include <linux/fs.h>

#include "../drivers/vccw.h"

/* Guest pages; more than vfio pins in one call. */
#define CLIENT_PAGES	600

struct client {
	struct kunit *test;
	struct vccw_device *d;		/* what the shim's port wants */
	struct file *container, *group, *device;
	unsigned long memory;		/* CLIENT_PAGES pages */
	unsigned long args;		/* one page */

	/* What vfio asked to let go; the pins that are given back then. */
	int unmaps;
	u64 unmapped, unmapped_bytes;
	u64 pinned;
	u32 pinned_pages;
};

/*
 * Process context.  `type` is VFIO_TYPE1v2_IOMMU or VFIO_TYPE1_IOMMU; the
 * device is open afterwards and nothing mapped.
 */
struct client *client_open(struct kunit *test, unsigned long type);
/* All pins must have been given back. */
void client_close(struct client *c);

/* Guest pages [first, first + n) of the memory, at the same guest addresses. */
void client_map(struct client *c, u32 first, u32 n, u32 flags);
/* Returns how often the device was asked to let go. */
int client_unmap(struct client *c, u32 first, u32 n);

/* The client's own stores. */
void client_store(struct client *c, u64 gpa, const void *bytes, size_t len);

#endif
