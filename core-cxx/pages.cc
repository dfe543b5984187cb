// SPDX-License-Identifier: GPL-2.0-only
#include "pages.hpp"

#include "pacer.hpp"

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
	if (!entries_.reserve(port, kBaseEntries) || !hosts_.reserve(port, kBaseEntries) ||
	    !buckets_.reserve(port, kBaseBuckets))
		return false;
	use_buckets(port);
	entries_.set_size(kPseudo);
	hosts_.set_size(kPseudo);
	hosts_[0] = kNowhere;
	hosts_[1] = port.zero_page();
	return true;
}

void PageSet::destroy(const Port &port)
{
	entries_.destroy(port);
	hosts_.destroy(port);
	buckets_.destroy(port);
}

// With a new key, for buckets that are all empty.
void PageSet::use_buckets(const Port &port)
{
	hash_shift_ = u32(64 - std::countr_zero(buckets_.capacity()));
	hash_.renew(port);
}

// Room for one more entry; false: no memory.
bool PageSet::make_room(const Port &port)
{
	return (entries_.size() < entries_.capacity() ||
		entries_.reserve(port, 2 * entries_.capacity())) &&
	       (entries_.size() < buckets_.capacity() || rehash(port));
}

// Doubles the buckets.
bool PageSet::rehash(const Port &port)
{
	Vec<u32> bigger;
	Pacer pacer(port);

	if (!bigger.reserve(port, buckets_.capacity() * 2))
		return false;
	buckets_.destroy(port);
	buckets_ = bigger;
	use_buckets(port);
	for (u32 i = kPseudo; i < entries_.size(); i++) {
		u32 &bucket = bucket_of(entries_[i].address());

		entries_[i].next = bucket;
		bucket = i;
		pacer.spend(1);
	}
	return true;
}

// A new entry; 0 when out of memory or beyond `limit` pages.
u32 PageSet::add(const Port &port, u64 page, u32 limit)
{
	const u32 at = entries_.size();

	if (size() >= limit ||
	    (at >= min_u32(entries_.capacity(), buckets_.capacity()) && !make_room(port)))
		return 0;

	u32 &bucket = bucket_of(page);

	entries_.set_size(at + 1);
	entries_[at] = {page, bucket};
	bucket = at;
	return at;
}

u64 PageSet::token(const Port &port, u64 addr, bool store, u32 limit)
{
	const u64 page = addr & ~kOffset;
	u32 at = bucket_of(page);

	while (at && entries_[at].address() != page)
		at = entries_[at].next;
	if (!at) {
		at = add(port, page, limit);
		if (!at)
			return 0;
	}
	entries_[at].page |= store ? kStore : 0;
	return u64{at + 1} << kShift | (addr & kOffset);
}

// The length of the run of neighbouring pages from `first` that one call can
// pin: all for the same direction.
u32 PageSet::run_from(u32 first) const
{
	constexpr u64 mask = ~kOffset | kStore;
	const Entry *const from = &entries_[first];
	const u32 most = min_u32(kLongestRun, entries_.size() - first);
	u64 page = from->page & mask;
	u32 n = 1;

	while (n < most && (from[n].page & mask) == (page += kPage))
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
	const Status status = port.pin(entry.address(), n, entry.page & kStore, &hosts_[first]);

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

Status PageSet::pin(const Port &port)
{
	if (!hosts_.reserve(port, entries_.capacity()))
		return -VCCW_ENOMEM;
	hosts_.set_size(entries_.size());

	Pacer pacer(port);

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
					 entries_[first].address(), u64(-status.rc()));
			unpin_all(port);
			return status;
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

// At a cost that the program has earned: not for all buckets, if it used few.
void PageSet::empty_buckets()
{
	if (size() >= buckets_.capacity() / 8) {
		memset(buckets_.data(), 0, buckets_.bytes());
		return;
	}
	for (u32 i = kPseudo; i < entries_.size(); i++)
		bucket_of(entries_[i].address()) = 0;
}

void PageSet::release(const Port &port)
{
	const bool large = entries_.size() > kBaseEntries;

	unpin_all(port);
	empty_buckets();
	entries_.set_size(kPseudo);
	hosts_.set_size(kPseudo);
	lowest_ = ~0ull;
	highest_ = 0;
	if (!large) {
		entries_.fit(port, kBaseEntries);
		hosts_.fit(port, kBaseEntries);
	}
	if (buckets_.capacity() > kBaseBuckets) {
		if (!large)
			buckets_.fit(port, kBaseBuckets);
		// Whatever a guest has learned of the key is of no use from here on.
		use_buckets(port);
	}
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
