// SPDX-License-Identifier: GPL-2.0-only
#include "ccw_map.hpp"

namespace vccw {

bool CcwMap::init(const Port &port)
{
	if (!nodes_.reserve(port, kBaseNodes))
		return false;
	nodes_.set_size(1);
	hash_.renew(port);
	return true;
}

void CcwMap::release(const Port &port)
{
	const bool large = nodes_.size() > kBaseNodes;

	root_ = 0;
	contexts_ = 0;
	nodes_.set_size(1);
	if (!large)
		nodes_.fit(port, kBaseNodes);
}

CcwMap::Found CcwMap::find(u32 guest, Context context) const
{
	if (!(contexts_ >> u32(context) & 1))
		return {nullptr, kNone};

	const u64 wanted = CcwRun::key_of(guest, context);
	Link at = root_;
	Link before = 0;
	Link behind = 0;

	while (at) {
		const Node &node = nodes_[at];

		if (node.run.key <= wanted) {
			before = at;
			at = node.above;
		} else {
			behind = at;
			at = node.below;
		}
	}

	const CcwRun &run = nodes_[before].run;
	const CcwRun &above = nodes_[behind].run;
	const bool has = before && run.context() == context &&
			 (run.index_of(guest) < run.count || guest == run.guest());

	return {has ? &run : nullptr, behind && above.context() == context ? above.guest() : kNone};
}

// Divides the tree `from` into what is below `key` and what is above.
void CcwMap::split(Link from, u64 key, Link *below, Link *above)
{
	while (from) {
		Node &node = nodes_[from];

		if (node.run.key < key) {
			*below = from;
			below = &node.above;
			from = node.above;
		} else {
			*above = from;
			above = &node.below;
			from = node.below;
		}
	}
	*below = *above = 0;
}

// Room for one more than the base has; false: no memory.
bool CcwMap::make_room(const Port &port)
{
	// Programs that need no more can't gain from what they may learn of the key.
	if (nodes_.size() == kBaseNodes)
		hash_.renew(port);
	return nodes_.size() < nodes_.capacity() || nodes_.reserve(port, 2 * nodes_.capacity());
}

bool CcwMap::add(const Port &port, const CcwRun &run)
{
	const Link added = nodes_.size();

	if (added >= kBaseNodes && !make_room(port))
		return false;
	nodes_.set_size(added + 1);

	Node &node = nodes_[added];
	Link *link = &root_;

	node.run = run;
	node.priority = u32(hash_(added) >> 32);

	while (*link && nodes_[*link].priority >= node.priority) {
		Node &over = nodes_[*link];

		link = run.key < over.run.key ? &over.below : &over.above;
	}
	contexts_ |= 1u << u32(run.context());
	split(*link, run.key, &node.below, &node.above);
	*link = added;
	return true;
}

} // namespace vccw
