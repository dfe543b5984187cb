// SPDX-License-Identifier: GPL-2.0-only
// The interrupts of one device between the channel and the client.
//
//   captured   in the order of the interrupts
//   published  the oldest one, in the I/O region and signalled, until the client
//              has read it
//
// All under the subchannel lock.  Every function that was accepted with cc 0 has
// places reserved for the interrupts that it owes: its own, and device end, which may
// come apart from it.  So what is dropped when the queue is full is never the status
// that ends a function.  What is owed: function-control bits and kDeviceEnd (status.hpp).
#pragma once

#include "status.hpp"

namespace vccw {

class IrbQueue {
public:
	static constexpr u32 kCapacity = 16;

	u32 size() const { return size_; }
	bool published() const { return published_; }
	// Any of a function that is over, published or not: neither intermediate alone nor
	// unsolicited.
	bool has_end() const;
	// Word 0 of what publish() would give, 0 if that is nothing.
	u32 next() const { return published_ || !size_ ? 0 : word0(0); }

	// Whether a function can be accepted that will owe these.
	bool has_room_for(u32 owed) const { return size_ + count(owed_ | owed) <= kCapacity; }
	void owe(u32 owed) { owed_ |= owed; }
	u32 owed() const { return owed_; }
	// Nothing more is owed: the subchannel is inactive.
	void owe_nothing() { owed_ = 0; }

	// A place for an interrupt after which `settled` are owed no more.  Null when
	// there is no room for status that nobody is owed.
	Irb *capture(u32 settled);
	// The newest entry, for secondary status to be added to its primary; null if
	// there is none or it is published.
	Irb *newest_unpublished();
	void settle(u32 settled) { owed_ &= ~settled; }
	// The oldest entry, if it is not yet published, is from now on; null if
	// there is none.
	const Irb *publish();
	// The client has read the published one.  Word 0 of that; 0: there is none.
	u32 acknowledge();

	// CLEAR with cc 0, or reset: drops what is not published, and with it
	// every debt.  Returns how many.
	u32 discard();
	// Close: drops also what is published.
	void forget();

private:
	Irb entries_[kCapacity]{};
	u32 head_ = 0;
	u32 size_ = 0;
	u32 owed_ = 0;
	bool published_ = false;

	Irb &at(u32 i) { return entries_[(head_ + i) % kCapacity]; }
	u32 word0(u32 i) const { return entries_[(head_ + i) % kCapacity].scsw.word0; }
	static u32 count(u32 owed)
	{
		return (owed & 1) + (owed >> 1 & 1) + (owed >> 2 & 1) + (owed >> 3 & 1);
	}
};

} // namespace vccw
