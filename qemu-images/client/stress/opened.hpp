// SPDX-License-Identifier: GPL-2.0-only
// One client's use of a device from open to close, shared by the threads that
// work on it: the last one to let go closes it.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "../vfio/session.hpp"
#include "account.hpp"
#include "last_start.hpp"
#include "programs.hpp"

namespace client {

class Opened {
public:
	Opened(const SessionOptions &options, std::shared_ptr<Account> account,
	       std::atomic<int> &alive, unsigned threads);
	~Opened();

	Session &session() { return *session_; }
	Account &account() { return *account_; }
	Slots &slots() { return *slots_; }
	const Scratch &scratch(unsigned thread) const { return scratch_[thread]; }
	LastStart &last_start() { return last_start_; }
	std::uint32_t probe_place() const { return probe_place_; }

	// At most one legal program is written and started at a time.
	std::mutex starting;

	// One of two eventfds for I/O, or none, from now on.  0 or -errno.
	int swap_eventfd(std::uint32_t which);
	void wait(int ms);
	std::uint64_t take() { return eventfds_[0].take() + eventfds_[1].take(); }

	// Unmaps or maps the flip area.  0 or -errno.
	int flip();

	std::size_t crws_expected = 0; // the reader's place in the list of reports

private:
	std::atomic<int> &alive_;
	std::shared_ptr<Account> account_;
	std::unique_ptr<Session> session_;
	std::unique_ptr<Slots> slots_;
	std::vector<Scratch> scratch_;
	LastStart last_start_;
	std::uint32_t probe_place_ = 0; // a CCW of a probe
	EventFd eventfds_[2];
	std::mutex mapping_;
	bool mapped_ = true;
};

} // namespace client
