// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the host makes of a device that answers SENSE ID, or does not.  The source
 * is part of this file; the channel is played here, its interrupts by a work item.
 * What statuses mean: Principles of Operation, ch. 16 (deferred condition codes,
 * channel end before device end); SENSE ID's answer: as cio/device_id.c checks it.
 */
#include <kunit/test.h>
#include <linux/workqueue.h>

#include "../drivers/cio.h"

/* The channel: each START gets the next of `statuses`. */
static struct channel {
	struct subchannel *sch;
	const struct cmd_scsw *statuses;
	int count, at, starts;
	int cc;			/* of START */
	bool deaf;		/* neither HALT nor CLEAR end anything */
	bool running, enabled;
	u8 opm;
	u16 type;
	void *storage;		/* of the last question */
	struct work_struct interrupt;
} channel;

static u8 fake_opm(struct subchannel *sch) { return channel.opm; }

static int fake_start(struct subchannel_id schid, union orb *orb)
{
	u32 *ccw = phys_to_virt(orb->_word[2]);
	u8 *answer = phys_to_virt(ccw[1]);

	channel.starts++;
	if (channel.cc)
		return channel.cc;
	channel.running = true;
	channel.storage = ccw;
	answer[0] = channel.type ? 0xff : 0;
	answer[1] = channel.type >> 8;
	answer[2] = channel.type;
	schedule_work(&channel.interrupt);
	return 0;
}

static int fake_enable(struct subchannel *sch, u32 intparm)
{
	channel.enabled = true;
	return 0;
}

static int fake_disable(struct subchannel *sch)
{
	if (channel.running)
		return -EBUSY;
	channel.enabled = false;
	return 0;
}

static int fake_cancel(struct subchannel *sch, int *retry)
{
	if (!channel.deaf)
		channel.running = false;
	return channel.deaf ? -EBUSY : 0;
}

#define chp_get_sch_opm fake_opm
#define ssch fake_start
#define cio_enable_subchannel fake_enable
#define cio_disable_subchannel fake_disable
#define cio_cancel_halt_clear fake_cancel
#undef dev_warn
#define dev_warn(...) do { } while (0)
#undef vccw_debug
#include "../drivers/debug.h"
#undef vccw_debug
#define vccw_debug(...) do { } while (0)
#include "../drivers/identify.c"

/* Statuses come until one of them ends the START. */
static void interrupt(struct work_struct *w)
{
	struct irb irb = {};

	while (channel.running && channel.at < channel.count) {
		irb.scsw.cmd = channel.statuses[channel.at++];
		spin_lock_irq(&channel.sch->lock);
		if (irb.scsw.cmd.stctl & SCSW_STCTL_SEC_STATUS ||
		    irb.scsw.cmd.cc)
			channel.running = false;
		vccw_identify_irq(channel.sch, &irb);
		spin_unlock_irq(&channel.sch->lock);
	}
}

static int init(struct kunit *test)
{
	/* More than the members that cio.h knows. */
	struct subchannel *sch = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, sch);
	spin_lock_init(&sch->lock);
	sch->schib.pmcw.pam = 0x80;
	channel = (struct channel){ .sch = sch, .type = 0x3990, .opm = 0xff };
	INIT_WORK(&channel.interrupt, interrupt);
	return 0;
}

static void finish(struct kunit *test)
{
	flush_work(&channel.interrupt);
}

#define STATUS(cc_, stctl_, dstat_, cstat_)				\
	{ .fctl = SCSW_FCTL_START_FUNC, .cc = cc_,			\
	  .stctl = SCSW_STCTL_STATUS_PEND | (stctl_),			\
	  .dstat = dstat_, .cstat = cstat_ }
/* Secondary status alone: TEST SUBCHANNEL of primary status took the function. */
#define LATE(dstat_)							\
	{ .stctl = SCSW_STCTL_STATUS_PEND | SCSW_STCTL_SEC_STATUS,	\
	  .dstat = dstat_ }
#define PRIM SCSW_STCTL_PRIM_STATUS
#define SEC SCSW_STCTL_SEC_STATUS
#define ALERT SCSW_STCTL_ALERT_STATUS
#define CE DEV_STAT_CHN_END
#define DE DEV_STAT_DEV_END

static const struct cmd_scsw good = STATUS(0, PRIM | SEC, CE | DE, 0);

static int identify(const struct cmd_scsw *statuses, int count)
{
	channel.statuses = statuses;
	channel.count = count;
	return vccw_identify(channel.sch);
}

