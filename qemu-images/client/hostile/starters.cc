// SPDX-License-Identifier: GPL-2.0-only
#include "starters.hpp"

#include <algorithm>
#include <unistd.h>

#include "../base/error.hpp"

namespace client {

Starter::Starter(Device &device, const std::vector<Orb> &programs, const std::atomic<bool> &mapped)
	: device_(device), mapped_(mapped)
{
	for (const Orb &orb : programs)
		threads_.emplace_back([this, orb] { work(orb); });
}

void Starter::stop()
{
	stop_ = true;
	for (auto &t : threads_)
		t.join();
	threads_.clear();
}

void Starter::add_to(std::map<int, std::uint64_t> &sums) const
{
	const std::lock_guard hold(lock_);

	for (const auto &[err, n] : answers_)
		sums[err] += n;
}

void Starter::work(const Orb &orb)
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

void UnmapRun::add(std::size_t device, unsigned threads)
{
	std::vector<Orb> programs;

	for (unsigned i = 0; i < threads; i++)
		programs.push_back(suspended_program(shared_.memory(), shared_.memory().alloc(4096, 4096)));
	starters_.push_back(std::make_unique<Starter>(shared_.device(device), programs, mapped_));
	before_.push_back(0);
}

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
	const std::int64_t begun = now_ms();
	if (const int err = shared_.memory().unmap(0, Shared::kMemory))
		return failed("UNMAP_DMA", err);
	longest_ms_ = std::max(longest_ms_, now_ms() - begun);
	for (std::size_t i = 0; i < starters_.size(); i++)
		before_[i] = starters_[i]->accepted();
	if (const int err = shared_.memory().map_again(0, Shared::kMemory))
		return failed("MAP_DMA", err);
	mapped_ = true;
	return "";
}

void UnmapRun::rounds(Report &r, std::uint64_t times)
{
	std::uint64_t done = 0;
	std::string wrong;

	while (done < times && (wrong = round()).empty())
		done++;
	finish(r);
	r.expect(wrong.empty(), "each round to go well", wrong);
	r.add("rounds", done, "unmapped " + std::to_string(done) + " times, the host is there");
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
	r.say("START: " + line + "; CLEAR to go on: " + std::to_string(cleared_) +
	      "; longest unmap " + std::to_string(longest_ms_) + " ms");
}

void all_work(Report &r, Shared &s)
{
	for (std::size_t i = 0; i < s.count(); i++) {
		const std::string wrong = s.works(i);
		r.expect(wrong.empty(), "device " + std::to_string(i + 1) + " works afterwards", wrong);
	}
}

} // namespace client
