// SPDX-License-Identifier: GPL-2.0-only
#include "memory.hpp"

#include <sys/mman.h>

#include "../base/error.hpp"
#include "../base/value.hpp"

namespace client {

// The mappings go with the back end.  Unmapping them here, behind the close of the device,
// can meet the removal of a device that is taken away: vfio takes its group out of the
// container then, and with it what a container's ioctl is at work on, without a lock.
GuestMemory::~GuestMemory()
{
	for (const auto &a : areas_)
		::munmap(a.host, a.length);
}

int GuestMemory::add(std::uint64_t gpa, std::uint64_t length, bool writable)
{
	void *p = ::mmap(nullptr, length, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		return -errno;
	if (const int err = backend_.map(gpa, p, length, writable)) {
		::munmap(p, length);
		return err;
	}
	areas_.push_back({gpa, length, static_cast<std::uint8_t *>(p), writable, true});
	return 0;
}

GuestMemory::Area *GuestMemory::find(std::uint64_t gpa, std::uint64_t length)
{
	for (auto &a : areas_)
		if (gpa >= a.gpa && length <= a.length && gpa - a.gpa <= a.length - length)
			return &a;
	return nullptr;
}

int GuestMemory::unmap(std::uint64_t gpa, std::uint64_t length)
{
	Area *a = find(gpa, length);

	if (!a || a->gpa != gpa || a->length != length || !a->mapped)
		return -EINVAL;
	const int err = backend_.unmap(gpa, length);
	if (!err)
		a->mapped = false;
	return err;
}

int GuestMemory::map_again(std::uint64_t gpa, std::uint64_t length)
{
	Area *a = find(gpa, length);

	if (!a || a->gpa != gpa || a->length != length || a->mapped)
		return -EINVAL;
	const int err = backend_.map(gpa, a->host, length, a->writable);
	if (!err)
		a->mapped = true;
	return err;
}

std::uint32_t GuestMemory::alloc(std::uint64_t length, std::uint64_t align)
{
	std::uint64_t at = next_;

	for (bool moved = true; moved;) {
		moved = false;
		at = (at + align - 1) / align * align;
		for (const auto &r : taken_) {
			if (at < r.gpa + r.length && r.gpa < at + length) {
				at = r.gpa + r.length;
				moved = true;
			}
		}
	}
	if (areas_.empty() || at + length > areas_[0].length)
		throw usage_error("the guest memory area is too small for this program",
				  "give it more with --memory MIB");
	next_ = at + length;
	return static_cast<std::uint32_t>(at);
}

void GuestMemory::reserve(std::uint64_t gpa, std::uint64_t length)
{
	taken_.push_back({gpa, length});
}

void GuestMemory::release_all()
{
	taken_.clear();
	next_ = kFirst;
}

std::uint8_t *GuestMemory::at(std::uint64_t gpa, std::uint64_t length)
{
	Area *a = find(gpa, length);

	if (!a)
		throw usage_error("guest address " + to_hex(gpa, 8) + " is outside the guest memory area",
				  "choose a lower one, or more memory with --memory MIB");
	return a->host + (gpa - a->gpa);
}

const std::uint8_t *GuestMemory::seen_by_device(std::uint64_t gpa, std::uint64_t length, bool to_store)
{
	const Area *a = find(gpa, length);

	return a && a->mapped && (a->writable || !to_store) ? a->host + (gpa - a->gpa) : nullptr;
}

} // namespace client
