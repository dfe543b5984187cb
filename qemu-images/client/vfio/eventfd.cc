// SPDX-License-Identifier: GPL-2.0-only
#include "eventfd.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../base/error.hpp"

namespace client {

EventFd::EventFd() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
	if (!fd_.valid())
		throw environment_error("no-eventfd", failed("making an eventfd", errno),
					"too many open files? see ulimit -n");
}

std::uint64_t EventFd::take()
{
	std::uint64_t n = 0;

	return ::read(fd_.get(), &n, sizeof(n)) == sizeof(n) ? n : 0;
}

bool EventFd::wait(int ms) const
{
	const std::int64_t end = now_ms() + ms;
	pollfd p{fd_.get(), POLLIN, 0};

	for (;;) {
		const int n = ::poll(&p, 1, static_cast<int>(std::max<std::int64_t>(0, end - now_ms())));
		if (n > 0)
			return true;
		if (n == 0 || errno != EINTR)
			return false;
	}
}

std::int64_t now_ms()
{
	timespec t{};

	::clock_gettime(CLOCK_MONOTONIC, &t);
	return std::int64_t{t.tv_sec} * 1000 + t.tv_nsec / 1000000;
}

} // namespace client
