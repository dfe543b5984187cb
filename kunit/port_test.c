// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shim's own services, as the kernel gives them: storage, locks, waiting,
 * the work item.  Their sources are part of this file, so that no device is
 * needed; what they only hand on is stubbed below.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/kthread.h>

#include "../drivers/vccw.h"

static void todo(struct vccw_core *core);
#define vccw_core_todo todo
#include "../drivers/port_mem.c"
#include "../drivers/port.c"
#undef vccw_core_todo

struct workqueue_struct *vccw_workqueue;

struct fixture {
	struct vccw_device d;
	struct subchannel sch;
	int worked;		/* by a worker */
	int worked_here;	/* by who waits */
	struct completion may_end;
};

static void work(struct work_struct *w)
{
	struct fixture *f = container_of(w, struct fixture, d.work.work);

	might_sleep();
	wait_for_completion(&f->may_end);
	f->worked++;
}

static void todo(struct vccw_core *core)
{
	struct fixture *f = (struct fixture *)core;

	might_sleep();
	f->worked_here++;
}

static int init(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	test->priv = f;
	spin_lock_init(&f->sch.lock);
	mutex_init(&f->d.request);
	init_waitqueue_head(&f->d.irq_wait);
	INIT_DELAYED_WORK(&f->d.work, work);
	init_completion(&f->may_end);
	f->d.sch = &f->sch;
	f->d.core = (struct vccw_core *)f;
	vccw_workqueue = alloc_workqueue("vccw-kunit", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	KUNIT_ASSERT_NOT_NULL(test, vccw_workqueue);
	return 0;
}

static void finish(struct kunit *test)
{
	if (vccw_workqueue)
		destroy_workqueue(vccw_workqueue);
	vccw_workqueue = NULL;
}

static void dma_storage(struct kunit *test)
{
	struct fixture *f = test->priv;
	size_t bytes;
	u64 abs = 0;
	void *p;

	for (bytes = PAGE_SIZE; bytes <= 64 * PAGE_SIZE; bytes *= 2) {
		p = vccw_port.alloc_dma(&f->d, bytes, &abs);
		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_EQ(test, abs % PAGE_SIZE, 0);
		KUNIT_EXPECT_LE(test, abs + bytes, 0x80000000ULL);
		KUNIT_EXPECT_EQ(test, abs, virt_to_phys(p));
		KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, bytes));
		memset(p, 0xff, bytes);
		page_set_storage_key(abs, 0x98, 1);
		page_set_storage_key(abs + bytes - PAGE_SIZE, 0x98, 1);
		vccw_port.clear_keys(&f->d, p, bytes);
		KUNIT_EXPECT_EQ(test, page_get_storage_key(abs) & 0xf8, 0);
		KUNIT_EXPECT_EQ(test, page_get_storage_key(abs + bytes - PAGE_SIZE) & 0xf8, 0);
		vccw_port.free_dma(&f->d, p, bytes);
	}
}

/* Refused without a line in the log, which the test's harness would see. */
static void too_much_dma_storage(struct kunit *test)
{
	struct fixture *f = test->priv;
	u64 abs;

	KUNIT_EXPECT_NULL(test, vccw_port.alloc_dma(&f->d, 1ULL << 31, &abs));
}

static void storage(struct kunit *test)
{
	static const size_t sizes[] = { 1, 100, PAGE_SIZE, 1 << 20 };
	struct fixture *f = test->priv;
	void *p;
	int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		p = vccw_port.alloc(&f->d, sizes[i]);
		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, sizes[i]));
		memset(p, 0xff, sizes[i]);
		vccw_port.free(&f->d, p, sizes[i]);
	}
}

static void zero_page(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_EXPECT_NULL(test, memchr_inv(phys_to_virt(vccw_port.zero_page(&f->d)), 0, PAGE_SIZE));
}

/* Equal once in 2^64 runs. */
static void random_numbers(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_EXPECT_NE(test, vccw_port.random(&f->d), vccw_port.random(&f->d));
	vccw_port.relax(&f->d);
}

static void locks(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned long flags = vccw_port.lock(&f->d);

	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&f->sch.lock));
	vccw_port.assert_locked(&f->d);
	vccw_port.unlock(&f->d, flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&f->sch.lock));
	vccw_port.request_lock(&f->d);
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&f->d.request));
	vccw_port.request_unlock(&f->d);
}

static void wake(struct vccw_device *d)
{
	unsigned long flags = vccw_port.lock(d);

	vccw_port.wake(d);
	vccw_port.unlock(d, flags);
}

static vccw_u32 wakes(struct vccw_device *d)
{
	unsigned long flags = vccw_port.lock(d);
	vccw_u32 n = vccw_port.wakes(d);

	vccw_port.unlock(d, flags);
	return n;
}

/* A wake between the count and the wait ends it, of however many; one of before does not. */
static void a_wake_before_the_wait(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned long before = jiffies;
	vccw_u32 n = wakes(&f->d);

	wake(&f->d);
	KUNIT_EXPECT_GT(test, vccw_port.wait_irq(&f->d, 60000, n), 30000U);
	KUNIT_EXPECT_GT(test, vccw_port.wait_irq(&f->d, 60000, n), 30000U);
	KUNIT_EXPECT_LT(test, jiffies - before, msecs_to_jiffies(30000));
	before = jiffies;
	n = wakes(&f->d);
	KUNIT_EXPECT_EQ(test, vccw_port.wait_irq(&f->d, 50, n), 0U);
	KUNIT_EXPECT_GE(test, jiffies - before, msecs_to_jiffies(50));
	/* In milliseconds, on however busy a machine. */
	KUNIT_EXPECT_LT(test, jiffies - before, msecs_to_jiffies(20000));
}

