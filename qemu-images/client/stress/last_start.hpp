// SPDX-License-Identifier: GPL-2.0-only
// Whether the program that was started last may stay in flight for ever, as one does
// that is suspended.  Every other START ends by itself: the next one is accepted.
#pragma once

#include <cstdint>
#include <mutex>

namespace client {

class LastStart {
public:
	// A START is about to be made.
	std::uint64_t begin()
	{
		const std::lock_guard hold(lock_);
		return ++clock_;
	}
	// It was accepted.  One that was begun after another had returned came after it, so
	// that the other one is over.
	void accepted(std::uint64_t begun, bool may_stay)
	{
		const std::lock_guard hold(lock_);
		if (may_stay)
			returned_ = ++clock_;
		may_stay_ = may_stay || (may_stay_ && begun < returned_);
	}
	bool may_stay() const
	{
		const std::lock_guard hold(lock_);
		return may_stay_;
	}

private:
	mutable std::mutex lock_;
	std::uint64_t clock_ = 0, returned_ = 0; // of the last one that may stay
	bool may_stay_ = false;
};

} // namespace client
