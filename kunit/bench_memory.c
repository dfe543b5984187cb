// SPDX-License-Identifier: GPL-2.0-only
/* The port's storage: the host's, and the guest's with its pins. */
#include <linux/mm.h>
#include <linux/slab.h>

#include "bench_memory.h"

/* Once there is none, there is none. */
static bool out_of_memory(struct bench *b)
{
	if (b->allocs_until_enomem > 0)
		b->allocs_until_enomem--;
	else if (!b->allocs_until_enomem)
		return true;
	return false;
}

void *fake_alloc_dma(void *ctx, vccw_size bytes, vccw_u64 *abs)
{
	struct bench *b = ctx;
	struct dma_block *block;

	might_sleep();
	KUNIT_EXPECT_EQ(b->test, bytes & (bytes - 1), 0);
	KUNIT_EXPECT_GE(b->test, bytes, PAGE_SIZE);
	if (out_of_memory(b))
		return NULL;
	block = kzalloc(sizeof(*block), GFP_KERNEL);
	if (!block)
		return NULL;
	/* Exactly as long as asked for, so that a step beyond is seen. */
	block->mem = kvzalloc(bytes, GFP_KERNEL);
	if (!block->mem) {
		kfree(block);
		return NULL;
	}
	*abs = block->abs = b->next_abs;
	block->bytes = bytes;
	b->next_abs += bytes + PAGE_SIZE;
	list_add(&block->list, &b->dma);
	return block->mem;
}

void fake_free_dma(void *ctx, void *p, vccw_size bytes)
{
	struct bench *b = ctx;
	struct dma_block *block;

	might_sleep();
	list_for_each_entry(block, &b->dma, list) {
		if (block->mem != p)
			continue;
		KUNIT_EXPECT_EQ(b->test, block->bytes, bytes);
		list_del(&block->list);
		kvfree(block->mem);
		kfree(block);
		return;
	}
	KUNIT_FAIL(b->test, "storage is given back that was not taken");
}

void *fake_alloc(void *ctx, vccw_size bytes)
{
	struct bench *b = ctx;
	void *p;

	might_sleep();
	if (out_of_memory(b))
		return NULL;
	p = kvzalloc(bytes, GFP_KERNEL);
	b->heap += !!p;
	return p;
}

void fake_free(void *ctx, void *p, vccw_size bytes)
{
	struct bench *b = ctx;

	might_sleep();
	b->heap--;
	kvfree(p);
}

vccw_u64 fake_zero_page(void *ctx)
{
	return ZERO_PAGE_AT;
}

static bool has_page(struct bench *b, u64 gpa, u8 least)
{
	return gpa >> PAGE_SHIFT < GUEST_PAGES && b->page_state[gpa >> PAGE_SHIFT] >= least;
}

int fake_read_guest(void *ctx, vccw_u64 gpa, void *to, vccw_u32 len)
{
	void (*call)(struct bench *b);
	struct bench *b = ctx;
	u64 page;

	might_sleep();
	for (page = gpa & PAGE_MASK; page < gpa + len; page += PAGE_SIZE)
		if (!has_page(b, page, PAGE_READ_ONLY))
			return -EINVAL;
	memcpy(to, b->guest + gpa, len);
	call = b->in_read_guest;
	b->in_read_guest = NULL;
	if (call)
		call(b);
	return 0;
}

int fake_pin(void *ctx, vccw_u64 gpa, vccw_u32 n, int write, vccw_u64 *host)
{
	struct bench *b = ctx;
	u32 i;

	might_sleep();
	b->pin_calls++;
	for (i = 0; i < n; i++)
		if (!has_page(b, gpa + i * PAGE_SIZE, write ? PAGE_WRITABLE : PAGE_READ_ONLY))
			return write && has_page(b, gpa + i * PAGE_SIZE, PAGE_READ_ONLY) ?
				-EPERM : -EINVAL;
	if (b->pins_until_enomem >= 0) {
		if (b->pins_until_enomem < n)
			return -ENOMEM;
		b->pins_until_enomem -= n;
	}
	for (i = 0; i < n; i++) {
		u8 *pinned = &b->pinned[(gpa >> PAGE_SHIFT) + i];

		KUNIT_EXPECT_EQ(b->test, *pinned, 0);
		*pinned = (write ? 2 : 1) | (i ? 0 : PIN_START) | (i + 1 < n ? 0 : PIN_END);
		b->pages_pinned++;
		host[i] = HOST_OF(gpa + i * PAGE_SIZE);
	}
	return 0;
}

void fake_unpin(void *ctx, vccw_u64 gpa, vccw_u32 n)
{
	struct bench *b = ctx;
	u32 i;

	might_sleep();
	for (i = 0; i < n; i++) {
		u8 *pinned = &b->pinned[(gpa >> PAGE_SHIFT) + i];

		KUNIT_EXPECT_NE(b->test, *pinned, 0);
		/* What was pinned in one call is unpinned in one. */
		KUNIT_EXPECT_EQ(b->test, !!(*pinned & PIN_START), i == 0);
		KUNIT_EXPECT_EQ(b->test, !!(*pinned & PIN_END), i + 1 == n);
		*pinned = 0;
		b->pages_pinned--;
	}
}

void fake_keep(void *ctx, vccw_u64 host)
{
	might_sleep();
}
