// SPDX-License-Identifier: GPL-2.0-only
// Time by scheduler accounting: under an instruction-counting emulator it
// repeats, where the wall clock does not.
#include <cctype>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "../base/error.hpp"
#include "../base/fd.hpp"
#include "bench.hpp"

namespace client {

// The run time of a task, the first number of its schedstat file; 0 if it has just ended.
static double run_time(const std::string &task)
{
	unsigned long long ns = 0;

	if (std::sscanf(read_text(task + "/schedstat").c_str(), "%llu", &ns) != 1)
		return 0;
	return static_cast<double>(ns);
}

static double worker_time()
{
	namespace fs = std::filesystem;
	std::error_code ec;
	double sum = 0;

	if (read_text("/proc/self/schedstat").empty())
		throw environment_error("no-times", "this kernel does not count how long its workers run",
					"use one with CONFIG_SCHEDSTATS or CONFIG_TASK_DELAY_ACCT");
	for (const auto &e : fs::directory_iterator("/proc", ec)) {
		const std::string name = e.path().filename().string();
		if (name.empty() || !std::isdigit(static_cast<unsigned char>(name[0])))
			continue;
		const std::string comm = read_text(e.path().string() + "/comm");
		if (comm.rfind("kworker", 0) == 0 || comm.find("vfio") != std::string::npos)
			sum += run_time(e.path().string());
	}
	return sum;
}

static double clock_ns(clockid_t clock)
{
	timespec t{};

	::clock_gettime(clock, &t);
	return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

double now_ns()
{
	return clock_ns(CLOCK_MONOTONIC);
}

// The search for workers costs this process time: it lies outside what is measured.
Times measure_begin()
{
	Times t;

	t.worker = worker_time();
	t.wall = clock_ns(CLOCK_MONOTONIC);
	t.client = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	return t;
}

Times measure_end()
{
	Times t;

	t.client = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	t.wall = clock_ns(CLOCK_MONOTONIC);
	t.worker = worker_time();
	return t;
}

Times operator-(const Times &a, const Times &b)
{
	return {a.wall - b.wall, a.client - b.client, a.worker - b.worker};
}

} // namespace client
