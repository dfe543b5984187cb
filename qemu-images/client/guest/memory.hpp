// SPDX-License-Identifier: GPL-2.0-only
// What the device sees as guest storage: anonymous memory of this process,
// mapped at chosen guest addresses.
#pragma once

#include <cstdint>
#include <vector>

#include "../vfio/backend.hpp"

namespace client {

class GuestMemory {
public:
	static constexpr std::uint64_t kFirst = 0x10000;	// lowest address that alloc() gives

	explicit GuestMemory(Backend &backend) : backend_(backend) {}
	~GuestMemory();
	GuestMemory(const GuestMemory &) = delete;
	GuestMemory &operator=(const GuestMemory &) = delete;

	// New zeroed memory mapped at `gpa`; sizes in whole pages.  0 or -errno.
	int add(std::uint64_t gpa, std::uint64_t length, bool writable);
	// Takes the device's mapping away or puts it back; the bytes stay.
	int unmap(std::uint64_t gpa, std::uint64_t length);
	int map_again(std::uint64_t gpa, std::uint64_t length);

	// A free range of the first area.  Ends in a named error when it is full.
	std::uint32_t alloc(std::uint64_t length, std::uint64_t align = 8);
	// Keeps alloc() from giving this range away.
	void reserve(std::uint64_t gpa, std::uint64_t length);
	// Forgets all allocations and reservations.
	void release_all();

	// The end of what alloc() has given away.
	std::uint64_t used() const { return next_; }

	// The bytes of [gpa, gpa+length), or a named error.
	std::uint8_t *at(std::uint64_t gpa, std::uint64_t length);
	// The same for what the device has mapped, `to_store` or not; null where it has not.
	const std::uint8_t *seen_by_device(std::uint64_t gpa, std::uint64_t length, bool to_store);

private:
	struct Range {
		std::uint64_t gpa;
		std::uint64_t length;
	};
	struct Area {
		std::uint64_t gpa;
		std::uint64_t length;
		std::uint8_t *host;
		bool writable;
		bool mapped;
	};

	Area *find(std::uint64_t gpa, std::uint64_t length);

	Backend &backend_;
	std::vector<Area> areas_;
	std::vector<Range> taken_;
	std::uint64_t next_ = kFirst;
};

} // namespace client
