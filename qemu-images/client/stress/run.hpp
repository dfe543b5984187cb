// SPDX-License-Identifier: GPL-2.0-only
// What all threads of a stress run share: the operations that are left, what
// became of them, what was found wrong, and the watch over every thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "../base/report.hpp"

namespace client {

enum class Op : unsigned {
	kStart,   // a legal program, followed to its end
	kNoPath,  // the same, by a path that the device does not have
	kHostile, // a program of random words
	kHalt,
	kClear,
	kProbe, // alone: is the device free when it has to be?
	kPeek, // reads that take nothing away
	kBad,  // requests that no client may make
	kSchib,
	kReset,
	kEventfd,
	kMap, // an area is unmapped or mapped again
	kReopen,
	kRecreate, // the mediated device is removed and made again
	kRebind,   // the subchannel is unbound and bound again
	kVary,
	kCrw, // a channel report is injected
	kCount,
};
const char *op_name(Op op);

constexpr std::size_t index(Op op)
{
	return static_cast<std::size_t>(op);
}

// One thread's place on the watch's list.
struct Beat {
	std::string name;
	std::atomic<std::int64_t> since{0}; // of its last step; 0: it has ended
	std::atomic<const char *> doing{""};
};

class Run {
public:
	Run(std::uint64_t seed, std::uint64_t ops, std::int64_t patience_ms)
		: seed_(seed), ops_(ops), patience_ms_(patience_ms)
	{
	}

	std::uint64_t seed() const { return seed_; }
	// Takes one operation from what is left; false: end the thread.
	bool take();
	bool over() const { return stop_ || taken_ >= ops_; }
	std::uint64_t taken() const { return std::min<std::uint64_t>(taken_, ops_); }
	// An operation came back: 0 or -errno.
	void done(Op op, int result);
	std::uint64_t accepted(Op op) const { return results_[index(op)][0]; }

	// A broken promise.  The first one ends the run.
	void wrong(const std::string &what);
	bool failed() const { return failed_; }

	Beat &beat(const std::string &name);
	// Starts a thread that is watched, of those that make operations or of
	// those that watch what comes of them.
	enum Kind { kActor, kReader };
	void start(Kind kind, const std::string &name, std::function<void(Beat &)> body);
	void join(Kind kind);

	// Watches until `finished`; ends the process when a thread makes no progress.
	void watch(std::atomic<bool> &finished);
	// A table of all operations and results.
	void tell(Report &report);

private:
	static constexpr std::size_t kErrnos = 134, kOps = static_cast<std::size_t>(Op::kCount);
	[[noreturn]] void stuck(const Beat &which, std::int64_t ms);

	const std::uint64_t seed_, ops_;
	const std::int64_t patience_ms_;
	std::atomic<std::uint64_t> taken_{0};
	std::atomic<bool> stop_{false}, failed_{false};
	std::array<std::array<std::atomic<std::uint64_t>, kErrnos>, kOps> results_{};
	std::mutex lock_; // the lists below
	std::list<Beat> beats_;
	std::vector<std::thread> threads_[2];
	std::vector<std::string> wrongs_;
};

// Marks a step of a thread.
inline void mark(Beat &beat, const char *doing);

} // namespace client

#include "../vfio/eventfd.hpp"

inline void client::mark(Beat &beat, const char *doing)
{
	beat.doing = doing;
	beat.since = now_ms();
}
