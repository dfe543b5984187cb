// SPDX-License-Identifier: GPL-2.0-only
/*
 * The translator, byte for byte: guest storage as a guest's CPU would write
 * it, and the bytes that the channel then finds.
 */
#include "bench.h"

#define P 0x10000

struct ccw_bytes {
	u8 cmd, flags;
	u16 count;
	u32 cda;
};

static struct ccw_bytes ccw_at(struct bench *b, u32 abs)
{
	const u8 *p = bench_abs(b, abs, 8);

	if (!p)
		return (struct ccw_bytes){};
	return (struct ccw_bytes){ p[0], p[1], get_unaligned_be16(p + 2),
				   get_unaligned_be32(p + 4) };
}

static struct ccw_bytes slot(struct bench *b, u32 n)
{
	return ccw_at(b, bench_host_cpa(b) + 8 * n);
}

static u64 word(struct bench *b, u32 abs, u32 n)
{
	const u8 *p = bench_abs(b, abs + 8 * n, 8);

	return p ? get_unaligned_be64(p) : 0;
}

static void end(struct bench *b)
{
	bench_irq(b, START_ENDED, bench_host_cpa(b) + 8);
	bench_work(b);
	KUNIT_EXPECT_EQ(b->test, b->pages_pinned, 0);
}

/* One CCW as raw bytes, the list that the channel gets for it. */
static const struct vector {
	const char *name;
	u32 orb1;
	u8 program[8];		/* at P */
	u8 list[32];		/* at 0x30000 */
	u8 ccw[4];		/* command, flags, count of what the channel gets */
	u64 words[4];		/* its list; 0: no further one */
} vectors[] = {
	{ "read, direct", ORB1,
	  { 0x02, 0x20, 0x00, 0x08, 0x00, 0x02, 0x00, 0x10 }, {},
	  { 0x02, 0x24, 0x00, 0x08 }, { HOST_OF(0x20010) } },
	{ "write across two page boundaries", ORB1,
	  { 0x01, 0x00, 0x18, 0x02, 0x00, 0x02, 0x0f, 0xff }, {},
	  { 0x01, 0x04, 0x18, 0x02 },
	  { HOST_OF(0x20fff), HOST_OF(0x21000), HOST_OF(0x22000) } },
	{ "format 0", ORB1 & ~ORB1_FMT1,
	  { 0x02, 0x02, 0x0f, 0xf8, 0x20, 0x00, 0x00, 0x10 }, {},
	  { 0x02, 0x24, 0x00, 0x10 }, { HOST_OF(0x20ff8), HOST_OF(0x21000) } },
	{ "IDAL, 64-bit words of 4K", ORB1,
	  { 0x02, 0x04, 0x10, 0x00, 0x00, 0x03, 0x00, 0x00 },
	  { 0, 0, 0, 0, 0, 0x02, 0x08, 0x00, 0, 0, 0, 0, 0, 0x02, 0x30, 0x00 },
	  { 0x02, 0x04, 0x10, 0x00 }, { HOST_OF(0x20800), HOST_OF(0x23000) } },
	{ "IDAL, 64-bit words of 2K", ORB1 | ORB1_I2K,
	  { 0x01, 0x04, 0x10, 0x00, 0x00, 0x03, 0x00, 0x00 },
	  { 0, 0, 0, 0, 0, 0x02, 0x08, 0x00, 0, 0, 0, 0, 0, 0x02, 0x10, 0x00 },
	  { 0x01, 0x04, 0x10, 0x00 }, { HOST_OF(0x20800), HOST_OF(0x21000) } },
	{ "IDAL, 31-bit words", ORB1 & ~ORB1_C64,
	  { 0x01, 0x04, 0x10, 0x00, 0x00, 0x03, 0x00, 0x00 },
	  { 0x00, 0x02, 0x08, 0x00, 0x00, 0x02, 0x10, 0x00 },
	  { 0x01, 0x04, 0x10, 0x00 }, { HOST_OF(0x20800), HOST_OF(0x21000) } },
	{ "a page that is not there", ORB1,
	  { 0x02, 0x00, 0x10, 0x01, 0x00, 0x06, 0xf0, 0x00 }, {},
	  { 0x02, 0x04, 0x10, 0x01 }, { NOWHERE, NOWHERE } },
};

KUNIT_ARRAY_PARAM_DESC(vector, vectors, name);

