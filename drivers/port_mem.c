// SPDX-License-Identifier: GPL-2.0-only
/*
 * Host storage for channel programs.  Process or work context.  A guest makes
 * us allocate: from open to close it is charged to the memory control group of
 * the client that opened the device, whoever runs, the work item too.  No failure
 * is worth a backtrace (the core reports it).
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "port.h"

void vccw_mem_open(struct vccw_device *d)
{
	d->memcg = current->mm ? get_mem_cgroup_from_mm(current->mm) : NULL;
}

void vccw_mem_close(struct vccw_device *d)
{
	mem_cgroup_put(d->memcg);
	d->memcg = NULL;
}

/* GFP_DMA is what lies below 2 GiB here. */
static struct page *alloc_dma(vccw_size bytes)
{
	return alloc_pages(GFP_KERNEL_ACCOUNT | GFP_DMA | __GFP_ZERO |
			   __GFP_NOWARN, get_order(bytes));
}

void *vccw_port_alloc_dma(void *ctx, vccw_size bytes, vccw_u64 *abs)
{
	struct vccw_device *d = ctx;
	struct mem_cgroup *old = set_active_memcg(d->memcg);
	struct page *page = alloc_dma(bytes);

	set_active_memcg(old);
	if (!page)
		return NULL;
	*abs = page_to_phys(page);
	return page_address(page);
}

/*
 * A frame keeps the key that a guest gave it while it was the guest's (KVM sets the real
 * key, and nobody resets it), and a channel fetches a program by the key of its ORB.
 */
void vccw_port_clear_keys(void *ctx, void *p, vccw_size bytes)
{
	vccw_size at;

	for (at = 0; at < bytes; at += PAGE_SIZE)
		page_set_storage_key(virt_to_phys(p + at), PAGE_DEFAULT_KEY, 1);
}

void vccw_port_free_dma(void *ctx, void *p, vccw_size bytes)
{
	free_pages((unsigned long)p, get_order(bytes));
}

void *vccw_port_alloc(void *ctx, vccw_size bytes)
{
	struct vccw_device *d = ctx;
	struct mem_cgroup *old = set_active_memcg(d->memcg);
	void *p = kvzalloc(bytes, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);

	set_active_memcg(old);
	return p;
}

void vccw_port_free(void *ctx, void *p, vccw_size bytes)
{
	kvfree(p);
}

vccw_u64 vccw_port_zero_page(void *ctx)
{
	return page_to_phys(ZERO_PAGE(0));
}
