// SPDX-License-Identifier: GPL-2.0-only
#include "handle.hpp"

#include <fcntl.h>
#include <mutex>
#include <unistd.h>

#include "../base/error.hpp"

namespace client {

Handle::Hold::Hold(Handle &h)
	: use_(h), copied_(!h.orderly_), fd_(copied_ ? ::fcntl(use_.fd(), F_DUPFD_CLOEXEC, 3) : use_.fd())
{
}

Handle::Hold::~Hold()
{
	if (copied_ && fd_ >= 0)
		::close(fd_);
}

int Handle::open()
{
	std::unique_lock use(use_, std::defer_lock);

	if (orderly_)
		use.lock();
	const auto hold = space_.order();
	try {
		const Fd fd = space_.backend().open_device(mdev_);
		const int mine = ::fcntl(fd.get(), F_DUPFD_CLOEXEC, 3);
		const int old = fd_.exchange(mine);
		if (old >= 0)
			::close(old);
	} catch (const Error &e) {
		return e.name() == "device-in-use" ? -EBUSY : -ENODEV;
	}
	return 0;
}

void Handle::close()
{
	std::unique_lock use(use_, std::defer_lock);

	if (orderly_)
		use.lock();
	const auto hold = space_.order();
	const int old = fd_.exchange(-1);
	if (old >= 0)
		::close(old);
}

} // namespace client
