// SPDX-License-Identifier: GPL-2.0-only
/*
 * SENSE ID, before a subchannel is handed on: nothing else tells what it has.
 * The driver that let go of it took what it knew along, and a subchannel that
 * is ours from the start had none.
 *
 * The channel owns a question's storage from cc 0 of START until the subchannel
 * is disabled.  A device that answers with errors, late or never is as good as
 * one that says nothing: only its time is limited.
 */
#include <linux/completion.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <asm/isc.h>

#include "debug.h"
#include "identify.h"

enum {
	TRIES = 5,
	ANSWER_MS = 1000,	/* for all tries */
	END_MS = 1000,		/* for the channel to let go */
	STEP_MS = 100,
	LADDER = 255,		/* cio_cancel_halt_clear() begins with it */
	SENSE_ID = 0xe4,
	SLI = 0x20,
	ORB_FORMAT1_PREFETCH = 0x00c00000,
};

enum outcome {
	PENDING,
	ANSWERED,
	AGAIN,			/* that one had no answer */
	NO_ANSWER,		/* nor will another */
};

/* What the channel reads and writes, below 2 GiB (ch. 15, "Format-1 CCW"). */
struct storage {
	u8 command, flags;
	__be16 count;
	__be32 address;
	u8 answer[8];		/* of the common I/O-device commands: ff, type, model */
} __aligned(8);

struct question {
	struct list_head asked;
	struct subchannel *sch;
	struct storage *storage;
	struct completion over;
	/* subchannel lock */
	enum outcome outcome;
	u8 dstat, cstat;	/* of all statuses that belong to it */
};

static LIST_HEAD(all_asked);
static DEFINE_SPINLOCK(asked_lock);	/* within a subchannel lock */

static struct question *find(const struct subchannel *sch)
{
	struct question *q;

	list_for_each_entry(q, &all_asked, asked)
		if (q->sch == sch)
			return q;
	return NULL;
}

/*
 * What a status means to the START before it (ch. 16): deferred condition code
 * 1 says that other status was first, 3 that no path is left.  Channel end may
 * come before device end, which then names no function: TEST SUBCHANNEL of channel
 * end has taken it (ch. 14).
 */
static enum outcome judge(struct question *q, const struct cmd_scsw *scsw)
{
	const u8 good = DEV_STAT_CHN_END | DEV_STAT_DEV_END;

	bool late = q->dstat && !scsw->fctl &&
		    scsw->stctl & SCSW_STCTL_SEC_STATUS;

	if ((!(scsw->fctl & SCSW_FCTL_START_FUNC) && !late) || scsw->cc == 1)
		return AGAIN;
	if (scsw->cc == 3)
		return NO_ANSWER;
	q->dstat |= scsw->dstat;
	q->cstat |= scsw->cstat;
	if (!(scsw->stctl & (SCSW_STCTL_SEC_STATUS | SCSW_STCTL_ALERT_STATUS)))
		return PENDING;
	if (q->dstat != good || q->cstat || q->storage->answer[0] != 0xff)
		return AGAIN;
	return ANSWERED;
}

bool vccw_identify_irq(struct subchannel *sch, const struct irb *irb)
{
	struct question *q;

	lockdep_assert_held(&sch->lock);
	spin_lock(&asked_lock);
	q = find(sch);
	if (q && q->outcome == PENDING)
		q->outcome = judge(q, &irb->scsw.cmd);
	if (q && q->outcome != PENDING)
		complete(&q->over);
	spin_unlock(&asked_lock);
	return q;
}

static void expect(struct question *q)
{
	lockdep_assert_held(&q->sch->lock);
	reinit_completion(&q->over);
	q->outcome = PENDING;
	q->dstat = 0;
	q->cstat = 0;
}

static u8 allowed_paths(struct subchannel *sch)
{
	return sch->schib.pmcw.pam & chp_get_sch_opm(sch);
}

/* The condition code; 3 also without a path that the operator allows. */
static int start(struct question *q)
{
	struct subchannel *sch = q->sch;
	union orb orb = {};
	u8 lpm;
	int cc;

	spin_lock_irq(&sch->lock);
	expect(q);
	lpm = allowed_paths(sch);
	orb._word[0] = cio_intparm(sch);
	orb._word[1] = ORB_FORMAT1_PREFETCH | lpm << 8;
	orb._word[2] = virt_to_phys(q->storage);
	cc = lpm ? ssch(sch->schid, &orb) : 3;
	spin_unlock_irq(&sch->lock);
	return cc;
}