/* Whatever came: the subchannel is as before. */
#define EXPECT(test, statuses, type, times)				\
do {									\
	KUNIT_EXPECT_EQ(test, identify(statuses, ARRAY_SIZE(statuses)), type); \
	KUNIT_EXPECT_EQ(test, channel.starts, times);			\
	KUNIT_EXPECT_FALSE(test, channel.enabled);			\
	KUNIT_EXPECT_TRUE(test, list_empty(&all_asked));		\
} while (0)

static void at_once(struct kunit *test)
{
	const struct cmd_scsw s[] = { good };

	EXPECT(test, s, 0x3990, 1);
}

static void channel_end_first(struct kunit *test)
{
	const struct cmd_scsw s[] = { STATUS(0, PRIM, CE, 0), LATE(DE) };

	EXPECT(test, s, 0x3990, 1);
}

static void other_status_first(struct kunit *test)
{
	const struct cmd_scsw s[] = {
		STATUS(1, ALERT, DEV_STAT_ATTENTION, 0), good
	};

	EXPECT(test, s, 0x3990, 2);
}

static void unit_check_once(struct kunit *test)
{
	const struct cmd_scsw s[] = {
		STATUS(0, ALERT | PRIM | SEC, CE | DE | DEV_STAT_UNIT_CHECK, 0), good
	};

	EXPECT(test, s, 0x3990, 2);
}

static void unit_check_always(struct kunit *test)
{
	const struct cmd_scsw bad =
		STATUS(0, ALERT | PRIM | SEC, CE | DE | DEV_STAT_UNIT_CHECK, 0);
	const struct cmd_scsw s[] = { bad, bad, bad, bad, bad, bad, bad, bad };

	EXPECT(test, s, 0, TRIES);
}

static void no_path(struct kunit *test)
{
	const struct cmd_scsw s[] = { STATUS(3, ALERT | SEC, 0, 0), good };

	EXPECT(test, s, 0, 1);
}

/* A virtio device could be taken so, and its path varied on afterwards. */
static void no_path_that_is_varied_on(struct kunit *test)
{
	const struct cmd_scsw s[] = { good };

	channel.opm = 0x7f;
	EXPECT(test, s, -EACCES, 0);
}

/* Its paths are away, as with a control unit that is down: nobody has varied them off. */
static void no_path_available(struct kunit *test)
{
	const struct cmd_scsw s[] = { good };

	channel.sch->schib.pmcw.pam = 0;
	EXPECT(test, s, 0, 0);
}

static void not_operational(struct kunit *test)
{
	const struct cmd_scsw s[] = { good };

	channel.cc = 3;
	EXPECT(test, s, 0, 1);
}

static void an_answer_of_something_else(struct kunit *test)
{
	const struct cmd_scsw s[] = { good, good, good, good, good, good };

	channel.type = 0;
	EXPECT(test, s, 0, TRIES);
}

/* The wait has an end; then the channel is made to let go. */
static void no_answer(struct kunit *test)
{
	const struct cmd_scsw s[] = { STATUS(0, PRIM, CE, 0) };

	EXPECT(test, s, 0, 1);
	KUNIT_EXPECT_FALSE(test, channel.running);
}

/* It does not let go: its storage is not given back, the device not handed on. */
static void stuck(struct kunit *test)
{
	const struct cmd_scsw s[] = { STATUS(0, PRIM, CE, 0) };

	channel.deaf = true;
	KUNIT_EXPECT_EQ(test, identify(s, 1), -EIO);
	KUNIT_EXPECT_TRUE(test, channel.running);
	KUNIT_EXPECT_TRUE(test, list_empty(&all_asked));
	KUNIT_EXPECT_EQ(test, ((u8 *)channel.storage)[0], SENSE_ID);
	kfree(channel.storage);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(at_once),
	KUNIT_CASE(channel_end_first),
	KUNIT_CASE(other_status_first),
	KUNIT_CASE(unit_check_once),
	KUNIT_CASE(unit_check_always),
	KUNIT_CASE(no_path),
	KUNIT_CASE(no_path_that_is_varied_on),
	KUNIT_CASE(no_path_available),
	KUNIT_CASE(not_operational),
	KUNIT_CASE(an_answer_of_something_else),
	KUNIT_CASE_SLOW(no_answer),
	KUNIT_CASE_SLOW(stuck),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_identify",
	.init = init,
	.exit = finish,
	.test_cases = cases,
};
kunit_test_suite(suite);
