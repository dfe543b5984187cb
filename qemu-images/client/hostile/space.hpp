// SPDX-License-Identifier: GPL-2.0-only
// The addresses that a hostile client gives its devices, and what it does to them
// while they are used.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

#include "../guest/memory.hpp"
#include "../stress/programs.hpp"
#include "../stress/random.hpp"

namespace client {

class Space {
public:
	// `unmaps`: memory may be taken away; see `order`.
	Space(const std::string &backend, bool unmaps);
	~Space();

	Backend &backend() { return *backend_; }
	GuestMemory &memory() { return memory_; }
	bool iommufd() const { return iommufd_; }
	bool unmaps() const { return unmaps_; }

	// Maps everything; after the first device was opened.
	void map_all();

	// vfio's type1 back end deadlocks with itself when memory is unmapped while a
	// device of the container is opened or closed: who does one of these holds
	// `order`, unless that is wanted.
	std::unique_lock<std::mutex> order();
	void allow_deadlock() { may_deadlock_ = true; }

	// Operations; 0 or -errno.
	int map(Random &random);
	int unmap(Random &random);
	// The area with all programs.
	int map_main();
	int unmap_main();
	int odd_request(Random &random);
	int take_host_memory(Random &random);

	// An address of the guest where data may go; of the area with all programs.
	std::uint32_t data_address(Random &random) const;
	std::uint32_t main_address(Random &random) const { return (1 << 20) + random.below(2 << 20); }

private:
	static constexpr unsigned kParts = 4;	// of the flip area, mapped one by one
	static constexpr std::uint64_t kPart = Layout::kFlipSize / kParts;

	int odd_type1(Random &random);
	int odd_iommufd(Random &random);
	int odd_unmap(Random &random);
	void serve_late();
	std::uint8_t *part(unsigned i) { return flip_ + i * kPart; }

	const bool iommufd_, unmaps_;
	bool may_deadlock_ = false;
	std::unique_ptr<Backend> backend_;
	GuestMemory memory_;
	std::uint8_t *main_ = nullptr;
	std::uint8_t *flip_;
	std::mutex order_;

	// The last part of the flip area: its pages come late.
	Fd faults_;
	std::atomic<bool> stop_{false};
	std::thread server_;
};

} // namespace client