/* With cc 1 other status is pending, whose interrupt comes first. */
static enum outcome ask(struct question *q)
{
	unsigned long left = msecs_to_jiffies(ANSWER_MS);
	int tries, cc;

	for (tries = 0; tries < TRIES; tries++) {
		cc = start(q);
		if (cc != 0 && cc != 1)
			break;
		left = wait_for_completion_timeout(&q->over, left);
		if (!left)
			break;
		if (q->outcome != AGAIN)
			return q->outcome;
	}
	return NO_ANSWER;
}

static int enable(struct question *q)
{
	struct subchannel *sch = q->sch;
	int ret;

	spin_lock_irq(&sch->lock);
	spin_lock(&asked_lock);
	list_add(&q->asked, &all_asked);
	spin_unlock(&asked_lock);
	expect(q);
	sch->isc = VFIO_CCW_ISC;
	ret = cio_enable_subchannel(sch, cio_intparm(sch));
	spin_unlock_irq(&sch->lock);
	return ret;
}

/* 0 or -ENODEV: the channel has let go. */
static int try_disable(struct question *q, int *ladder)
{
	struct subchannel *sch = q->sch;
	int ret;

	spin_lock_irq(&sch->lock);
	expect(q);
	ret = cio_disable_subchannel(sch);
	if (ret == -EBUSY)
		cio_cancel_halt_clear(sch, ladder);
	spin_unlock_irq(&sch->lock);
	return ret;
}

/* 0, -ENODEV, or -EBUSY: given up. */
static int disable(struct question *q)
{
	unsigned long end = jiffies + msecs_to_jiffies(END_MS);
	int ladder = LADDER;
	int ret;

	while ((ret = try_disable(q, &ladder)) == -EBUSY &&
	       time_before(jiffies, end))
		wait_for_completion_timeout(&q->over,
					    msecs_to_jiffies(STEP_MS));
	spin_lock_irq(&q->sch->lock);
	spin_lock(&asked_lock);
	list_del(&q->asked);
	spin_unlock(&asked_lock);
	spin_unlock_irq(&q->sch->lock);
	return ret;
}

static struct storage *make_storage(void)
{
	struct storage *s = kzalloc(sizeof(*s), GFP_KERNEL | GFP_DMA);

	if (!s)
		return NULL;
	s->command = SENSE_ID;
	s->flags = SLI;
	s->count = cpu_to_be16(sizeof(s->answer));
	s->address = cpu_to_be32(virt_to_phys(s->answer));
	return s;
}

int vccw_no_device(struct subchannel *sch)
{
	dev_warn(&sch->dev, "no device is there any more: see what is (lscss), then bind again\n");
	return -ENODEV;
}

int vccw_identify(struct subchannel *sch)
{
	struct question q = { .sch = sch };
	int enabled, disabled;
	int type = 0;
	bool varied_off;

	/*
	 * Paths, none of them varied on: it could tell, and must not be asked.  Without any
	 * path it is as a device that does not answer: of an unknown kind.
	 */
	spin_lock_irq(&sch->lock);
	varied_off = sch->schib.pmcw.pam && !allowed_paths(sch);
	spin_unlock_irq(&sch->lock);
	if (varied_off) {
		dev_warn(&sch->dev, "no channel path to it is varied on, so nothing tells what it is: vary one on (chchp -v 1), then bind again\n");
		return -EACCES;
	}
	q.storage = make_storage();
	if (!q.storage)
		return -ENOMEM;
	init_completion(&q.over);
	enabled = enable(&q);
	if (!enabled && ask(&q) == ANSWERED)
		type = q.storage->answer[1] << 8 | q.storage->answer[2];
	disabled = disable(&q);
	if (disabled && disabled != -ENODEV) {
		/* The channel may still store there: never freed. */
		dev_warn(&sch->dev, "the device does not let go of a question (SENSE ID): check it and its channel paths, then bind again\n");
		return -EIO;
	}
	kfree(q.storage);
	/* What is plugged there next has to be asked. */
	if (enabled == -ENODEV || disabled == -ENODEV)
		return vccw_no_device(sch);
	vccw_debug(2, "sch %x.%x.%04x: control unit %04x\n", sch, type);
	return type;
}
