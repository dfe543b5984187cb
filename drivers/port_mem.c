// SPDX-License-Identifier: GPL-2.0-only
/*
 * Host storage for channel programs.  Process or work context.  A guest makes
 * us allocate: it is charged to the client's memory control group, and no
 * failure is worth a backtrace (the core reports it).
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/slab.h>

#include "port.h"

/* GFP_DMA is what lies below 2 GiB here. */
void *vccw_port_alloc_dma(void *ctx, vccw_size bytes, vccw_u64 *abs)
{
	struct page *page = alloc_pages(GFP_KERNEL_ACCOUNT | GFP_DMA |
					__GFP_ZERO | __GFP_NOWARN,
					get_order(bytes));

	if (!page)
		return NULL;
	*abs = page_to_phys(page);
	return page_address(page);
}

void vccw_port_free_dma(void *ctx, void *p, vccw_size bytes)
{
	free_pages((unsigned long)p, get_order(bytes));
}

void *vccw_port_alloc(void *ctx, vccw_size bytes)
{
	return kvzalloc(bytes, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
}

void vccw_port_free(void *ctx, void *p, vccw_size bytes)
{
	kvfree(p);
}

vccw_u64 vccw_port_zero_page(void *ctx)
{
	return page_to_phys(ZERO_PAGE(0));
}
