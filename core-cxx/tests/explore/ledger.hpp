// SPDX-License-Identifier: GPL-2.0-only
// What the client is owed: every IRB that the core took, in order, until the
// client has read it or the architecture voids it.  Written from the promises;
// it knows nothing of the core's queue.
#pragma once

#include "channel.hpp"

namespace explore {

class Ledger {
public:
	static constexpr u8 kMost = 40;

	// The core has taken this status; returns the number to put into the IRB.
	u8 next() const { return static_cast<u8>(size_ + 1); }
	// True: device end that joins its channel end, which is not readable yet.
	bool captured(const Status &s, u32 guest_cpa);
	// It says that it dropped the one just captured.
	void dropped();
	// It did not take it after all: the device is closed.
	void silenced();
	// These functions were ended and their status is lost: the core is to make one
	// up, before any other interrupt comes.
	// Device end alone joins its channel end, if that is not readable yet.
	// `device_end`: is to come by itself; `ended`: the program that ended with them, or 0.
	void made_up(u8 owed, bool device_end, u8 ended);
	// The core put an IRB into the region.
	void published(u64 cpa);
	// CLEAR with cc 0, or reset: what is not readable is void.
	void void_unpublished();
	void void_all();
	// The client was signalled.
	void signalled();
	// The client has got this IRB; the tag is what next() gave.
	void read(u8 tag, u32 cpa, u8 *last);
	// The program whose end that IRB tells of; 0: none.
	u8 ended(u8 tag) const { return entries_[tag - 1].ended; }
	// ... and says so.
	void acknowledged(u8 tag, bool eventfd_present);

	// Status that is not read, and not of the kind that may be dropped.
	bool holds_status() const;
	bool readable() const { return published_ && entries_[published_ - 1].state == kPublished; }
	// Nothing moves any more and the client has read what it was told of.
	void check_told(bool eventfd_present) const;
	void check_all_read(bool gone) const;
	// What the client reads instead of a tag is one that was made up.
	u8 resolve(u8 tag) const;
	// What it has to tell of, as World::owed; 0: it is not made up.
	u8 made(u8 tag) const { return entries_[tag - 1].made; }
	u32 unread() const;

private:
	enum State : u8 { kCaptured, kPublished, kSeen, kAcknowledged, kVoid, kDropped };
	struct Entry {
		State state;
		bool droppable;
		bool exact;   // the CPA must be this one, not 0
		u8 made;      // up: what it tells of, as World::owed
		bool primary; // channel end whose device end is to come
		u8 ended;
		u32 cpa;
	};

	// The channel end that device end joins; null: there is none.
	Entry *joined();

	Entry entries_[kMost];
	u8 size_;
	u8 published_; // the newest published tag
	u8 untold_;    // published and not signalled
};

} // namespace explore
