// SPDX-License-Identifier: GPL-2.0-only
// Where the CCWs of a guest address are: each run of CCWs that was fetched from guest
// storage, found by any address in it.
//
// A treap: a search tree by address that is a heap by priority.  Priorities are a keyed
// hash of the order of arrival, so the tree has the shape of one built in random
// order, whatever addresses the guest picks and in whatever order: about
// 1.4 log2(runs) steps a look-up.
#pragma once

#include "keyed_hash.hpp"
#include "vec.hpp"

namespace vccw {

struct CcwRun {
	u32 guest;   // address of the first CCW
	u32 count;   // 0: nothing could be fetched there
	u32 segment; // number of the segment that has them
	u32 slot;    // of the first CCW

	u32 index_of(u32 address) const { return (address - guest) / u32(sizeof(u64)); }
};

class CcwMap {
public:
	static constexpr u32 kNone = ~0u;

	[[nodiscard]] bool init(const Port &port);
	void destroy(const Port &port) { nodes_.destroy(port); }

	// Adds a run that overlaps none that is there; false: no memory.
	[[nodiscard]] bool add(const Port &port, const CcwRun &run);

	struct Found {
		const CcwRun *run; // that has the address, or null; valid until the next add()
		u32 next;          // the lowest address above at which a run begins, or kNone
	};
	Found find(u32 guest) const;

	// Empties it; gives back memory that was not needed.
	void release(const Port &port);
	usize bytes() const { return nodes_.bytes(); }

private:
	static constexpr u32 kBaseNodes = 16; // without allocation

	using Link = u32; // number of a node, 0: none
	struct Node {
		CcwRun run;
		u32 priority;
		Link below; // the subtrees: addresses below, addresses above
		Link above;
	};

	Vec<Node> nodes_; // the first is no run
	Link root_ = 0;
	KeyedHash hash_;

	[[nodiscard]] bool make_room(const Port &port);
	void split(Link from, u32 guest, Link *below, Link *above);
};

} // namespace vccw
