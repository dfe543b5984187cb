// SPDX-License-Identifier: GPL-2.0-only
// Takes runs of CCWs that are planned for, each in one context; gives the run that has a
// CCW, by its address and context.
//
//	add({0x1000, 3 CCWs, slot 0, kCommand})
//	find(0x1010, kCommand) -> slot 2        find(0x1010, kFetchChain) -> none
//
// A treap: a search tree by context and address that is a heap by priority.  Priorities are a keyed
// hash of the order of arrival, so the tree has the shape of one built in random
// order, whatever addresses the guest picks and in whatever order: about
// 1.4 log2(runs) steps a look-up.
#pragma once

#include "../base/keyed_hash.hpp"
#include "../base/vec.hpp"
#include "context.hpp"

namespace vccw {

struct CcwRun {
	u64 key;   // address of the first CCW, and the context
	u32 count; // 0: nothing could be fetched there
	u32 slot;  // of the first CCW

	// Runs in one context are neighbours.
	static constexpr u64 key_of(u32 guest, Context context)
	{
		return u64{u32(context)} << 32 | guest;
	}
	u32 guest() const { return u32(key); }
	Context context() const { return Context(key >> 32); }
	u32 index_of(u32 address) const { return (address - guest()) / u32(sizeof(Ccw)); }
};

class CcwMap {
public:
	static constexpr u32 kNone = ~0u;

	[[nodiscard]] bool init(const Port &port);
	void destroy(const Port &port) { nodes_.destroy(port); }

	// Adds a run that overlaps none that is there; false: no memory.
	[[nodiscard]] bool add(const Port &port, const CcwRun &run);

	struct Found {
		const CcwRun *run; // that has the CCW, or null; valid until the next add()
		u32 next; // lowest address above where a run in this context begins, or kNone
	};
	Found find(u32 guest, Context context) const;
	// Those in which there is any run.
	u32 contexts() const { return contexts_; } // one bit for each

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
	u32 contexts_ = 0;

	[[nodiscard]] bool make_room(const Port &port);
	void split(Link from, u64 key, Link *below, Link *above);
};

} // namespace vccw
