// SPDX-License-Identifier: GPL-2.0-only
/* Guest storage as the shim gets it from vfio: a real container pins real pages. */
#include "container.h"
#include "../drivers/port_guest.c"

#define RW	(VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE)
#define RO	VFIO_DMA_MAP_FLAG_READ
#define AT(n)	((u64)(n) << PAGE_SHIFT)

static u64 *hosts(struct kunit *test)
{
	u64 *host = kunit_kcalloc(test, CLIENT_PAGES, sizeof(*host), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, host);
	return host;
}

/* More pages than vfio takes at once: each address is that of its page. */
static void pins_are_the_clients_pages(struct kunit *test)
{
	struct client *c = client_open(test, VFIO_TYPE1v2_IOMMU);
	u64 *host = hosts(test);
	u32 i;

	client_map(c, 0, CLIENT_PAGES, RW);
	for (i = 0; i < CLIENT_PAGES; i++)
		client_store(c, AT(i) + 8 * (i % 16), &i, sizeof(i));
	KUNIT_ASSERT_EQ(test, vccw_port_pin(c->d, 0, CLIENT_PAGES, 1, host), 0);
	for (i = 0; i < CLIENT_PAGES; i++) {
		KUNIT_EXPECT_EQ(test, host[i] % PAGE_SIZE, 0);
		KUNIT_EXPECT_EQ(test, *(u32 *)phys_to_virt(host[i] + 8 * (i % 16)), i);
	}
	/* What a channel stores there, the client reads. */
	*(u32 *)phys_to_virt(host[5]) = 0x12345678;
	KUNIT_EXPECT_EQ(test, vccw_port_read_guest(c->d, AT(5), &i, sizeof(i)), 0);
	KUNIT_EXPECT_EQ(test, i, 0x12345678);
	vccw_port_unpin(c->d, 0, CLIENT_PAGES);
	KUNIT_EXPECT_EQ(test, client_unmap(c, 0, CLIENT_PAGES), 0);
	client_close(c);
}

static void a_pin_for_each_direction(struct kunit *test)
{
	struct client *c = client_open(test, VFIO_TYPE1v2_IOMMU);
	u64 *host = hosts(test);

	client_map(c, 0, 4, RW);
	client_map(c, 4, 4, RO);
	KUNIT_EXPECT_EQ(test, vccw_port_pin(c->d, AT(4), 4, 1, host), -EPERM);
	KUNIT_EXPECT_EQ(test, vccw_port_pin(c->d, AT(2), 4, 1, host), -EPERM);
	KUNIT_EXPECT_EQ(test, vccw_port_pin(c->d, AT(2), 4, 0, host), 0);
	vccw_port_unpin(c->d, AT(2), 4);
	KUNIT_EXPECT_EQ(test, client_unmap(c, 0, 4), 0);
	KUNIT_EXPECT_EQ(test, client_unmap(c, 4, 4), 0);
	client_close(c);
}

/* Also when the pages that are missing belong to vfio's second call. */
static void all_or_none(struct kunit *test)
{
	struct client *c = client_open(test, VFIO_TYPE1v2_IOMMU);
	u64 *host = hosts(test);

	KUNIT_EXPECT_EQ(test, vccw_port_pin(c->d, 0, 1, 0, host), -EINVAL);
	client_map(c, 0, CLIENT_PAGES - 20, RW);
	KUNIT_EXPECT_EQ(test, vccw_port_pin(c->d, 0, CLIENT_PAGES, 1, host), -EINVAL);
	KUNIT_EXPECT_EQ(test, client_unmap(c, 0, CLIENT_PAGES - 20), 0);
	client_close(c);
}

static void memory_goes_with_its_pins(struct kunit *test)
{
	struct client *c = client_open(test, VFIO_TYPE1v2_IOMMU);
	u64 *host = hosts(test);

	client_map(c, 8, 8, RW);
	KUNIT_ASSERT_EQ(test, vccw_port_pin(c->d, AT(9), 3, 1, host), 0);
	c->pinned = AT(9);
	c->pinned_pages = 3;
	KUNIT_EXPECT_GE(test, client_unmap(c, 8, 8), 1);
	KUNIT_EXPECT_EQ(test, c->unmapped, AT(8));
	KUNIT_EXPECT_EQ(test, c->unmapped_bytes, AT(8));
	KUNIT_EXPECT_EQ(test, c->pinned_pages, 0);
	KUNIT_EXPECT_EQ(test, vccw_port_pin(c->d, AT(9), 1, 1, host), -EINVAL);
	client_close(c);
}

static void reads(struct kunit *test)
{
	static const u8 bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct client *c = client_open(test, VFIO_TYPE1v2_IOMMU);
	u8 got[sizeof(bytes)] = {};

	client_map(c, 0, 1, RW);
	client_map(c, 1, 1, RO);
	client_store(c, PAGE_SIZE - 4, bytes, sizeof(bytes));
	KUNIT_EXPECT_EQ(test, vccw_port_read_guest(c->d, PAGE_SIZE - 4, got, sizeof(got)), 0);
	KUNIT_EXPECT_MEMEQ(test, got, bytes, sizeof(bytes));
	KUNIT_EXPECT_EQ(test, vccw_port_read_guest(c->d, 2 * PAGE_SIZE - 4, got, sizeof(got)), -EINVAL);
	KUNIT_EXPECT_EQ(test, vccw_port_read_guest(c->d, AT(100), got, sizeof(got)), -EINVAL);
	client_close(c);
}

/* Version 1 cannot pin; its errno would be a path error to a guest. */
static void an_old_container(struct kunit *test)
{
	struct client *c = client_open(test, VFIO_TYPE1_IOMMU);
	u64 *host = hosts(test);

	client_map(c, 0, 4, RW);
	KUNIT_EXPECT_EQ(test, vccw_port_pin(c->d, 0, 1, 1, host), -EOPNOTSUPP);
	client_close(c);
}

/* The page outlives its pin, its mapping and its owner. */
static void kept(struct kunit *test)
{
	struct client *c = client_open(test, VFIO_TYPE1v2_IOMMU);
	struct page *page;
	u64 host;
	int refs;

	client_map(c, 0, 1, RW);
	KUNIT_ASSERT_EQ(test, vccw_port_pin(c->d, 0, 1, 1, &host), 0);
	page = phys_to_page(host);
	refs = page_ref_count(page);
	vccw_port_keep(c->d, host);
	KUNIT_EXPECT_EQ(test, page_ref_count(page), refs + 1);
	vccw_port_unpin(c->d, 0, 1);
	KUNIT_EXPECT_EQ(test, client_unmap(c, 0, 1), 0);
	vm_munmap(c->memory, CLIENT_PAGES * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, page_ref_count(page), 1);
	put_page(page);
	client_close(c);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(pins_are_the_clients_pages),
	KUNIT_CASE(a_pin_for_each_direction),
	KUNIT_CASE(all_or_none),
	KUNIT_CASE(memory_goes_with_its_pins),
	KUNIT_CASE(reads),
	KUNIT_CASE(an_old_container),
	KUNIT_CASE(kept),
	{}
};

static struct kunit_suite suite = {
	.name = "vccw_guest",
	.test_cases = cases,
};
kunit_test_suite(suite);
