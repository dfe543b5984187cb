// SPDX-License-Identifier: GPL-2.0-only
// Threads that start programs, and a thread that takes their memory away.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "../base/report.hpp"
#include "shared.hpp"

namespace client {

// Starts suspended programs on one device as fast as it can.
class Starter {
public:
	// One thread for each program; `mapped`: their data is there now.
	Starter(Device &device, const std::vector<Orb> &programs, const std::atomic<bool> &mapped);
	~Starter() { stop(); }

	void stop();
	// Programs that were accepted while their memory was there.
	std::uint64_t accepted() const { return accepted_; }
	// Ends what runs, in case that nothing else does.
	void clear() { device_.async(Async::kClear); }
	// Adds how often each errno was answered, once the threads have ended.
	void add_to(std::map<int, std::uint64_t> &sums) const;

private:
	void work(const Orb &orb);

	Device &device_;
	const std::atomic<bool> &mapped_;
	std::atomic<bool> stop_{false};
	std::atomic<std::uint64_t> accepted_{0};
	mutable std::mutex lock_;
	std::map<int, std::uint64_t> answers_;
	std::vector<std::thread> threads_;
};

// Devices start programs on an area, which is unmapped and mapped again.
class UnmapRun {
public:
	explicit UnmapRun(Shared &shared) : shared_(shared) {}

	// `device` takes part, with `threads` threads; before the first round.
	void add(std::size_t device, unsigned threads);

	// All devices start programs, then their memory goes and comes.
	// Empty, or what went wrong: going on makes no sense.
	std::string round();
	// So many rounds, or until one goes wrong; tells what came of it.
	void rounds(Report &report, std::uint64_t times);

private:
	bool all_accept(std::int64_t ms);
	void finish(Report &report);

	Shared &shared_;
	std::atomic<bool> mapped_{true};
	std::vector<std::unique_ptr<Starter>> starters_;
	std::vector<std::uint64_t> before_;	// accepted when the memory was mapped
	unsigned cleared_ = 0;
	std::int64_t longest_ms_ = 0;
};

// That all devices of `shared` still work.
void all_work(Report &report, Shared &shared);

} // namespace client
