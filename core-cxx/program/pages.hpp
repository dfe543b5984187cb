// SPDX-License-Identifier: GPL-2.0-only
// Takes guest addresses; gives tokens for them (page index and offset) and, once all pages
// are pinned, absolute addresses for the tokens.  Each page is pinned once, for the
// direction that it needs:
//
//	token(20800, to fetch) -> 3:800     pin()     resolve(3:800) -> page of the host + 800
//	token(20010, to store) -> 3:010     page 20, for storing
#pragma once

#include "../base/keyed_hash.hpp"
#include "../base/vec.hpp"
#include "refusal.hpp"

namespace vccw {

class PageSet {
public:
	// An absolute address that no machine has: the channel answers its use
	// with a program check, as it would the guest's bad address.
	static constexpr u64 kNowhere = 0x7ffffffffffff000ull;

	[[nodiscard]] bool init(const Port &port);
	void destroy(const Port &port);

	// What comes now is on possible ground: what it stores into does not change what
	// the pages so far are pinned for, unless the client lets it.
	void end_certain()
	{
		certain_ = entries_.size();
		store_ = kStoreIfPossible;
	}

	// Whether the page of `addr` is to be pinned.
	bool has(u64 addr) const { return find(addr & ~kOffset) != 0; }
	// A token for `addr`, whose page is to be pinned; `store`: the channel
	// stores into it.  0 when out of memory or beyond `limit` pages.
	u64 token(const Port &port, u64 addr, bool store, u32 limit);
	// Tokens for an address that the channel is to refuse, and for zeros.
	static constexpr u64 bad_token(u32 offset = 0) { return (1ull << kShift) | offset; }
	static constexpr u64 zero_token(u32 offset) { return (2ull << kShift) | offset; }

	// Pins all pages.  A page that the client has not mapped, or not for
	// this direction, becomes kNowhere; any other failure undoes all.  -EFAULT: what
	// is stored on possible ground keeps a page from being fetched from.
	Status pin(const Port &port, Refusal &why);
	// The absolute address for a token; valid after pin().
	u64 resolve(u64 token) const
	{
		return hosts_[u32(token >> kShift) - 1] | (token & kOffset);
	}

	// Unpins all, but first has each page kept for ever.
	void abandon(const Port &port);
	// Unpins all, empties the set, gives back memory that was not needed.
	void release(const Port &port);

	bool overlaps(u64 gpa, u64 len) const;
	u32 size() const { return entries_.size() - kPseudo; }
	u32 pinned() const { return pinned_.read(); }
	usize bytes() const { return entries_.bytes() + hosts_.bytes() + buckets_.bytes(); }

private:
	static constexpr u32 kShift = 12;
	static constexpr u64 kOffset = kPage - 1;
	static constexpr u32 kBaseEntries = 64; // without allocation
	static constexpr u32 kBaseBuckets = 128;
	static constexpr u32 kLongestRun = 512; // pages pinned in one call
	static constexpr u32 kPseudo = 2;       // the entries behind bad_token, zero_token
	// Flags in the low bits of an entry.
	static constexpr u64 kStore = 1;
	static constexpr u64 kPinned = 2;
	static constexpr u64 kStoreIfPossible = 8; // only on possible ground
	static constexpr u64 kForWriting = kStore | kStoreIfPossible;
	static constexpr u64 kRun = 4; // the first page of a run pinned in one call

	struct Entry {
		u64 page; // guest page address | flags
		u32 next; // in the same bucket: entry number, or 0

		u64 address() const { return page & ~kOffset; }
	};

	Vec<Entry> entries_;
	Vec<u64> hosts_;   // absolute page address
	Vec<u32> buckets_; // hash table, as many as a power of two: entry number, or 0
	KeyedHash hash_;
	u32 hash_shift_ = 0; // from a hash to the number of its bucket
	Gauge pinned_;
	u32 certain_ = 0;    // entries before are used on certain ground
	u64 store_ = kStore; // the flag for what is stored into
	u64 lowest_ = ~0ull; // of the addresses pinned
	u64 highest_ = 0;

	u32 hash_of(u64 page) const { return u32(hash_(page) >> hash_shift_); }
	u32 &bucket_of(u64 page) { return buckets_[hash_of(page)]; }
	// The entry for the page at `page`, or 0.
	u32 find(u64 page) const
	{
		u32 at = buckets_[hash_of(page)];

		while (at && entries_[at].address() != page)
			at = entries_[at].next;
		return at;
	}
	void use_buckets(const Port &port);
	[[nodiscard]] bool rehash(const Port &port);
	[[nodiscard]] bool make_room(const Port &port);
	u32 add(const Port &port, u64 page, u32 limit);
	void empty_buckets();
	u32 run_from(u32 first) const;
	u32 pinned_run(u32 first) const;
	Status pin_run(const Port &port, u32 first, u32 n);
	Status bad_page(const Port &port, u32 at);
	Status pin_one_by_one(const Port &port, u32 first, u32 n);
	void unpin_all(const Port &port);
};

} // namespace vccw
