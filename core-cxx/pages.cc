// SPDX-License-Identifier: GPL-2.0-only
#include "pages.hpp"

namespace vccw {
namespace {

// Failures that say something about the guest's address rather than about the
// host: the architecture answers them with a program check on that address.
bool is_about_the_address(Status status)
{
	switch (status.rc()) {
	case -VCCW_EINVAL:
	case -VCCW_EPERM:
	case -VCCW_EFAULT:
	case -VCCW_ENOENT:
		return true;
	default:
		return false;
	}
}

} // namespace

bool PageSet::init(const Port &port)
{
	if (!entries_.reserve(port, kBase + kPseudo) || !hosts_.reserve(port, kBase + kPseudo) ||
	    !index_.reserve(port, kBaseIndex))
		return false;
	start_empty(port);
	return true;
}

void PageSet::destroy(const Port &port)
{
	entries_.destroy(port);
	hosts_.destroy(port);
	index_.destroy(port);
}

// Needs capacity for the pseudo entries, which the base capacity has.
void PageSet::start_empty(const Port &port)
{
	static_cast<void>(entries_.push(port, 0));
	static_cast<void>(entries_.push(port, 0));
	static_cast<void>(hosts_.push(port, u64{kNowhere}));
	static_cast<void>(hosts_.push(port, port.zero_page()));
	lowest_ = ~0ull;
	highest_ = 0;
}

// The slot that holds `page`, or the free one where it belongs.
u32 PageSet::slot_of(u64 page) const
{
	const u32 mask = index_.capacity() - 1;
	u32 slot = u32((page >> kShift) * 0x9e3779b97f4a7c15ull >> 32) & mask;

	while (const u32 at = index_[slot]) {
		if ((entries_[at - 1] & ~kOffset) == page)
			break;
		slot = (slot + 1) & mask;
	}
	return slot;
}

// Doubles the hash table; it stays at most three quarters full.
bool PageSet::rehash(const Port &port)
{
	Vec<u32> bigger;

	if (!bigger.reserve(port, index_.capacity() * 2))
		return false;
	index_.destroy(port);
	index_ = bigger;
	for (u32 i = kPseudo; i < entries_.size(); i++)
		index_[slot_of(entries_[i] & ~kOffset)] = i + 1;
	return true;
}

u64 PageSet::token(const Port &port, u64 addr, bool store, u32 limit)
{
	const u64 page = addr & ~kOffset;
	const u64 flag = store ? kStore : 0;
	u32 at = entries_.size();

	if (at > kPseudo && (entries_.back() & ~kOffset) == page) {
		entries_.back() |= flag;
		return u64{at} << kShift | (addr & kOffset);
	}
	if (4 * (at + 1) > 3 * index_.capacity() && !rehash(port))
		return 0;

	u32 &slot = index_[slot_of(page)];

	if (slot) {
		at = slot - 1;
		entries_[at] |= flag;
	} else {
		if (size() >= limit || !entries_.push(port, page | flag))
			return 0;
		slot = at + 1;
		lowest_ = page < lowest_ ? page : lowest_;
		highest_ = page > highest_ ? page : highest_;
	}
	return u64{at + 1} << kShift | (addr & kOffset);
}

// The length of the run of neighbouring pages from `first` that one call can
// pin: all for the same direction.
u32 PageSet::run_from(u32 first) const
{
	u32 n = 1;

	while (first + n < entries_.size() &&
	       (entries_[first + n] & (~kOffset | kStore)) ==
		       (entries_[first] & (~kOffset | kStore)) + u64{n} * kPage)
		n++;
	return n;
}

// The length of the run from `first` that one call pinned: iommufd knows a pin by
// its exact range.
u32 PageSet::pinned_run(u32 first) const
{
	u32 n = 1;

	while (first + n < entries_.size() && (entries_[first + n] & (kPinned | kRun)) == kPinned)
		n++;
	return n;
}

Status PageSet::pin_run(const Port &port, u32 first, u32 n)
{
	const u64 entry = entries_[first];
	const Status status = port.pin(entry & ~kOffset, n, entry & kStore, &hosts_[first]);

	if (!status.ok())
		return status;
	for (u32 i = 0; i < n; i++)
		entries_[first + i] |= kPinned;
	entries_[first] |= kRun;
	pinned_ += n;
	return kOk;
}

Status PageSet::pin(const Port &port)
{
	if (!hosts_.reserve(port, entries_.capacity()))
		return -VCCW_ENOMEM;
	hosts_.set_size(entries_.size());

	for (u32 first = kPseudo, n; first < entries_.size(); first += n) {
		n = run_from(first);

		Status status = pin_run(port, first, n);

		// Find the bad pages of a run one by one.
		for (u32 i = 0; i < n && is_about_the_address(status) && n > 1; i++) {
			const Status one = pin_run(port, first + i, 1);

			if (is_about_the_address(one))
				hosts_[first + i] = kNowhere;
			else if (!one.ok())
				status = one;
		}
		if (is_about_the_address(status)) {
			if (n == 1)
				hosts_[first] = kNowhere;
		} else if (!status.ok()) {
			if (status.rc() == -VCCW_EOPNOTSUPP)
				port.log(VCCW_MSG_NOT_PINNABLE, u64(-status.rc()));
			else
				port.log(status.rc() == -VCCW_EBUSY ? VCCW_MSG_UNMAPPING
								    : VCCW_MSG_PIN_REFUSED,
					 entries_[first] & ~kOffset, u64(-status.rc()));
			unpin_all(port);
			return status;
		}
	}
	return kOk;
}

void PageSet::unpin_all(const Port &port)
{
	for (u32 first = kPseudo, n; first < entries_.size() && pinned_; first += n) {
		n = 1;
		if (!(entries_[first] & kPinned))
			continue;
		n = pinned_run(first);
		port.unpin(entries_[first] & ~kOffset, n);
		for (u32 i = 0; i < n; i++)
			entries_[first + i] &= ~(kPinned | kRun);
		pinned_ -= n;
	}
}

void PageSet::abandon(const Port &port)
{
	for (u32 i = kPseudo; i < entries_.size(); i++)
		if (entries_[i] & kPinned)
			port.keep(hosts_[i]);
	unpin_all(port);
}

void PageSet::release(const Port &port)
{
	unpin_all(port);
	if (size() <= kBase)
		index_.settle(port, kBaseIndex);
	memset(index_.data(), 0, index_.bytes());
	entries_.settle(port, kBase + kPseudo);
	hosts_.settle(port, kBase + kPseudo);
	start_empty(port);
}

bool PageSet::overlaps(u64 gpa, u64 len) const
{
	const u64 last = gpa + (len - 1);

	if (!len || last < lowest_ || gpa > highest_ + kOffset)
		return false;
	for (u32 i = kPseudo; i < entries_.size(); i++) {
		const u64 page = entries_[i] & ~kOffset;

		if ((entries_[i] & kPinned) && page <= last && page + kOffset >= gpa)
			return true;
	}
	return false;
}

} // namespace vccw
