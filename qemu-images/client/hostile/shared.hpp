// SPDX-License-Identifier: GPL-2.0-only
// Several devices in one address space: one container, or one iommufd.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "../guest/chain.hpp"
#include "../guest/memory.hpp"
#include "../vfio/device.hpp"
#include "../vfio/eventfd.hpp"
#include "../vfio/session.hpp"

namespace client {

class Shared {
public:
	static constexpr std::uint64_t kMemory = 4 << 20;	// from address 0

	// Opens the first `count` devices that there are, the one that the options name before all
	// others, or fails with a named error.
	Shared(const SessionOptions &options, std::size_t count);

	std::size_t count() const { return members_.size(); }
	GuestMemory &memory() { return memory_; }
	Device &device(std::size_t i) { return *members_[i]->device; }
	const MdevInfo &mdev(std::size_t i) const { return members_[i]->mdev; }
	Backend &backend() { return *backend_; }

	// One device is closed, and opened again with its interrupt armed.
	void close(std::size_t i) { members_[i]->device.reset(); }
	void open(std::size_t i);

	// CLEAR, then a NOP that must end as usual.  Empty, or what was wrong.
	std::string works(std::size_t i);

private:
	struct Member {
		MdevInfo mdev;
		EventFd io;
		std::optional<Device> device;
	};

	bool wait_irb(Member &m, Irb &irb);

	SessionOptions options_;
	std::unique_ptr<Backend> backend_;
	GuestMemory memory_;
	std::vector<std::unique_ptr<Member>> members_;	// closed first
};

// A program that stays suspended in front of a SENSE ID into `data`, a page that
// it keeps pinned.
Orb suspended_program(GuestMemory &memory, std::uint32_t data);

} // namespace client
