// SPDX-License-Identifier: GPL-2.0-only
// Pins the pages of a set and gives them back, in as few calls as runs of neighbours allow:
//
//	pages 20, 21, 22 to fetch from, 23 to store into     two calls
#include "../base/pacer.hpp"
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

// The length of the run of neighbouring pages from `first` that one call can
// pin: all for the same direction.
u32 PageSet::run_from(u32 first) const
{
	constexpr u64 mask = ~kOffset | kForWriting;
	const Entry *const from = &entries_[first];
	const u32 most = min_u32(kLongestRun, entries_.size() - first);
	u64 page = from->page & mask;
	u32 n = 1;

	// Not beyond the last page there is, to the first.
	while (n < most && (page += kPage) >= kPage && (from[n].page & mask) == page)
		n++;
	return n;
}

// The length of the run from `first` that one call pinned: iommufd knows a pin by
// its exact range.
u32 PageSet::pinned_run(u32 first) const
{
	const Entry *const from = &entries_[first];
	const u32 most = entries_.size() - first;
	u32 n = 1;

	while (n < most && (from[n].page & (kPinned | kRun)) == kPinned)
		n++;
	return n;
}

Status PageSet::pin_run(const Port &port, u32 first, u32 n)
{
	const Entry entry = entries_[first];
	const u64 last = entry.address() + (u64{n} * kPage - 1);
	const Status status =
		port.pin(entry.address(), n, entry.page & kForWriting, &hosts_[first]);

	if (!status.ok())
		return status;
	for (Entry *e = &entries_[first]; e != &entries_[first] + n; e++)
		e->page |= kPinned;
	entries_[first].page |= kRun;
	pinned_ += n;
	lowest_ = entry.address() < lowest_ ? entry.address() : lowest_;
	highest_ = last > highest_ ? last : highest_;
	return kOk;
}

// The client has not mapped it, or not for this direction.
Status PageSet::bad_page(const Port &port, u32 at)
{
	Entry &entry = entries_[at];

	if (at < certain_ && (entry.page & kForWriting) == kStoreIfPossible) {
		entry.page &= ~kStoreIfPossible;
		if (pin_run(port, at, 1).ok())
			return -VCCW_EFAULT; // without possible ground it would be good
	}
	hosts_[at] = kNowhere;
	return kOk;
}

// What one call refused: finds the bad pages.
Status PageSet::pin_one_by_one(const Port &port, u32 first, u32 n)
{
	if (n == 1)
		return bad_page(port, first);
	for (u32 i = first; i < first + n; i++) {
		const Status status = pin_run(port, i, 1);

		if (is_about_the_address(status))
			VCCW_TRY(bad_page(port, i));
		else if (!status.ok())
			return status;
	}
	return kOk;
}

Status PageSet::pin(const Port &port, Refusal &why)
{
	if (!hosts_.reserve(port, entries_.capacity()))
		return -VCCW_ENOMEM;
	hosts_.set_size(entries_.size());

	Pacer pacer(port);

	for (u32 first = kPseudo, n; first < entries_.size(); first += n) {
		n = run_from(first);

		Status status = pin_run(port, first, n);

		if (is_about_the_address(status))
			status = pin_one_by_one(port, first, n);
		if (!status.ok()) {
			const vccw_msg msg = status.rc() == -VCCW_EBUSY ? VCCW_MSG_UNMAPPING
									: VCCW_MSG_PIN_REFUSED;
			unpin_all(port);
			if (status.rc() == -VCCW_EOPNOTSUPP)
				return why.set(VCCW_MSG_NOT_PINNABLE, u64(-status.rc()), 0,
					       status.rc());
			return why.set(msg, entries_[first].address(), u64(-status.rc()),
				       status.rc());
		}
		pacer.spend(n);
	}
	return kOk;
}

void PageSet::unpin_all(const Port &port)
{
	Pacer pacer(port);

	for (u32 first = kPseudo, n; first < entries_.size() && pinned_; first += n) {
		n = 1;
		if (!(entries_[first].page & kPinned))
			continue;
		n = pinned_run(first);
		port.unpin(entries_[first].address(), n);
		pinned_ -= n;
		pacer.spend(n);
	}
}

void PageSet::abandon(const Port &port)
{
	for (u32 i = kPseudo; i < entries_.size(); i++)
		if (entries_[i].page & kPinned)
			port.keep(hosts_[i]);
	unpin_all(port);
}

bool PageSet::overlaps(u64 gpa, u64 len) const
{
	const u64 last = gpa + (len - 1);

	if (!len || !pinned_ || last < lowest_ || gpa > highest_)
		return false;
	for (u32 i = kPseudo; i < entries_.size(); i++) {
		const u64 page = entries_[i].address();

		if ((entries_[i].page & kPinned) && page <= last && page + kOffset >= gpa)
			return true;
	}
	return false;
}

} // namespace vccw