static int waker(void *arg)
{
	msleep(50);
	wake(arg);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void a_wake_during_the_wait(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned long before = jiffies;
	vccw_u32 n = wakes(&f->d);
	struct task_struct *thread = kthread_run(waker, &f->d, "vccw-waker");

	KUNIT_ASSERT_FALSE(test, IS_ERR(thread));
	KUNIT_EXPECT_GT(test, vccw_port.wait_irq(&f->d, 60000, n), 0U);
	KUNIT_EXPECT_LT(test, jiffies - before, msecs_to_jiffies(30000));
	/* Only then has it let go of the lock's memory. */
	kthread_stop(thread);
}

static void queue(struct vccw_device *d)
{
	unsigned long flags = vccw_port.lock(d);

	vccw_port.queue_work(d);
	vccw_port.unlock(d, flags);
}

/* A worker may have been as quick. */
static void work_is_done_and_waited_for(struct kunit *test)
{
	struct fixture *f = test->priv;

	queue(&f->d);
	queue(&f->d);
	KUNIT_EXPECT_EQ(test, f->worked, 0);
	complete_all(&f->may_end);
	vccw_port.flush_work(&f->d);
	KUNIT_EXPECT_LE(test, f->worked, 2);
	KUNIT_EXPECT_EQ(test, f->worked_here, 1);
	KUNIT_EXPECT_FALSE(test, work_busy(&f->d.work.work));
}

static void work_that_runs_is_waited_for(struct kunit *test)
{
	struct fixture *f = test->priv;

	queue(&f->d);
	while (!(work_busy(&f->d.work.work) & WORK_BUSY_RUNNING))
		msleep(20);
	complete_all(&f->may_end);
	vccw_port.flush_work(&f->d);
	KUNIT_EXPECT_EQ(test, f->worked, 1);
	KUNIT_EXPECT_EQ(test, f->worked_here, 1);
}

struct blocker {
	struct work_struct work;
	struct completion go;
	bool ended;
};

static void block(struct work_struct *w)
{
	struct blocker *b = container_of(w, struct blocker, work);

	wait_for_completion_timeout(&b->go, 10 * HZ);
	WRITE_ONCE(b->ended, true);
}

/* All workers that there may be wait for somebody else. */
static void no_worker_is_needed(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct blocker b = {};

	INIT_WORK_ONSTACK(&b.work, block);
	init_completion(&b.go);
	workqueue_set_max_active(vccw_workqueue, 1);
	queue_work(vccw_workqueue, &b.work);
	complete_all(&f->may_end);
	queue(&f->d);
	vccw_port.flush_work(&f->d);
	KUNIT_EXPECT_FALSE(test, READ_ONCE(b.ended));
	KUNIT_EXPECT_EQ(test, f->worked_here, 1);
	complete(&b.go);
	flush_work(&b.work);
	destroy_work_on_stack(&b.work);
}

static void queue_later(struct vccw_device *d)
{
	unsigned long flags = vccw_port.lock(d);

	vccw_port.queue_work_later(d);
	vccw_port.unlock(d, flags);
}

static bool worked(struct fixture *f, int tries)
{
	while (!READ_ONCE(f->worked) && tries--)
		msleep(20);
	return READ_ONCE(f->worked);
}

/* By itself; at once when it is waited for; at once when it is asked for. */
static void work_that_may_come_later(struct kunit *test)
{
	struct fixture *f = test->priv;

	complete_all(&f->may_end);
	queue_later(&f->d);
	KUNIT_EXPECT_TRUE(test, worked(f, 500));
	queue_later(&f->d);
	vccw_port.flush_work(&f->d);
	KUNIT_EXPECT_EQ(test, f->worked_here, 1);
	KUNIT_EXPECT_FALSE(test, timer_pending(&f->d.work.timer));
	f->worked = 0;
	queue_later(&f->d);
	queue(&f->d);
	KUNIT_EXPECT_FALSE(test, timer_pending(&f->d.work.timer));
	KUNIT_EXPECT_TRUE(test, worked(f, 500));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(dma_storage),
	KUNIT_CASE(too_much_dma_storage),
	KUNIT_CASE(storage),
	KUNIT_CASE(zero_page),
	KUNIT_CASE(random_numbers),
	KUNIT_CASE(locks),
	KUNIT_CASE(a_wake_before_the_wait),
	KUNIT_CASE(a_wake_during_the_wait),
	KUNIT_CASE(work_is_done_and_waited_for),
	KUNIT_CASE(work_that_runs_is_waited_for),
	KUNIT_CASE(no_worker_is_needed),
	KUNIT_CASE(work_that_may_come_later),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_port",
	.init = init,
	.exit = finish,
	.test_cases = cases,
};
kunit_test_suite(suite);
MODULE_DESCRIPTION("KUnit suites of vfio_ccw: its core on a port of plain memory, and the shim's own port");
MODULE_LICENSE("GPL");
