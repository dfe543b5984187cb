// SPDX-License-Identifier: GPL-2.0-only
#include "irb_queue.hpp"

namespace vccw {

bool IrbQueue::has_end() const
{
	for (u32 i = 0; i < size_; i++)
		if (!is_intermediate_alone(word0(i)) && !is_unsolicited(word0(i)))
			return true;
	return false;
}

Irb *IrbQueue::capture(u32 settled)
{
	settle(settled);
	if (size_ + count(owed_) >= kCapacity)
		return nullptr;
	return &at(size_++);
}

Irb *IrbQueue::newest_unpublished()
{
	return size_ > (published_ ? 1 : 0) ? &at(size_ - 1) : nullptr;
}

const Irb *IrbQueue::publish()
{
	if (published_ || !size_)
		return nullptr;
	published_ = true;
	return &at(0);
}

u32 IrbQueue::acknowledge()
{
	if (!published_)
		return 0;

	const u32 read = word0(0);

	published_ = false;
	head_ = (head_ + 1) % kCapacity;
	size_--;
	return read;
}

u32 IrbQueue::discard()
{
	const u32 keep = published_ ? 1 : 0;
	const u32 dropped = size_ - keep;

	size_ = keep;
	owed_ = 0;
	return dropped;
}

void IrbQueue::forget()
{
	size_ = owed_ = 0;
	published_ = false;
}

} // namespace vccw
