// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <cstdint>

#include "../base/fd.hpp"

namespace client {

class EventFd {
public:
	EventFd();

	int fd() const { return fd_.get(); }
	// Clears the counter and returns it: signals since the last take().
	std::uint64_t take();
	// Waits until it is signalled, at most `ms`; does not clear it.
	bool wait(int ms) const;

private:
	Fd fd_;
};

// Milliseconds of a clock that only goes forward.
std::int64_t now_ms();

} // namespace client