static void bytes(struct kunit *test)
{
	const struct vector *v = test->param_value;
	struct bench *b = test->priv;
	struct ccw_bytes host;
	int i;

	memcpy(b->guest + P, v->program, sizeof(v->program));
	memcpy(b->guest + 0x30000, v->list, sizeof(v->list));
	KUNIT_ASSERT_EQ(test, bench_start(b, P, v->orb1), 0);
	host = slot(b, 0);
	KUNIT_EXPECT_MEMEQ(test, bench_abs(b, bench_host_cpa(b), 8), v->ccw, 4);
	KUNIT_EXPECT_LT(test, host.cda, 0x80000000);
	for (i = 0; i < ARRAY_SIZE(v->words) && v->words[i]; i++)
		KUNIT_EXPECT_EQ(test, word(b, host.cda, i), v->words[i]);
	end(b);
}

static void orb(struct kunit *test)
{
	struct bench *b = test->priv;

	bench_ccw(b, P, CMD_READ, 0, 8, 0x20000);
	/* Key 3, suspend, modification control, address-limit and LPM. */
	KUNIT_ASSERT_EQ(test, bench_start(b, P, (ORB1 & ~0xff00) | 0x38084000), 0);
	KUNIT_EXPECT_EQ(test, get_unaligned_be32(b->orb + 4), (ORB1 & ~0xff00) | 0x38084000);
	KUNIT_EXPECT_LT(test, bench_host_cpa(b), 0x80000000);
	KUNIT_EXPECT_EQ(test, bench_host_cpa(b) % 8, 0);
	end(b);
}

static void format_0_and_no_prefetch(struct kunit *test)
{
	struct bench *b = test->priv;
	u32 orb1 = ORB1 & ~(ORB1_FMT1 | ORB1_PFCH);

	memcpy(b->guest + P, "\x03\x02\x00\x00\x20\x00\x00\x01", 8);
	KUNIT_ASSERT_EQ(test, bench_start(b, P, orb1), 0);
	/* Format 1 with the length suppressed does what format 0 does (SA22-7832-10, ch. 15). */
	KUNIT_EXPECT_EQ(test, get_unaligned_be32(b->orb + 4),
			(ORB1 & ~ORB1_PFCH) | ORB1_ILS);
	/* The guest sees its own bits in the SCSW. */
	bench_irq(b, START_ENDED | ORB1_FMT1, bench_host_cpa(b) + 8);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, bench_read_word0(b), START_ENDED);
}

static void midaws(struct kunit *test)
{
	static const u8 list[] = {
		0, 0, 0, 0, 0x00, 0x00, 0x00, 0x08, 0, 0, 0, 0, 0, 0x02, 0x0f, 0xf8,
		0, 0, 0, 0, 0x00, 0x80, 0x00, 0x10, 0, 0, 0, 0, 0, 0x02, 0x30, 0x00,
	};
	struct bench *b = test->priv;
	struct ccw_bytes host;

	memcpy(b->guest + 0x30000, list, sizeof(list));
	bench_ccw(b, P, CMD_READ, F_MIDA, 0x18, 0x30000);
	KUNIT_ASSERT_EQ(test, bench_start(b, P, ORB1 | ORB1_MIDAW), 0);
	host = slot(b, 0);
	KUNIT_EXPECT_EQ(test, host.flags, F_MIDA);
	KUNIT_EXPECT_EQ(test, word(b, host.cda, 0), 0x0000000000000008);
	KUNIT_EXPECT_EQ(test, word(b, host.cda, 1), HOST_OF(0x20ff8));
	KUNIT_EXPECT_EQ(test, word(b, host.cda, 2), 0x0000000000800010);
	KUNIT_EXPECT_EQ(test, word(b, host.cda, 3), HOST_OF(0x23000));
	end(b);
}

static void search_loop(struct kunit *test)
{
	struct bench *b = test->priv;

	bench_ccw(b, P, CMD_SEARCH, F_CC, 5, 0x20000);
	bench_ccw(b, P + 8, CMD_TIC, 0, 0, P);
	bench_ccw(b, P + 16, CMD_READ, 0, 64, 0x20100);
	KUNIT_ASSERT_EQ(test, bench_start(b, P, ORB1), 0);
	KUNIT_EXPECT_EQ(test, slot(b, 1).cmd, CMD_TIC);
	KUNIT_EXPECT_EQ(test, slot(b, 1).cda, bench_host_cpa(b));
	KUNIT_EXPECT_EQ(test, slot(b, 2).cmd, CMD_READ);
	KUNIT_EXPECT_EQ(test, word(b, slot(b, 2).cda, 0), HOST_OF(0x20100));
	end(b);
}

