// SPDX-License-Identifier: GPL-2.0-only
// The interrupts of one device between the channel and the client.
//
//   captured   bound in interrupt context to the program that it ended, if any
//   ready      its program is released; waits for its turn
//   published  in the I/O region, signalled, until the client has read it
//
// All under the subchannel lock.  Entries become ready and are published in
// the order of their interrupts.  Every function that was accepted with cc 0
// has a place reserved for the interrupt that it owes, so what is dropped when
// the queue is full is never the status that ends a function.
#pragma once

#include "program.hpp"

namespace vccw {

class IrbQueue {
public:
	static constexpr u32 kCapacity = 16;

	struct Entry {
		Irb irb;
		Program ended;
	};

	u32 size() const { return size_; }
	bool published() const { return published_; }
	// Captured entries that the work item has not dealt with.
	bool unprocessed() const { return ready_ < size_; }

	// --- what is owed ----------------------------------------------------
	// Whether one more function can be accepted.
	bool has_room() const { return size_ + owed() < kCapacity; }
	void owe(u32 fctl) { owed_ |= fctl; }

	// Captures an interrupt.  `settles`: the functions whose interrupt it
	// is.  Null when there is no room for status that nobody is owed.
	Entry *capture(u32 settles);

	// --- the work item, for each captured entry in order -------------------
	// Makes ready what carries no program, up to one that does.
	void pass_empty();
	// Takes the program of the oldest captured entry, to be released.
	Program take_ended();
	// That program is released: its entry, if not discarded since, is ready.
	void end_released();

	// The oldest entry, if it is ready and not yet published, is from now on;
	// null if there is none.
	const Irb *publish();
	// The client has read the published one.
	void acknowledge();

	// CLEAR with cc 0, or reset: drops what is not published, and with it
	// every debt.  Returns how many; the program that one of them carried
	// goes to `freed`.
	u32 discard(Program &freed);
	// Nothing more is owed: the subchannel is inactive.
	void settle_all() { owed_ = 0; }
	// Close: drops also what is published.
	void forget();

private:
	Entry entries_[kCapacity]{};
	u32 head_ = 0;
	u32 size_ = 0;
	u32 ready_ = 0;
	u32 owed_ = 0; // fctl bits
	bool published_ = false;
	bool releasing_ = false; // at(ready_) waits for end_released()

	Entry &at(u32 i) { return entries_[(head_ + i) % kCapacity]; }
	u32 owed() const { return (owed_ & 1) + (owed_ >> 1 & 1) + (owed_ >> 2 & 1); }
};

} // namespace vccw
