// SPDX-License-Identifier: GPL-2.0-only
#include "opened.hpp"

#include <linux/vfio_ccw.h>
#include <poll.h>

#include "../base/error.hpp"

namespace client {

Opened::Opened(const SessionOptions &options, std::shared_ptr<Account> account,
	       std::atomic<int> &alive, unsigned threads)
	: alive_(alive), account_(std::move(account)), scratch_(threads)
{
	session_ = std::make_unique<Session>(options);
	GuestMemory &memory = session_->memory();
	int err = memory.add(Layout::kFlip, Layout::kFlipSize, true);
	if (!err)
		err = memory.add(Layout::kReadOnly, Layout::kReadOnlySize, false);
	if (!err)
		err = swap_eventfd(0);
	if (err)
		throw unexpected_error("no-memory", failed("preparing the opened device", err));
	slots_ = std::make_unique<Slots>(memory);
	for (auto &s : scratch_)
		s.gpa = memory.alloc(Scratch::kSize, 4096);
	probe_place_ = memory.alloc(8, 8);
	alive_++;
}

Opened::~Opened()
{
	account_->closes++;
	session_.reset();
	alive_--;
}

int Opened::swap_eventfd(std::uint32_t which)
{
	return session_->device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX,
					      which < 2 ? eventfds_[which].fd() : -1);
}

void Opened::wait(int ms)
{
	pollfd p[] = {{eventfds_[0].fd(), POLLIN, 0},
		      {eventfds_[1].fd(), POLLIN, 0},
		      {session_->crw().fd(), POLLIN, 0}};

	::poll(p, 3, ms);
}

int Opened::flip()
{
	const std::lock_guard hold(mapping_);

	if (mapped_)
		account_->unmaps++;
	const int err = mapped_ ? session_->memory().unmap(Layout::kFlip, Layout::kFlipSize)
				: session_->memory().map_again(Layout::kFlip, Layout::kFlipSize);

	if (!err)
		mapped_ = !mapped_;
	return err;
}

} // namespace client
