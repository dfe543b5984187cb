// SPDX-License-Identifier: GPL-2.0-only
/* Guest storage, through vfio.  Process or work context; the device is open. */
#include <linux/error-injection.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/mm.h>

#include "port.h"

/*
 * vfio's answer for the core.  Some errnos mean something else to the client
 * (-EBUSY, -EACCES, -ENODEV, -EAGAIN: see vccw_core.h) and must not leave here:
 * -EACCES is how a type1 back end of version 1 says that it cannot pin.
 */
static int guest_errno(int ret)
{
	switch (ret) {
	case -EINVAL:
	case -EPERM:
	case -ENOMEM:
		return ret;
	case -EACCES:
		return -EOPNOTSUPP;
	default:
		return -EFAULT;
	}
}

int vccw_port_read_guest(void *ctx, vccw_u64 gpa, void *to, vccw_u32 len)
{
	struct vccw_device *d = ctx;
	int ret = vfio_dma_rw(&d->vdev, gpa, to, len, false);

	return ret ? guest_errno(ret) : 0;
}
ALLOW_ERROR_INJECTION(vccw_port_read_guest, ERRNO);

/* At most VFIO_PIN_PAGES_MAX_ENTRIES pages, all or none. */
static int pin_some(struct vfio_device *vdev, u64 gpa, int n, int prot,
		    struct page **pages)
{
	int ret = vfio_pin_pages(vdev, gpa, n, prot, pages);

	if (ret == n)
		return 0;
	if (ret > 0)
		vfio_unpin_pages(vdev, gpa, ret);
	return guest_errno(ret);
}

/* vfio's array of pages becomes the core's array of addresses in place. */
int vccw_port_pin(void *ctx, vccw_u64 gpa, vccw_u32 n, int write,
		  vccw_u64 *host)
{
	const int prot = IOMMU_READ | (write ? IOMMU_WRITE : 0);
	struct page **pages = (struct page **)host;
	struct vccw_device *d = ctx;
	u32 done, some, i;
	int ret;

	BUILD_BUG_ON(sizeof(*pages) != sizeof(*host));
	if (vccw_is_unmapping(d, gpa, (u64)n << PAGE_SHIFT))
		return -EBUSY;
	for (done = 0; done < n; done += some) {
		some = min_t(u32, n - done, VFIO_PIN_PAGES_MAX_ENTRIES);
		ret = pin_some(&d->vdev, gpa + ((u64)done << PAGE_SHIFT), some,
			       prot, pages + done);
		if (ret) {
			vccw_port_unpin(ctx, gpa, done);
			return ret;
		}
	}
	for (i = 0; i < n; i++)
		host[i] = page_to_phys(pages[i]);
	return 0;
}
ALLOW_ERROR_INJECTION(vccw_port_pin, ERRNO);

void vccw_port_unpin(void *ctx, vccw_u64 gpa, vccw_u32 n)
{
	struct vccw_device *d = ctx;
	u32 done, some;

	for (done = 0; done < n; done += some) {
		some = min_t(u32, n - done, VFIO_PIN_PAGES_MAX_ENTRIES);
		vfio_unpin_pages(&d->vdev, gpa + ((u64)done << PAGE_SHIFT),
				 some);
	}
}

/* The reference is never given back; vfio's own is dropped by unpinning. */
void vccw_port_keep(void *ctx, vccw_u64 host)
{
	get_page(phys_to_page(host));
}
