// SPDX-License-Identifier: GPL-2.0-only
// The states seen, by identity: a hash table with open addressing.
#pragma once

#include "channel.hpp"

#include <vector>

namespace explore {

class Table {
public:
	struct Entry {
		u64 id; // 0: free
		union {
			double paths;
			u32 switches;
		};
	};

	Table() : entries_(1 << 16) {}

	// The entry of `id`, or a free one for it, which the caller fills in.
	Entry &at(u64 id)
	{
		if (used_ * 2 > entries_.size())
			grow();

		Entry &e = slot(id);

		used_ += !e.id;
		return e;
	}

private:
	std::vector<Entry> entries_;
	std::size_t used_ = 0;

	Entry &slot(u64 id)
	{
		std::size_t i = (id * 0x9e3779b97f4a7c15) >> 20;

		for (;; i++) {
			Entry &e = entries_[i & (entries_.size() - 1)];
			if (!e.id || e.id == id)
				return e;
		}
	}
	void grow()
	{
		std::vector<Entry> old(entries_.size() * 2);

		old.swap(entries_);
		for (const Entry &e : old)
			if (e.id)
				slot(e.id) = e;
	}
};

} // namespace explore
