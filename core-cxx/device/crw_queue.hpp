// SPDX-License-Identifier: GPL-2.0-only
// Channel report words for the client, in order.  When full, the newest one is
// dropped and the one before it says so: Principles of Operation, "Channel-
// Report Word", overflow bit.
#pragma once

#include "../base/types.hpp"

namespace vccw {

class CrwQueue {
public:
	static constexpr u32 kCapacity = 16;
	static constexpr u32 kOverflow = 1u << 29;

	bool empty() const { return !size_; }
	u32 front() const { return size_ ? words_[head_] : 0; }
	// Counts reads, so that an acknowledgement meets the word that was read.
	u64 number() const { return number_; }

	[[nodiscard]] bool push(u32 crw)
	{
		if (size_ == kCapacity) {
			words_[(head_ + size_ - 1) % kCapacity] |= kOverflow;
			return false;
		}
		words_[(head_ + size_++) % kCapacity] = crw;
		return true;
	}
	void pop()
	{
		head_ = (head_ + 1) % kCapacity;
		size_--;
		number_++;
	}
	void forget()
	{
		number_ += size_;
		size_ = 0;
	}

private:
	u32 words_[kCapacity]{};
	u32 head_ = 0;
	u32 size_ = 0;
	u64 number_ = 1;
};

} // namespace vccw
