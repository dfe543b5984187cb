// SPDX-License-Identifier: GPL-2.0-only
// The interrupts of one device between the channel and the client.
//
//   captured   in the order of the interrupts
//   published  the oldest one, in the I/O region and signalled, until the client
//              has read it
//
// All under the subchannel lock.  Every function that was accepted with cc 0 has
// a place reserved for the interrupt that it owes, so what is dropped when the
// queue is full is never the status that ends a function.
#pragma once

#include "arch.hpp"

namespace vccw {

class IrbQueue {
public:
	static constexpr u32 kCapacity = 16;

	u32 size() const { return size_; }
	bool published() const { return published_; }

	// Whether one more function can be accepted.
	bool has_room() const { return size_ + owed() < kCapacity; }
	void owe(u32 fctl) { owed_ |= fctl; }
	// Nothing more is owed: the subchannel is inactive.
	void settle_all() { owed_ = 0; }

	// A place for an interrupt.  `settles`: the functions whose interrupt it
	// is.  Null when there is no room for status that nobody is owed.
	Irb *capture(u32 settles);
	// The oldest entry, if it is not yet published, is from now on; null if
	// there is none.
	const Irb *publish();
	// The client has read the published one.
	void acknowledge();

	// CLEAR with cc 0, or reset: drops what is not published, and with it
	// every debt.  Returns how many.
	u32 discard();
	// Close: drops also what is published.
	void forget();

private:
	Irb entries_[kCapacity]{};
	u32 head_ = 0;
	u32 size_ = 0;
	u32 owed_ = 0; // fctl bits
	bool published_ = false;

	Irb &at(u32 i) { return entries_[(head_ + i) % kCapacity]; }
	u32 owed() const { return (owed_ & 1) + (owed_ >> 1 & 1) + (owed_ >> 2 & 1); }
};

} // namespace vccw
