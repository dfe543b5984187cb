// SPDX-License-Identifier: GPL-2.0-only
// UNMAP_DMA of all memory while programs are started on it.  vfio asks every
// device of the container to let go of its pages, and asks again for as long as
// there are any: what one device pins while another one is asked must not make
// that endless.
#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <unistd.h>

#include "../base/error.hpp"
#include "cases.hpp"
#include "shared.hpp"

namespace client {

namespace {

// Starts suspended programs on one device as fast as it can.
class Starter {
public:
	Starter(Shared &shared, std::size_t device, unsigned threads, const std::atomic<bool> &mapped)
		: device_(shared.device(device)), mapped_(mapped)
	{
		for (unsigned i = 0; i < threads; i++) {
			const Orb orb = suspended_program(shared.memory(), shared.memory().alloc(4096, 4096));
			threads_.emplace_back([this, orb] { work(orb); });
		}
	}
	~Starter() { stop(); }

	void stop()
	{
		stop_ = true;
		for (auto &t : threads_)
			t.join();
		threads_.clear();
	}
	// Programs that were accepted while their memory was there.
	std::uint64_t accepted() const { return accepted_; }
	// Ends what runs, in case that nothing else does.
	void clear() { device_.async(Async::kClear); }
	// Adds how often each errno was answered, once the threads have ended.
	void add_to(std::map<int, std::uint64_t> &sums) const
	{
		const std::lock_guard hold(lock_);

		for (const auto &[err, n] : answers_)
			sums[err] += n;
	}

private:
	void work(const Orb &orb)
	{
		std::map<int, std::uint64_t> answers;
		ccw_io_region unread{};

		while (!stop_) {
			const bool mapped = mapped_;
			const int err = device_.start(orb);
			answers[err]++;
			if (!err)
				accepted_ += mapped || mapped_ ? 1 : 0;
			else // a status that is not read keeps the next program out
				device_.read_io(unread);
		}
		const std::lock_guard hold(lock_);
		for (const auto &[err, n] : answers)
			answers_[err] += n;
	}

	Device &device_;
	const std::atomic<bool> &mapped_;
	std::atomic<bool> stop_{false};
	std::atomic<std::uint64_t> accepted_{0};
	mutable std::mutex lock_;
	std::map<int, std::uint64_t> answers_;
	std::vector<std::thread> threads_;
};

// All starters of a run, and the memory that they use.
class UnmapRun {
public:
	UnmapRun(Shared &shared, std::size_t devices, unsigned threads) : shared_(shared), before_(devices, 0)
	{
		for (std::size_t i = 0; i < devices; i++)
			starters_.push_back(std::make_unique<Starter>(shared, i, threads, mapped_));
	}

	// All devices start programs, then their memory goes and comes.
	// Empty, or what went wrong: going on makes no sense.
	std::string round();
	void finish(Report &r);

private:
	bool all_accept(std::int64_t ms);

	Shared &shared_;
	std::atomic<bool> mapped_{true};
	std::vector<std::unique_ptr<Starter>> starters_;
	std::vector<std::uint64_t> before_;	// accepted when the memory was mapped
	unsigned cleared_ = 0;
};

// Until each device has accepted a program since the memory is mapped.  A device
// on which something else stays in flight is cleared now and then.
bool UnmapRun::all_accept(std::int64_t ms)
{
	const std::int64_t begun = now_ms();
	std::int64_t told = begun;

	for (std::size_t i = 0; i < starters_.size(); i++) {
		while (starters_[i]->accepted() == before_[i]) {
			const std::int64_t now = now_ms();
			if (now - begun > ms)
				return false;
			if (now - told > 1000) {
				told = now;
				cleared_++;
				starters_[i]->clear();
			}
			::usleep(200);
		}
	}
	return true;
}

std::string UnmapRun::round()
{
	if (!all_accept(30000))
		return "no program accepted in 30 s";
	mapped_ = false;
	if (const int err = shared_.memory().unmap(0, shared_.memory_bytes()))
		return failed("UNMAP_DMA", err);
	for (std::size_t i = 0; i < starters_.size(); i++)
		before_[i] = starters_[i]->accepted();
	if (const int err = shared_.memory().map_again(0, shared_.memory_bytes()))
		return failed("MAP_DMA", err);
	mapped_ = true;
	return "";
}

void UnmapRun::finish(Report &r)
{
	std::map<int, std::uint64_t> sums;
	std::string line;

	for (const auto &s : starters_) {
		s->stop();
		s->add_to(sums);
	}
	for (const auto &[err, n] : sums)
		line += (line.empty() ? "" : ", ") + (err ? errno_name(err) : std::string("accepted")) + " " +
			std::to_string(n);
	r.say("START: " + line + "; CLEAR to go on: " + std::to_string(cleared_));
}

void unmap_under_starts(Context &ctx, std::size_t devices, unsigned threads)
{
	Report &r = ctx.report;
	const std::uint64_t rounds = ctx.args.number("count", 1000, 1, 1000000);
	std::uint64_t done = 0;

	ctx.session.memory_bytes = 4 << 20;
	Shared s(ctx.session, devices);
	{
		UnmapRun run(s, devices, threads);
		std::string wrong;
		while (done < rounds && (wrong = run.round()).empty())
			done++;
		run.finish(r);
		r.expect(wrong.empty(), "each round to go well", wrong);
	}
	for (std::size_t i = 0; i < devices; i++) {
		const std::string wrong = s.works(i);
		r.expect(wrong.empty(), "device " + std::to_string(i + 1) + " works afterwards", wrong);
	}
	r.add("rounds", done, "unmapped " + std::to_string(done) + " times, the host is there");
}

void unmap_two(Context &ctx)
{
	unmap_under_starts(ctx, ctx.args.number("devices", 2, 1, 16),
			   static_cast<unsigned>(ctx.args.number("threads", 1, 1, 16)));
}

void unmap_one(Context &ctx)
{
	unmap_under_starts(ctx, ctx.args.number("devices", 1, 1, 16),
			   static_cast<unsigned>(ctx.args.number("threads", 4, 1, 16)));
}

} // namespace

std::vector<HostileCase> unmap_cases()
{
	return {
		{"unmap-two", "two devices start programs on memory that is unmapped", unmap_two},
		{"unmap-one", "one device does, from four threads", unmap_one},
	};
}

} // namespace client
