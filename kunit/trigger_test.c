// SPDX-License-Identifier: GPL-2.0-only
/*
 * The client's eventfds, as the shim keeps and signals them: real eventfds,
 * and a core that has something to tell.
 */
#include <linux/file.h>
#include <linux/kthread.h>

#include "bench.h"
#include "eventfd.h"
#include "../drivers/trigger.c"

#define IO VCCW_TRIGGER_IO

struct fixture {
	struct vccw_device d;
	struct bench *b;
	struct file *one, *two;
};

static struct fixture *fixture(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->b = test->priv;
	f->d.core = f->b->core;
	vccw_triggers_init(&f->d);
	f->one = new_eventfd(test);
	f->two = new_eventfd(test);
	return f;
}

static void set(struct kunit *test, struct fixture *f, struct file *file)
{
	vccw_trigger_set(&f->d, IO, file ? eventfd_ctx_of(test, file) : NULL);
}

/* Whoever holds the last reference frees the eventfd: KASAN sees a wrong one. */
static void give_back(struct fixture *f)
{
	vccw_triggers_clear(&f->d);
	fput(f->one);
	fput(f->two);
}

static void each_signal_counts(struct kunit *test)
{
	struct fixture *f = fixture(test);
	unsigned long flags;
	int i;

	KUNIT_EXPECT_FALSE(test, vccw_trigger_signal(&f->d, IO));
	set(test, f, f->one);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, vccw_trigger_signal(&f->d, IO));
	/* As the core does it: interrupts off, subchannel lock held. */
	spin_lock_irqsave(&f->b->lock, flags);
	KUNIT_EXPECT_TRUE(test, vccw_trigger_signal(&f->d, IO));
	spin_unlock_irqrestore(&f->b->lock, flags);
	KUNIT_EXPECT_EQ(test, eventfd_count(f->one), 4);
	KUNIT_EXPECT_FALSE(test, vccw_trigger_signal(&f->d, VCCW_TRIGGER_CRW));
	give_back(f);
}

static void replaced_and_cleared(struct kunit *test)
{
	struct fixture *f = fixture(test);

	set(test, f, f->one);
	set(test, f, f->two);
	KUNIT_EXPECT_TRUE(test, vccw_trigger_signal(&f->d, IO));
	KUNIT_EXPECT_EQ(test, eventfd_count(f->one), 0);
	KUNIT_EXPECT_EQ(test, eventfd_count(f->two), 1);
	/* The same one again is a change like any other. */
	set(test, f, f->two);
	KUNIT_EXPECT_TRUE(test, vccw_trigger_signal(&f->d, IO));
	KUNIT_EXPECT_EQ(test, eventfd_count(f->two), 1);
	set(test, f, NULL);
	KUNIT_EXPECT_FALSE(test, vccw_trigger_signal(&f->d, IO));
	KUNIT_EXPECT_EQ(test, eventfd_count(f->two), 0);
	give_back(f);
}

static void closed_by_the_client_first(struct kunit *test)
{
	struct fixture *f = fixture(test);
	struct file *file = new_eventfd(test);

	set(test, f, file);
	__fput_sync(file);
	KUNIT_EXPECT_TRUE(test, vccw_trigger_signal(&f->d, IO));
	give_back(f);
}

/* The core learns of each change, in its order: what waited is told at once. */
static void the_core_is_told(struct kunit *test)
{
	struct fixture *f = fixture(test);
	struct bench *b = f->b;

	vccw_core_trigger(b->core, IO, 0);
	bench_irq(b, UNSOLICITED, 0);
	bench_work(b);
	b->signals[IO] = 0;
	set(test, f, f->one);
	KUNIT_EXPECT_EQ(test, b->signals[IO], 1);
	set(test, f, NULL);
	KUNIT_EXPECT_EQ(test, bench_read_word0(b), UNSOLICITED);
	bench_irq(b, UNSOLICITED, 0);
	bench_work(b);
	b->signals[IO] = 0;
	set(test, f, f->two);
	KUNIT_EXPECT_EQ(test, b->signals[IO], 1);
	give_back(f);
}

struct signaller {
	struct fixture *f;
	u64 told;
};

static int signaller(void *arg)
{
	struct signaller *s = arg;
	unsigned long flags;

	while (!kthread_should_stop()) {
		local_irq_save(flags);
		s->told += vccw_trigger_signal(&s->f->d, IO);
		local_irq_restore(flags);
		cond_resched();
	}
	return 0;
}

/* CPU 1: signal, signal ...     CPU 2: this one, that one, none ... */
static void changed_while_signalled(struct kunit *test)
{
	struct fixture *f = fixture(test);
	struct file *const files[] = { f->one, f->two, NULL };
	struct signaller s = { .f = f };
	struct task_struct *thread = kthread_run(signaller, &s, "vccw-signal");
	u64 counted = 0;
	int i;

	KUNIT_ASSERT_FALSE(test, IS_ERR(thread));
	for (i = 0; i < 3000; i++) {
		set(test, f, files[i % ARRAY_SIZE(files)]);
		if (i % 100 == 0)
			schedule_timeout_uninterruptible(1);
		cond_resched();
	}
	kthread_stop(thread);
	counted = eventfd_count(f->one) + eventfd_count(f->two);
	KUNIT_EXPECT_GT(test, counted, 0);
	KUNIT_EXPECT_EQ(test, counted, s.told);
	give_back(f);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(each_signal_counts),
	KUNIT_CASE(replaced_and_cleared),
	KUNIT_CASE(closed_by_the_client_first),
	KUNIT_CASE(the_core_is_told),
	KUNIT_CASE(changed_while_signalled),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_trigger",
	.init = bench_init,
	.exit = bench_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
