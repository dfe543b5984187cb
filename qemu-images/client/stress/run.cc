// SPDX-License-Identifier: GPL-2.0-only
#include "run.hpp"

#include <unistd.h>

#include "../base/error.hpp"
#include "../base/fd.hpp"

namespace client {

const char *op_name(Op op)
{
	static const char *const names[] = {"start",   "no-path", "hostile", "halt",
					    "clear",   "probe",   "peek",    "bad",
					    "schib",   "reset",   "eventfd", "map",
					    "reopen",  "recreate", "rebind", "vary",
					    "crw"};

	static_assert(std::size(names) == static_cast<unsigned>(Op::kCount));
	return names[static_cast<unsigned>(op)];
}

bool Run::take()
{
	return !stop_ && taken_.fetch_add(1) < ops_;
}

void Run::done(Op op, int result)
{
	const auto err = static_cast<std::size_t>(result < 0 ? -result : 0);

	results_[index(op)][std::min(err, kErrnos - 1)]++;
}

void Run::wrong(const std::string &what)
{
	const std::lock_guard hold(lock_);

	stop_ = failed_ = true;
	if (wrongs_.size() < 20)
		wrongs_.push_back(what);
}

Beat &Run::beat(const std::string &name)
{
	const std::lock_guard hold(lock_);
	Beat &b = beats_.emplace_back();

	b.name = name;
	mark(b, "starting");
	return b;
}

void Run::start(Kind kind, const std::string &name, std::function<void(Beat &)> body)
{
	Beat &b = beat(name);

	threads_[kind].emplace_back([this, &b, body = std::move(body)] {
		try {
			body(b);
		} catch (const Error &e) {
			wrong(b.name + ": " + e.name() + ": " + e.what());
		} catch (const std::exception &e) {
			wrong(b.name + ": " + e.what());
		}
		b.since = 0;
	});
}

void Run::join(Kind kind)
{
	for (auto &t : threads_[kind])
		t.join();
	threads_[kind].clear();
}

// The kernel's log then has the stacks of all blocked tasks.
void Run::stuck(const Beat &which, std::int64_t ms)
{
	std::string text = "error: no-progress: " + which.name + ": " + which.doing.load() +
			   " for " + std::to_string(ms) + " ms (seed " + std::to_string(seed_) +
			   ")\n";

	for (const auto &b : beats_)
		if (b.since)
			text += "   " + b.name + ": " + b.doing.load() + "\n";
	write_text("/proc/sysrq-trigger", "w");
	if (::write(STDERR_FILENO, text.data(), text.size()) < 0)
		::_exit(kUnexpected);
	::_exit(kUnexpected);
}

void Run::watch(std::atomic<bool> &finished)
{
	std::int64_t told = now_ms();

	while (!finished) {
		::usleep(100000);
		const std::lock_guard hold(lock_);
		const std::int64_t now = now_ms();
		for (const auto &b : beats_)
			if (const std::int64_t since = b.since; since && now - since > patience_ms_)
				stuck(b, now - since);
		if (now - told >= 10000) {
			told = now;
			std::printf("# %llu of %llu operations\n",
				    static_cast<unsigned long long>(taken()),
				    static_cast<unsigned long long>(ops_));
			std::fflush(stdout);
		}
	}
}

void Run::tell(Report &report)
{
	for (std::size_t op = 0; op < results_.size(); op++) {
		const char *const name = op_name(static_cast<Op>(op));
		std::string line = name;
		std::uint64_t sum = 0;

		line.resize(10, ' ');
		for (std::size_t err = 0; err < kErrnos; err++) {
			const std::uint64_t n = results_[op][err];
			sum += n;
			if (n)
				line += (err ? ", " + errno_name(static_cast<int>(err)) + " "
					     : std::string("accepted ")) +
					std::to_string(n);
		}
		if (sum)
			report.add(name, sum, line);
	}
	for (const auto &w : wrongs_)
		report.expect(false, "nothing wrong", w);
}

} // namespace client
