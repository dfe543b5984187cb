// SPDX-License-Identifier: GPL-2.0-only
// One device of a hostile client: a descriptor that threads use while others
// close it and open it again.
#pragma once

#include <atomic>
#include <shared_mutex>

#include "../vfio/device.hpp"
#include "../vfio/sysfs.hpp"
#include "space.hpp"

namespace client {

class Handle {
public:
	// `orderly`: it is closed when nobody uses it, so that nothing of it is left
	// for a later moment (see Space::order).
	Handle(Space &space, const MdevInfo &mdev, bool orderly) : space_(space), mdev_(mdev), orderly_(orderly) {}
	~Handle() { close(); }

	// 0 or -errno.
	int open();
	void close();

	// Holds a descriptor for as long as it lives, or just tells its number.
	class Use {
	public:
		explicit Use(Handle &h) : lock_(h.use_, std::defer_lock)
		{
			if (h.orderly_)
				lock_.lock();
			fd_ = h.fd_;
		}
		int fd() const { return fd_; }

	private:
		std::shared_lock<std::shared_mutex> lock_;
		int fd_;
	};

	// Keeps the device open for as long as it lives; fd() < 0: it is not.
	class Hold {
	public:
		explicit Hold(Handle &h);
		~Hold();
		Hold(const Hold &) = delete;
		Hold &operator=(const Hold &) = delete;
		int fd() const { return fd_; }

	private:
		const Use use_;
		const bool copied_;
		const int fd_;
	};

private:
	Space &space_;
	const MdevInfo mdev_;
	const bool orderly_;
	std::shared_mutex use_;
	std::atomic<int> fd_{-1};
};

} // namespace client
