// SPDX-License-Identifier: GPL-2.0-only
/* The port under the tests; vccw_core.h states what each function owes. */
#include <linux/mm.h>
#include <linux/slab.h>

#include "bench.h"

static unsigned long lock(void *ctx)
{
	struct bench *b = ctx;
	unsigned long flags;

	spin_lock_irqsave(&b->lock, flags);
	return flags;
}

static void unlock(void *ctx, unsigned long flags)
{
	struct bench *b = ctx;

	spin_unlock_irqrestore(&b->lock, flags);
}

static void assert_locked(void *ctx)
{
	struct bench *b = ctx;

	lockdep_assert_held(&b->lock);
	KUNIT_EXPECT_TRUE(b->test, spin_is_locked(&b->lock));
}

static void request_lock(void *ctx)
{
	struct bench *b = ctx;

	mutex_lock(&b->request);
}

static void request_unlock(void *ctx)
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

static int start(void *ctx, vccw_u8 *orb)
{
	struct bench *b = ctx;

	assert_locked(b);
	memcpy(b->orb, orb, VCCW_ORB_SIZE);
	b->starts++;
	return answer(&b->start_cc);
}

static int halt(void *ctx)
{
	struct bench *b = ctx;

	assert_locked(b);
	b->halts++;
	return answer(&b->halt_cc);
}

static int clear(void *ctx)
{
	struct bench *b = ctx;

	assert_locked(b);
	b->clears++;
	return answer(&b->clear_cc);
}

static int paths_left(void *ctx, vccw_u8 lpm)
{
	struct bench *b = ctx;

	assert_locked(b);
	return b->other_path;
}

static int enable(void *ctx)
{
	struct bench *b = ctx;

	assert_locked(b);
	return answer(&b->enable_rc);
}

static int disable(void *ctx)
{
	struct bench *b = ctx;

	assert_locked(b);
	b->disables++;
	return answer(&b->disable_rc);
}

static int cancel(void *ctx, int *retry)
{
	assert_locked(ctx);
	return 0;
}

static int store(void *ctx, vccw_u8 *schib)
{
	int i;

	assert_locked(ctx);
	for (i = 0; i < VCCW_SCHIB_SIZE; i++)
		schib[i] = i + 1;
	return 0;
}

static void gone(void *ctx)
{
	struct bench *b = ctx;

	assert_locked(b);
	b->gone++;
}

static void queue_work_(void *ctx)
{
	struct bench *b = ctx;

	assert_locked(b);
	b->work_queued = true;
}

static void wake(void *ctx)
{
	assert_locked(ctx);
}

static void wait_irq(void *ctx, unsigned int ms)
{
	might_sleep();
}

static void flush_work_(void *ctx)
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

static void *alloc_dma(void *ctx, vccw_size bytes, vccw_u64 *abs)
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

static void free_dma(void *ctx, void *p, vccw_size bytes)
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

static void *alloc(void *ctx, vccw_size bytes)
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

static void free(void *ctx, void *p, vccw_size bytes)
{
	struct bench *b = ctx;

	might_sleep();
	b->heap--;
	kvfree(p);
}

static vccw_u64 zero_page(void *ctx)
{
	return ZERO_PAGE_AT;
}

static bool has_page(struct bench *b, u64 gpa, u8 least)
{
	return gpa >> PAGE_SHIFT < GUEST_PAGES && b->page_state[gpa >> PAGE_SHIFT] >= least;
}

static int read_guest(void *ctx, vccw_u64 gpa, void *to, vccw_u32 len)
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

static int pin(void *ctx, vccw_u64 gpa, vccw_u32 n, int write, vccw_u64 *host)
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

static void unpin(void *ctx, vccw_u64 gpa, vccw_u32 n)
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

static void keep(void *ctx, vccw_u64 host)
{
	might_sleep();
}

static void signal_(void *ctx, enum vccw_trigger which)
{
	struct bench *b = ctx;

	assert_locked(b);
	b->signals[which]++;
}

static void log_(void *ctx, enum vccw_msg msg, vccw_u64 a, vccw_u64 b_)
{
	struct bench *b = ctx;

	b->messages[msg]++;
}

static void trace(void *ctx, enum vccw_trace_kind kind, vccw_u64 a, vccw_u64 b)
{
}

const struct vccw_port bench_port = {
	.lock = lock,
	.unlock = unlock,
	.assert_locked = assert_locked,
	.request_lock = request_lock,
	.request_unlock = request_unlock,
	.start = start,
	.halt = halt,
	.clear = clear,
	.paths_left = paths_left,
	.enable = enable,
	.disable = disable,
	.cancel = cancel,
	.store = store,
	.gone = gone,
	.queue_work = queue_work_,
	.wake = wake,
	.wait_irq = wait_irq,
	.flush_work = flush_work_,
	.alloc_dma = alloc_dma,
	.free_dma = free_dma,
	.alloc = alloc,
	.free = free,
	.zero_page = zero_page,
	.read_guest = read_guest,
	.pin = pin,
	.unpin = unpin,
	.keep = keep,
	.signal = signal_,
	.log = log_,
	.trace = trace,
};
