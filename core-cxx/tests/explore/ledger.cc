// SPDX-License-Identifier: GPL-2.0-only
#include "ledger.hpp"

#include "report.hpp"

namespace explore {

Ledger::Entry *Ledger::joined()
{
	u8 newest = size_;

	while (newest &&
	       (entries_[newest - 1].state == kDropped || entries_[newest - 1].state == kVoid))
		newest--;

	Entry *const e = newest ? &entries_[newest - 1] : nullptr;

	return e && e->state == kCaptured && e->primary ? e : nullptr;
}

bool Ledger::captured(const Status &s, u32 guest_cpa)
{
	if (Entry *const e = s.secondary ? joined() : nullptr) {
		e->primary = false;
		return true;
	}
	if (size_ == kMost)
		fail("model", "more interrupts than the ledger has room for");
	entries_[size_++] = {kCaptured, s.droppable, s.exact,
			     0,         s.primary,   s.ends ? s.program : u8{0},
			     guest_cpa};
	return false;
}

void Ledger::dropped()
{
	Entry &e = entries_[size_ - 1];

	if (!e.droppable)
		fail("P4", "dropped IRB %u, which ends a function", size_);
	e.state = kDropped;
}

void Ledger::silenced()
{
	entries_[size_ - 1].state = kVoid;
}

void Ledger::made_up(u8 owed, bool device_end, u8 ended)
{
	Entry *const e = owed == 8 ? joined() : nullptr;

	if (e)
		e->primary = false;
	else
		entries_[size_++] = {kCaptured, false, false, owed, device_end, ended, 0};
}

bool Ledger::holds_status() const
{
	for (u8 i = 0; i < size_; i++)
		if (!entries_[i].droppable && entries_[i].state <= kSeen)
			return true;
	return false;
}

u8 Ledger::resolve(u8 tag) const
{
	return !tag && published_ && entries_[published_ - 1].made ? published_ : tag;
}

void Ledger::published(u64 cpa)
{
	u8 tag = 0;

	for (u8 i = size_; i > 0; i--)
		if (entries_[i - 1].state == kCaptured)
			tag = i;
	if (published_ && (entries_[published_ - 1].state == kPublished ||
			   entries_[published_ - 1].state == kSeen))
		fail("P4", "IRB %u was not acknowledged and is overwritten", published_);
	if (!tag)
		fail("P4", "published an IRB, but none is due");

	const Entry &e = entries_[tag - 1];

	if (cpa != e.cpa && (e.exact || cpa))
		fail("P6", "IRB %u has CPA %#llx; the guest's is %#x", tag, cpa, e.cpa);
	entries_[tag - 1].state = kPublished;
	published_ = tag;
	untold_++;
	note("IRB %u becomes readable", tag);
}

void Ledger::void_unpublished()
{
	for (u8 i = 0; i < size_; i++)
		if (entries_[i].state == kCaptured)
			entries_[i].state = kVoid;
}

void Ledger::void_all()
{
	void_unpublished();
	for (u8 i = 0; i < size_; i++)
		if (entries_[i].state == kPublished || entries_[i].state == kSeen)
			entries_[i].state = kVoid;
	published_ = 0;
	untold_ = 0;
}

void Ledger::signalled()
{
	if (!untold_)
		fail("P4", "signalled without a newly readable IRB");
	untold_--;
}

void Ledger::read(u8 tag, u32 cpa, u8 *last)
{
	if (!tag || tag > size_)
		fail("P4", "the region holds an IRB that never was (%u)", tag);

	Entry &e = entries_[tag - 1];

	if (e.state == kVoid)
		fail("P5", "the client reads IRB %u, which is void", tag);
	if (e.state != kPublished && e.state != kSeen && e.state != kAcknowledged)
		fail("P4", "the client reads IRB %u, which was not published", tag);
	if (tag <= *last)
		fail("P4", "the client gets IRB %u after IRB %u", tag, *last);
	if (cpa != e.cpa && (e.exact || cpa))
		fail("P6", "IRB %u reads CPA %#x; the guest's is %#x", tag, cpa, e.cpa);
	if (e.state == kPublished)
		e.state = kSeen;
	*last = tag;
}

void Ledger::acknowledged(u8 tag, bool eventfd_present)
{
	// Polled: nobody has to be told of it any more.
	if (!eventfd_present && untold_)
		untold_--;
	if (entries_[tag - 1].state == kSeen || entries_[tag - 1].state == kPublished)
		entries_[tag - 1].state = kAcknowledged;
}

void Ledger::check_told(bool eventfd_present) const
{
	if (untold_ && eventfd_present)
		fail("P4", "IRB %u is readable, but the client was never told", published_);
}

void Ledger::check_all_read(bool gone) const
{
	for (u8 i = 0; i < size_; i++)
		if (entries_[i].state != kAcknowledged && entries_[i].state != kVoid &&
		    entries_[i].state != kDropped && !(gone && entries_[i].made))
			fail("P4", "IRB %u is lost: the client never gets it", i + 1);
}

u32 Ledger::unread() const
{
	u32 n = 0;

	for (u8 i = 0; i < size_; i++)
		n += entries_[i].state <= kSeen;
	return n;
}

} // namespace explore
