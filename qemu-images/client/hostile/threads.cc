// SPDX-License-Identifier: GPL-2.0-only
#include "threads.hpp"

#include <string>
#include <unistd.h>

#include "../base/fd.hpp"

namespace client {

namespace {
// That a thread which is looked at so often, and never seen running, will not run.
constexpr unsigned kLooks = 30;
constexpr unsigned kPauseUs = 100000;
} // namespace

void Loop::enter()
{
	tid = ::gettid();
}

void stay()
{
	for (;;)
		::pause();
}

char thread_state(pid_t pid, pid_t tid)
{
	const std::string stat =
		read_text("/proc/" + std::to_string(pid) + "/task/" + std::to_string(tid) + "/stat");
	const std::size_t name_end = stat.rfind(')');

	return name_end == std::string::npos || name_end + 2 >= stat.size() ? '\0' : stat[name_end + 2];
}

bool all_stuck(const std::vector<Loop *> &loops, std::uint64_t rounds)
{
	std::vector<std::uint64_t> seen(loops.size());
	unsigned looks = 0;

	for (;;) {
		bool stuck = true;
		for (std::size_t i = 0; i < loops.size(); i++) {
			const std::uint64_t now = loops[i]->rounds;
			stuck = stuck && now == seen[i] && thread_state(::getpid(), loops[i]->tid) == 'D';
			seen[i] = now;
			if (now >= rounds)
				return false;
		}
		looks = stuck ? looks + 1 : 0;
		if (looks == kLooks)
			return true;
		::usleep(kPauseUs);
	}
}

} // namespace client
