// SPDX-License-Identifier: GPL-2.0-only
#include "irb_queue.hpp"

namespace vccw {

IrbQueue::Entry *IrbQueue::capture(u32 settles)
{
	const bool was_owed = owed_ & settles;

	owed_ &= ~settles;
	if (was_owed ? size_ == kCapacity : !has_room())
		return nullptr;
	return &at(size_++);
}

void IrbQueue::pass_empty()
{
	while (unprocessed() && !releasing_ && !at(ready_).ended)
		ready_++;
}

Program IrbQueue::take_ended()
{
	releasing_ = true;
	return static_cast<Program &&>(at(ready_).ended);
}

void IrbQueue::end_released()
{
	if (releasing_)
		ready_++;
	releasing_ = false;
}

const Irb *IrbQueue::publish()
{
	if (published_ || !ready_)
		return nullptr;
	published_ = true;
	return &at(0).irb;
}

void IrbQueue::acknowledge()
{
	if (!published_)
		return;
	published_ = false;
	head_ = (head_ + 1) % kCapacity;
	size_--;
	ready_--;
}

u32 IrbQueue::discard(Program &freed)
{
	const u32 keep = published_ ? 1 : 0;
	const u32 dropped = size_ - keep;

	for (u32 i = ready_; i < size_; i++)
		if (at(i).ended)
			freed = static_cast<Program &&>(at(i).ended);
	size_ = ready_ = keep;
	owed_ = 0;
	releasing_ = false;
	return dropped;
}

void IrbQueue::forget()
{
	size_ = ready_ = owed_ = 0;
	published_ = releasing_ = false;
}

} // namespace vccw
