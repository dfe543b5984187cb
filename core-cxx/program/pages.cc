// SPDX-License-Identifier: GPL-2.0-only
#include "pages.hpp"

#include "../base/pacer.hpp"

namespace vccw {
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
	u32 at = find(page);

	if (!at) {
		at = add(port, page, limit);
		if (!at)
			return 0;
	}
	entries_[at].page |= store ? store_ : 0;
	return u64{at + 1} << kShift | (addr & kOffset);
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
	certain_ = 0;
	store_ = kStore;
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

} // namespace vccw
