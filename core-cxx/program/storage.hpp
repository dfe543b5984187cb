// SPDX-License-Identifier: GPL-2.0-only
// Takes how many CCWs and list words a program needs; gives storage below 2 GiB: its CCWs
// in one contiguous run of slots, and behind them the address lists (IDALs, MIDALs) that
// they point to.
//
//	block 0, kept for good    CCWs | IDALs ...
//	block 1                   IDALs ...              of this program
//	block 2                   MIDALs ...
//	block 3                   (free)                 of the last one
//
// The first block is enough for ordinary programs; further blocks come when a program needs
// them and go when the next one does not.  The limit counts what this program uses: what
// it is refused does not depend on what the one before has left.
#pragma once

#include "../base/arch.hpp"
#include "../base/pacer.hpp"
#include "../base/vec.hpp"

namespace vccw {

class Storage {
public:
	struct List {
		void *words; // null: no memory
		u32 abs;
	};

	[[nodiscard]] bool init(const Port &port);
	void destroy(const Port &port);

	// --- first the CCWs --------------------------------------------------
	Ccw *ccws() { return reinterpret_cast<Ccw *>(blocks_[ccw_block_].virt); }
	const Ccw *ccws() const { return reinterpret_cast<const Ccw *>(blocks_[ccw_block_].virt); }
	u32 ccw_abs(u32 slot) const
	{
		return u32(blocks_[ccw_block_].abs) + slot * u32(sizeof(Ccw));
	}
	u32 ccw_capacity() const { return blocks_[ccw_block_].size / u32(sizeof(Ccw)); }
	// The slot at absolute address `abs`, or `slots` where it is in none.
	u32 slot_at(u32 abs, u32 slots) const;
	// Room for `slots` CCWs; moves those that are there.
	Status grow_ccws(const Port &port, u32 slots, u32 limit_bytes);

	// --- then the lists ----------------------------------------------------
	void end_ccws(u32 slots);
	// Words of 8 bytes, each to be written, and then patched.
	List idal(const Port &port, u32 words, u32 limit_bytes);
	// How many words idal() can give without a new block.
	u32 idal_room() const
	{
		const Block &b = blocks_[idal_block_];

		return (b.size - b.used) / u32(sizeof(u64));
	}
	// Returns the last `words` of the list just taken.
	void trim_idal(u32 words) { blocks_[idal_block_].used -= words * u32(sizeof(u64)); }
	// Data, behind the room for IDALs; null: there is no such room left.
	List data(u32 bytes);
	// MIDAWs, 16-byte aligned, within one page.
	List midal(const Port &port, u32 entries, u32 limit_bytes);
	// Calls fn(word) for each word of each IDAL, fn(entry.addr) for each MIDAW.
	template <class Fn> void for_each_address(const Port &port, Fn fn)
	{
		constexpr u32 at_once = Pacer::kUnits * sizeof(Be64);
		Pacer pacer(port);

		for (const Block &b : blocks_)
			for (u32 from = b.first; from < b.used; from += at_once) {
				const u32 bytes = min_u32(b.used - from, at_once);

				for_each_in(b.kind, b.virt + from, b.virt + from + bytes, fn);
				pacer.spend(bytes / u32(sizeof(Be64)));
			}
	}

	// For those who only look: goes along the list at absolute address `abs`; fn(bytes)
	// answers how many to go on, 0 at the end.
	template <class Fn> void for_each_word_at(u32 abs, Fn fn) const
	{
		for (const Block &b : blocks_)
			if (abs >= b.abs && abs - b.abs < b.size)
				for (u32 at = u32(abs - b.abs), n = 1; n && at < b.size; at += n)
					n = fn(b.virt + at);
	}

	// So that a channel with any key may fetch from it.
	void clear_keys(const Port &port);
	void release(const Port &port);
	u32 used_bytes() const { return used_; }
	usize bytes() const { return held_.read() + blocks_.bytes(); }
	// Why the last request failed: the limit, or the host's memory.
	bool over_limit() const { return over_limit_; }

private:
	static constexpr u32 kBaseBytes = kPage;
	static constexpr u32 kBaseBlocks = 4;
	static constexpr u32 kExtraBytes = 4 * kPage;
	static constexpr u32 kLargestExtra = 16 * kPage;

	enum class Kind : u8 { kFree, kIdal, kMidal };
	struct Block {
		u8 *virt;
		u64 abs;
		u32 size;  // what the program may use of it
		u32 held;  // its length
		u32 first; // where lists begin
		u32 used;  // end of what is in use
		Kind kind;
		bool any_key; // its storage keys are cleared
	};

	Vec<Block> blocks_;
	Gauge held_;            // bytes in blocks
	u32 used_ = kBaseBytes; // bytes in those of this program
	u32 ccw_block_ = 0;
	u32 idal_block_ = 0;
	u32 midal_block_ = 0; // 0: none yet
	bool over_limit_ = false;

	template <class Fn> static void for_each_in(Kind kind, u8 *p, u8 *end, Fn fn)
	{
		if (kind == Kind::kMidal)
			for (; p < end; p += sizeof(Midaw))
				fn(reinterpret_cast<Midaw *>(p)->addr);
		else
			for (; p < end; p += sizeof(Be64))
				fn(*reinterpret_cast<Be64 *>(p));
	}
	bool add_block(const Port &port, u32 bytes);
	void give_up(const Port &port, Block &block);
	bool fits(u32 size, u32 limit_bytes);
	bool make_way(const Port &port, u32 size, u32 limit_bytes);
	u32 take_block(const Port &port, u32 bytes, Kind kind, u32 limit_bytes);
	List carve(u32 block, u32 bytes);
	u32 next_extra() const;
};

} // namespace vccw
