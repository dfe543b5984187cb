// SPDX-License-Identifier: GPL-2.0-only
#include "space.hpp"

#include <cstring>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <linux/vfio.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../base/error.hpp"
#include "../vfio/iommufd_abi.hpp"
#include "odd.hpp"

namespace client {

namespace {

int result_of(int returned)
{
	return returned < 0 ? -errno : 0;
}

std::uint64_t number_of(const void *p)
{
	return reinterpret_cast<std::uintptr_t>(p);
}

// Where faults of [p, p + length) are told; invalid if the kernel cannot.
Fd watch_faults(void *p, std::uint64_t length)
{
	Fd fd(static_cast<int>(::syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK)));
	uffdio_api api{};
	uffdio_register reg{};

	api.api = UFFD_API;
	reg.range.start = number_of(p);
	reg.range.len = length;
	reg.mode = UFFDIO_REGISTER_MODE_MISSING;
	if (!fd.valid() || ::ioctl(fd.get(), UFFDIO_API, &api) || ::ioctl(fd.get(), UFFDIO_REGISTER, &reg))
		return Fd();
	return fd;
}

} // namespace

Space::Space(const std::string &backend, bool unmaps)
	: iommufd_(backend == "iommufd"), unmaps_(unmaps), backend_(make_backend(backend)), memory_(*backend_)
{
	void *const p =
		::mmap(nullptr, Layout::kFlipSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		throw environment_error("no-memory", failed("getting memory", errno), "use less clients");
	flip_ = static_cast<std::uint8_t *>(p);
	faults_ = watch_faults(part(kParts - 1), kPart);
	if (faults_.valid())
		server_ = std::thread([this] { serve_late(); });
}

Space::~Space()
{
	stop_ = true;
	if (server_.joinable())
		server_.join();
	::munmap(flip_, Layout::kFlipSize);
}

// Who touches such a page sleeps for some milliseconds, wherever that is.
void Space::serve_late()
{
	Random random(number_of(this), 1);
	uffd_msg message{};

	while (!stop_) {
		pollfd p{faults_.get(), POLLIN, 0};
		if (::poll(&p, 1, 50) <= 0 || ::read(faults_.get(), &message, sizeof(message)) != sizeof(message) ||
		    message.event != UFFD_EVENT_PAGEFAULT)
			continue;
		::usleep(random.below(4000));
		uffdio_zeropage zero{};
		zero.range.start = message.arg.pagefault.address & ~std::uint64_t{4095};
		zero.range.len = 4096;
		::ioctl(faults_.get(), UFFDIO_ZEROPAGE, &zero);
	}
}

void Space::map_all()
{
	if (const int err = memory_.add(0, Layout::kMemory, true))
		throw environment_error("no-dma-map", failed("mapping the guest memory area", err), "");
	main_ = memory_.at(0, Layout::kMemory);
	memory_.add(Layout::kReadOnly, Layout::kReadOnlySize, false);
	for (unsigned i = 0; i < kParts; i++)
		backend_->map(Layout::kFlip + i * kPart, part(i), kPart, true);
}

std::unique_lock<std::mutex> Space::order()
{
	return iommufd_ || may_deadlock_ ? std::unique_lock<std::mutex>() : std::unique_lock(order_);
}

int Space::map_main()
{
	return backend_->map(0, main_, Layout::kMemory, true);
}

int Space::unmap_main()
{
	const auto hold = order();

	return backend_->unmap(0, Layout::kMemory);
}

int Space::map(Random &random)
{
	if (random.chance(40))
		return map_main();
	const std::uint32_t i = random.below(kParts);
	return backend_->map(Layout::kFlip + i * kPart, part(i), kPart, random.chance(80));
}

int Space::unmap(Random &random)
{
	if (!unmaps_)
		return -EOPNOTSUPP;
	if (random.chance(15))
		return unmap_main();
	const auto hold = order();
	if (random.chance(20))
		return backend_->unmap(Layout::kFlip, Layout::kFlipSize);
	return backend_->unmap(Layout::kFlip + random.below(kParts) * kPart, kPart);
}

// Its page size is not 0: with that the kernel shifts by 64 before it looks at it,
// which UBSAN reports, and asks no driver first.
static vfio_bitmap odd_bitmap(Random &random)
{
	vfio_bitmap bitmap{};

	bitmap.pgsize = random.chance(60) ? 4096 : odd64(random) | 1;
	return bitmap;
}

// Any range, any flags.
int Space::odd_unmap(Random &random)
{
	vfio_iommu_type1_dma_unmap m{};
	std::uint8_t bytes[sizeof(m) + sizeof(vfio_bitmap)];

	if (!unmaps_)
		return -EOPNOTSUPP;
	const auto hold = order();
	m.argsz = odd_size(random, sizeof(bytes));
	m.flags = random.chance(50) ? 0 : random.below(16);
	m.iova = odd64(random);
	m.size = odd64(random);
	std::memcpy(bytes, &m, sizeof(m));
	const vfio_bitmap bitmap = odd_bitmap(random);
	std::memcpy(bytes + sizeof(m), &bitmap, sizeof(bitmap));
	return result_of(::ioctl(backend_->address_space(), VFIO_IOMMU_UNMAP_DMA, bytes));
}

int Space::odd_type1(Random &random)
{
	const int fd = backend_->address_space();

	switch (random.below(7)) {
	case 0: {
		vfio_iommu_type1_dma_map m{};
		m.argsz = odd_size(random, sizeof(m));
		m.flags = odd32(random) % 16;
		// Never what this process needs for itself; there is nothing at 0.
		m.vaddr = random.chance(60) ? number_of(flip_) + (odd64(random) & (Layout::kFlipSize - 1)) : 0;
		m.iova = odd64(random);
		m.size = random.chance(60) ? 4096 << random.below(6) : odd64(random) & (Layout::kFlipSize - 1);
		if (m.vaddr && m.size > number_of(flip_ + Layout::kFlipSize) - m.vaddr)
			m.size = 4096;
		return result_of(::ioctl(fd, VFIO_IOMMU_MAP_DMA, &m));
	}
	case 1:
		return odd_unmap(random);
	case 2: {
		std::uint8_t bytes[512] = {};
		const std::uint32_t size = random.chance(50) ? random.below(sizeof(bytes)) : sizeof(vfio_iommu_type1_info);
		std::memcpy(bytes, &size, sizeof(size));
		return result_of(::ioctl(fd, VFIO_IOMMU_GET_INFO, bytes));
	}
	case 3: {
		vfio_iommu_type1_dirty_bitmap head{};
		vfio_iommu_type1_dirty_bitmap_get range{};
		std::uint8_t bytes[sizeof(head) + sizeof(range)];
		head.argsz = odd_size(random, sizeof(bytes));
		head.flags = random.below(16);
		range.iova = odd64(random);
		range.size = odd64(random);
		range.bitmap = odd_bitmap(random);
		std::memcpy(bytes, &head, sizeof(head));
		std::memcpy(bytes + sizeof(head), &range, sizeof(range));
		return result_of(::ioctl(fd, VFIO_IOMMU_DIRTY_PAGES, bytes));
	}
	case 4:
		return result_of(::ioctl(fd, VFIO_CHECK_EXTENSION, odd64(random)));
	case 5:
		return result_of(::ioctl(fd, VFIO_SET_IOMMU, odd64(random)));
	default:
		return result_of(::ioctl(fd, _IO(VFIO_TYPE, VFIO_BASE + random.below(32)), nullptr));
	}
}

int Space::odd_iommufd(Random &random)
{
	std::uint64_t words[8];

	// Never what this process needs for itself: no address of its own is in there.
	for (auto &w : words) {
		w = odd64(random);
		if (w >= 1 << 20 && w < 1ull << 48)
			w &= (1 << 20) - 1;
	}
	const auto size = static_cast<std::uint32_t>(random.chance(60) ? 8 * (1 + random.below(8)) : odd32(random));
	std::memcpy(words, &size, sizeof(size));
	return result_of(::ioctl(backend_->address_space(), _IO(';', 0x80 + random.below(20)), words));
}

int Space::odd_request(Random &random)
{
	return iommufd_ ? odd_iommufd(random) : odd_type1(random);
}

int Space::take_host_memory(Random &random)
{
	std::uint8_t *const p = part(random.below(kParts));

	switch (random.below(4)) {
	case 0:
	case 1:
		::mprotect(p, kPart, random.chance(50) ? PROT_READ : PROT_NONE);
		::usleep(random.below(500));
		return result_of(::mprotect(p, kPart, PROT_READ | PROT_WRITE));
	default:
		return result_of(::madvise(p, kPart, MADV_DONTNEED));
	}
}

std::uint32_t Space::data_address(Random &random) const
{
	switch (random.below(4)) {
	case 0:
		return static_cast<std::uint32_t>(Layout::kReadOnly + random.below(Layout::kReadOnlySize - 64));
	case 1:
		return main_address(random);
	default:
		return static_cast<std::uint32_t>(Layout::kFlip + random.below(Layout::kFlipSize - 64));
	}
}

} // namespace client
