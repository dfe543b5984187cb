// SPDX-License-Identifier: GPL-2.0-only
/* The port under the tests; vccw_core.h states what each function owes. */
#include <linux/mm.h>
#include <linux/slab.h>

#include "bench.h"

static unsigned long fake_lock(void *ctx)
{
	struct bench *b = ctx;
	unsigned long flags;

	spin_lock_irqsave(&b->lock, flags);
	return flags;
}

static void fake_unlock(void *ctx, unsigned long flags)
{
	struct bench *b = ctx;

	spin_unlock_irqrestore(&b->lock, flags);
}

static void fake_assert_locked(void *ctx)
{
	struct bench *b = ctx;

	lockdep_assert_held(&b->lock);
	KUNIT_EXPECT_TRUE(b->test, spin_is_locked(&b->lock));
}

static void fake_request_lock(void *ctx)
{
	struct bench *b = ctx;

	mutex_lock(&b->request);
}

static void fake_request_unlock(void *ctx)
{
	struct bench *b = ctx;

	mutex_unlock(&b->request);
}

static int answer(int *script)
{
	int ret = *script;

	*script = 0;
	return ret;
}

static int fake_start(void *ctx, vccw_u8 *orb)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	memcpy(b->orb, orb, VCCW_ORB_SIZE);
	b->starts++;
	return answer(&b->start_cc);
}

static int fake_halt(void *ctx)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	b->halts++;
	return answer(&b->halt_cc);
}

static int fake_clear(void *ctx)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	b->clears++;
	return answer(&b->clear_cc);
}

static int fake_paths_left(void *ctx, vccw_u8 lpm)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	return b->other_path;
}

static int fake_enable(void *ctx)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	return answer(&b->enable_rc);
}

static int fake_disable(void *ctx)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	b->disables++;
	return answer(&b->disable_rc);
}

static int fake_cancel(void *ctx, int *retry)
{
	fake_assert_locked(ctx);
	return 0;
}

static int fake_store(void *ctx, vccw_u8 *schib)
{
	int i;

	fake_assert_locked(ctx);
	for (i = 0; i < VCCW_SCHIB_SIZE; i++)
		schib[i] = i + 1;
	return 0;
}

static void fake_gone(void *ctx)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	b->gone++;
}

static void fake_queue_work(void *ctx)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	b->work_queued = true;
}

static void fake_wake(void *ctx)
{
	fake_assert_locked(ctx);
}

static void fake_wait_irq(void *ctx, unsigned int ms)
{
	might_sleep();
}

static void fake_flush_work(void *ctx)
{
	struct bench *b = ctx;

	might_sleep();
	while (b->work_queued)
		bench_work(b);
}

static bool out_of_memory(struct bench *b)
{
	return b->allocs_until_enomem >= 0 && b->allocs_until_enomem-- == 0;
}

static void *fake_alloc_dma(void *ctx, vccw_size bytes, vccw_u64 *abs)
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

static void fake_free_dma(void *ctx, void *p, vccw_size bytes)
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

static void *fake_alloc(void *ctx, vccw_size bytes)
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

static void fake_free(void *ctx, void *p, vccw_size bytes)
{
	struct bench *b = ctx;

	might_sleep();
	b->heap--;
	kvfree(p);
}

static vccw_u64 fake_zero_page(void *ctx)
{
	return ZERO_PAGE_AT;
}

static bool has_page(struct bench *b, u64 gpa, u8 least)
{
	return gpa >> PAGE_SHIFT < GUEST_PAGES && b->page_state[gpa >> PAGE_SHIFT] >= least;
}

static int fake_read_guest(void *ctx, vccw_u64 gpa, void *to, vccw_u32 len)
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

static int fake_pin(void *ctx, vccw_u64 gpa, vccw_u32 n, int write, vccw_u64 *host)
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
		*pinned = write ? 2 : 1;
		b->pages_pinned++;
		host[i] = HOST_OF(gpa + i * PAGE_SIZE);
	}
	return 0;
}

static void fake_unpin(void *ctx, vccw_u64 gpa, vccw_u32 n)
{
	struct bench *b = ctx;
	u32 i;

	might_sleep();
	for (i = 0; i < n; i++) {
		u8 *pinned = &b->pinned[(gpa >> PAGE_SHIFT) + i];

		KUNIT_EXPECT_NE(b->test, *pinned, 0);
		*pinned = 0;
		b->pages_pinned--;
	}
}

static void fake_keep(void *ctx, vccw_u64 host)
{
	might_sleep();
}

static void fake_signal(void *ctx, enum vccw_trigger which)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	b->signals[which]++;
}

static void fake_log(void *ctx, enum vccw_msg msg, vccw_u64 a, vccw_u64 b_)
{
	struct bench *b = ctx;

	b->messages[msg]++;
}

static void fake_trace(void *ctx, enum vccw_trace_kind kind, vccw_u64 a, vccw_u64 b)
{
}

const struct vccw_port bench_port = {
	.lock = fake_lock,
	.unlock = fake_unlock,
	.assert_locked = fake_assert_locked,
	.request_lock = fake_request_lock,
	.request_unlock = fake_request_unlock,
	.start = fake_start,
	.halt = fake_halt,
	.clear = fake_clear,
	.paths_left = fake_paths_left,
	.enable = fake_enable,
	.disable = fake_disable,
	.cancel = fake_cancel,
	.store = fake_store,
	.gone = fake_gone,
	.queue_work = fake_queue_work,
	.wake = fake_wake,
	.wait_irq = fake_wait_irq,
	.flush_work = fake_flush_work,
	.alloc_dma = fake_alloc_dma,
	.free_dma = fake_free_dma,
	.alloc = fake_alloc,
	.free = fake_free,
	.zero_page = fake_zero_page,
	.read_guest = fake_read_guest,
	.pin = fake_pin,
	.unpin = fake_unpin,
	.keep = fake_keep,
	.signal = fake_signal,
	.log = fake_log,
	.trace = fake_trace,
};