/* A TIC to another page, and the guest's address of where the channel is. */
static void tic_and_cpa(struct kunit *test)
{
	struct bench *b = test->priv;
	u32 to;

	bench_ccw(b, P, CMD_CONTROL, F_CC, 1, 0x20000);
	bench_ccw(b, P + 8, CMD_TIC, 0, 0, 0x11000);
	bench_ccw(b, 0x11000, CMD_READ, F_CC, 8, 0x20000);
	bench_ccw(b, 0x11008, CMD_NOP, 0, 1, 0);
	KUNIT_ASSERT_EQ(test, bench_start(b, P, ORB1), 0);
	to = slot(b, 1).cda;
	KUNIT_EXPECT_EQ(test, ccw_at(b, to).cmd, CMD_READ);
	KUNIT_EXPECT_EQ(test, ccw_at(b, to + 8).cmd, CMD_NOP);
	bench_irq(b, START_ENDED, to + 16);
	bench_work(b);
	KUNIT_EXPECT_EQ(test, bench_read_cpa(b), 0x11010);
}

static void each_page_once_for_its_direction(struct kunit *test)
{
	struct bench *b = test->priv;
	int i;

	for (i = 0; i < 50; i++)
		bench_ccw(b, P + 8 * i, i % 2 ? CMD_WRITE : CMD_READ, F_CC, 16,
			  (i % 2 ? 0x21000 : 0x20000) + i);
	bench_ccw(b, P + 8 * i, CMD_CONTROL, 0, 16, 0x20100);
	b->page_state[0x21] = PAGE_READ_ONLY;
	KUNIT_ASSERT_EQ(test, bench_start(b, P, ORB1), 0);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 2);
	/* Neighbours, but two calls: each has its own direction. */
	KUNIT_EXPECT_EQ(test, b->pinned[0x20], 2 | PIN_START | PIN_END);
	KUNIT_EXPECT_EQ(test, b->pinned[0x21], 1 | PIN_START | PIN_END);
	end(b);
}

static void chain_into_the_end_of_memory(struct kunit *test)
{
	struct bench *b = test->priv;

	bench_ccw(b, 0x4fff8, CMD_READ, F_CC, 8, 0x20000);
	KUNIT_ASSERT_EQ(test, bench_start(b, 0x4fff8, ORB1), 0);
	KUNIT_EXPECT_EQ(test, slot(b, 0).cmd, CMD_READ);
	/* Then two slots that are a program check. */
	KUNIT_EXPECT_EQ(test, slot(b, 1).cmd & 0xf, 0);
	KUNIT_EXPECT_EQ(test, slot(b, 2).cmd & 0xf, 0);
	end(b);
}

static void limits(struct kunit *test)
{
	struct bench *b = test->priv;
	int i;

	/* 0x10000 to 0x1ffff holds 8192; the limit is 4096. */
	for (i = 0; i < 4096; i++)
		bench_ccw(b, P + 8 * i, CMD_NOP, F_CC, 1, 0);
	bench_ccw(b, P + 8 * 4096, CMD_NOP, 0, 1, 0);
	KUNIT_EXPECT_EQ(test, bench_start(b, P, ORB1), -EINVAL);
	KUNIT_EXPECT_EQ(test, b->messages[VCCW_MSG_LIMIT_CCWS], 1);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
	bench_ccw(b, P + 8 * 4095, CMD_NOP, 0, 1, 0);
	KUNIT_EXPECT_EQ(test, bench_start(b, P, ORB1), 0);
	end(b);
}

static void a_failure_in_the_middle_undoes_all(struct kunit *test)
{
	struct bench *b = test->priv;
	int i;

	for (i = 0; i < 20; i++)
		bench_ccw(b, P + 8 * i, CMD_READ, i < 19 ? F_CC : 0, 8, 0x20000 + i * 0x2000);
	memset(b->page_state + 0x20, PAGE_WRITABLE, 0x40);
	b->pins_until_enomem = 7;
	KUNIT_EXPECT_EQ(test, bench_start(b, P, ORB1), -ENOMEM);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 0);
	b->pins_until_enomem = -1;
	KUNIT_EXPECT_EQ(test, bench_start(b, P, ORB1), 0);
	KUNIT_EXPECT_EQ(test, b->pages_pinned, 20);
	end(b);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(bytes, vector_gen_params),
	KUNIT_CASE(orb),
	KUNIT_CASE(format_0_and_no_prefetch),
	KUNIT_CASE(midaws),
	KUNIT_CASE(search_loop),
	KUNIT_CASE(tic_and_cpa),
	KUNIT_CASE(each_page_once_for_its_direction),
	KUNIT_CASE(chain_into_the_end_of_memory),
	KUNIT_CASE(limits),
	KUNIT_CASE(a_failure_in_the_middle_undoes_all),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_translate",
	.init = bench_init,
	.exit = bench_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
