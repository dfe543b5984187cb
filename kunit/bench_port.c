// SPDX-License-Identifier: GPL-2.0-only
/*
 * The port under the tests: locks, instructions, waiting, telling.
 * vccw_core.h states what each function owes.
 */
#include "bench_memory.h"

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
	b->work_urgent = true;
}

static void fake_queue_work_later(void *ctx)
{
	struct bench *b = ctx;

	fake_assert_locked(b);
	b->work_queued = true;
}

static void fake_wake(void *ctx)
{
	fake_assert_locked(ctx);
}

static void fake_clear_keys(void *ctx, void *p, vccw_size bytes)
{
	might_sleep();
}

static vccw_u32 fake_wakes(void *ctx)
{
	fake_assert_locked(ctx);
	return 0;
}

static vccw_u32 fake_wait_irq(void *ctx, vccw_u32 ms, vccw_u32 wakes)
{
	might_sleep();
	return ms;
}

static void fake_flush_work(void *ctx)
{
	struct bench *b = ctx;

	might_sleep();
	/* As port.c: cancelled, and then done. */
	bench_work(b);
}

static vccw_u64 fake_random(void *ctx)
{
	might_sleep();
	return 0x9b60933458e17d7dULL;
}

static void fake_relax(void *ctx)
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
	.queue_work_later = fake_queue_work_later,
	.put_work_off = fake_queue_work_later,
	.wake = fake_wake,
	.wakes = fake_wakes,
	.wait_irq = fake_wait_irq,
	.flush_work = fake_flush_work,
	.alloc_dma = fake_alloc_dma,
	.clear_keys = fake_clear_keys,
	.free_dma = fake_free_dma,
	.alloc = fake_alloc,
	.free = fake_free,
	.zero_page = fake_zero_page,
	.read_guest = fake_read_guest,
	.pin = fake_pin,
	.unpin = fake_unpin,
	.keep = fake_keep,
	.random = fake_random,
	.relax = fake_relax,
	.signal = fake_signal,
	.log = fake_log,
	.trace = fake_trace,
};
