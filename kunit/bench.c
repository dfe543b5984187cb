// SPDX-License-Identifier: GPL-2.0-only
/* What the tests do with a core: a client's requests, a channel's events. */
#include <linux/mm.h>
#include <linux/vmalloc.h>

#include "bench.h"

static const struct vccw_limits limits = {
	.ccws = 4096, .segments = 256, .pages = 16384, .bytes = 4 << 20,
};

int bench_init(struct kunit *test)
{
	struct bench *b = kunit_kzalloc(test, sizeof(*b), GFP_KERNEL);
	u8 schib[VCCW_SCHIB_SIZE];

	KUNIT_ASSERT_NOT_NULL(test, b);
	test->priv = b;
	b->test = test;
	spin_lock_init(&b->lock);
	mutex_init(&b->request);
	INIT_LIST_HEAD(&b->dma);
	b->next_abs = 0x10000000;
	b->pins_until_enomem = -1;
	b->allocs_until_enomem = -1;
	b->guest = vzalloc(GUEST_PAGES * PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, b->guest);
	/* From 64 KiB to 256 KiB. */
	memset(b->page_state + 0x10, PAGE_WRITABLE, 0x40);

	KUNIT_ASSERT_EQ(test, vccw_core_create(&bench_port, b, &limits, &b->core), 0);
	vccw_core_trigger(b->core, VCCW_TRIGGER_IO, 1);
	KUNIT_ASSERT_EQ(test, vccw_core_open(b->core), 0);
	KUNIT_ASSERT_EQ(test, vccw_core_read_schib(b->core, schib), 0);
	return 0;
}

void bench_exit(struct kunit *test)
{
	struct bench *b = test->priv;

	if (!b)
		return;
	if (b->core) {
		vccw_core_close(b->core);
		vccw_core_destroy(b->core);
	}
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
	KUNIT_EXPECT_EQ(test, b->heap, 0);
	KUNIT_EXPECT_TRUE(test, list_empty(&b->dma));
	KUNIT_EXPECT_FALSE(test, b->work_queued);
	KUNIT_EXPECT_EQ(test, b->messages[VCCW_MSG_BROKEN_RULE], 0);
	vfree(b->guest);
}

int bench_start(struct bench *b, u32 cpa, u32 orb1)
{
	u8 region[VCCW_IO_REGION_SIZE] = {};

	put_unaligned_be32(0x1234, region);
	put_unaligned_be32(orb1, region + 4);
	put_unaligned_be32(cpa, region + 8);
	put_unaligned_be32(0x4000, region + VCCW_ORB_SIZE);
	return vccw_core_write_io(b->core, 0, region, sizeof(region));
}

int bench_async(struct bench *b, u32 command)
{
	u32 region[2] = { command, 0 };

	return vccw_core_write_async(b->core, 0, region, sizeof(region));
}

int bench_halt(struct bench *b)
{
	return bench_async(b, 1);
}

int bench_clear(struct bench *b)
{
	return bench_async(b, 2);
}

void bench_read(struct bench *b, u8 region[VCCW_IO_REGION_SIZE])
{
	u64 token = vccw_core_read_io(b->core, region);

	vccw_core_ack_io(b->core, token, 0, VCCW_IO_REGION_SIZE);
}

u32 bench_read_word0(struct bench *b)
{
	u8 region[VCCW_IO_REGION_SIZE];

	bench_read(b, region);
	return get_unaligned_be32(region + VCCW_ORB_SIZE + VCCW_SCSW_SIZE);
}

u32 bench_read_cpa(struct bench *b)
{
	u8 region[VCCW_IO_REGION_SIZE];

	bench_read(b, region);
	return get_unaligned_be32(region + VCCW_ORB_SIZE + VCCW_SCSW_SIZE + 4);
}

u32 bench_read_word2(struct bench *b)
{
	u8 region[VCCW_IO_REGION_SIZE];

	bench_read(b, region);
	return get_unaligned_be32(region + VCCW_ORB_SIZE + VCCW_SCSW_SIZE + 8);
}

void bench_irq(struct bench *b, u32 word0, u32 cpa)
{
	/* Channel end, and device end unless the device is active still. */
	bench_status(b, word0, cpa, word0 & 0x40 ? 0x08000000 : 0x0c000000);
}

void bench_status(struct bench *b, u32 word0, u32 cpa, u32 word2)
{
	u8 irb[VCCW_IRB_SIZE] = {};
	unsigned long flags;

	put_unaligned_be32(word0, irb);
	put_unaligned_be32(cpa, irb + 4);
	put_unaligned_be32(word2, irb + 8);
	spin_lock_irqsave(&b->lock, flags);
	vccw_core_irq(b->core, irb);
	spin_unlock_irqrestore(&b->lock, flags);
}

void bench_work(struct bench *b)
{
	b->work_queued = false;
	b->work_urgent = false;
	vccw_core_todo(b->core);
}

void bench_all_work(struct bench *b)
{
	while (b->work_queued)
		bench_work(b);
}

void bench_not_oper(struct bench *b)
{
	unsigned long flags;

	spin_lock_irqsave(&b->lock, flags);
	vccw_core_not_oper(b->core);
	spin_unlock_irqrestore(&b->lock, flags);
}

void bench_crw(struct bench *b, u32 crw)
{
	unsigned long flags;

	spin_lock_irqsave(&b->lock, flags);
	vccw_core_crw(b->core, crw);
	spin_unlock_irqrestore(&b->lock, flags);
}

struct vccw_stats bench_stats(struct bench *b)
{
	struct vccw_stats stats = {};

	vccw_core_stats(b->core, &stats);
	return stats;
}

void bench_ccw(struct bench *b, u32 gpa, u8 cmd, u8 flags, u16 count, u32 cda)
{
	u8 *ccw = b->guest + gpa;

	ccw[0] = cmd;
	ccw[1] = flags;
	put_unaligned_be16(count, ccw + 2);
	put_unaligned_be32(cda, ccw + 4);
}

u8 *bench_abs(struct bench *b, u64 abs, size_t len)
{
	struct dma_block *block;

	list_for_each_entry(block, &b->dma, list)
		if (abs >= block->abs && abs + len <= block->abs + block->bytes)
			return block->mem + (abs - block->abs);
	KUNIT_FAIL(b->test, "%#llx is not in the core's storage", abs);
	return NULL;
}
