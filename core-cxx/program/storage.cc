// SPDX-License-Identifier: GPL-2.0-only
#include "storage.hpp"

namespace vccw {

bool Storage::init(const Port &port)
{
	return blocks_.reserve(port, kBaseBlocks) && add_block(port, kBaseBytes);
}

void Storage::destroy(const Port &port)
{
	for (Block &b : blocks_)
		give_up(port, b);
	blocks_.destroy(port);
}

// Frees the memory of `block`.
void Storage::give_up(const Port &port, Block &block)
{
	if (block.virt)
		port.free_dma(block.virt, block.held);
	held_ -= block.held;
	block.virt = nullptr;
	block.any_key = true; // it has none
	block.size = block.held = 0;
}

bool Storage::add_block(const Port &port, u32 bytes)
{
	Block b{};

	b.virt = port.alloc_dma(bytes, &b.abs);
	if (!b.virt)
		return false;
	b.size = b.held = bytes;
	if (!blocks_.push(port, b)) {
		port.free_dma(b.virt, bytes);
		return false;
	}
	held_ += bytes;
	return true;
}

// Whether this program may use `size` bytes more.
bool Storage::fits(u32 size, u32 limit_bytes)
{
	over_limit_ = size > limit_bytes || used_ > limit_bytes - size;
	return !over_limit_;
}

// Adds a block, for which blocks that the last program left may have to go.
bool Storage::make_way(const Port &port, u32 size, u32 limit_bytes)
{
	for (u32 i = 1; i < blocks_.size() && held_ > limit_bytes - size; i++)
		if (blocks_[i].kind == Kind::kFree)
			give_up(port, blocks_[i]);
	return add_block(port, size);
}

// A block of at least `bytes`, one that the last program left or a new one; 0 (the base
// block) when there is none.  No more of it is used than there would be of a new one.
u32 Storage::take_block(const Port &port, u32 bytes, Kind kind, u32 limit_bytes)
{
	const u32 size = std::bit_ceil(bytes < kPage ? kPage : bytes);
	u32 at = 1;

	if (!fits(size, limit_bytes))
		return 0;
	while (at < blocks_.size() && (blocks_[at].kind != Kind::kFree || blocks_[at].held < size))
		at++;
	if (at == blocks_.size() && !make_way(port, size, limit_bytes))
		return 0;
	blocks_[at].kind = kind;
	blocks_[at].size = size;
	used_ += size;
	return at;
}

u32 Storage::slot_at(u32 abs, u32 slots) const
{
	const u32 slot = (abs - ccw_abs(0)) / u32(sizeof(Ccw));

	return abs >= ccw_abs(0) && slot < slots ? slot : slots;
}

Status Storage::grow_ccws(const Port &port, u32 slots, u32 limit_bytes)
{
	if (slots <= ccw_capacity())
		return kOk;

	Block &own = blocks_[ccw_block_];
	const u32 before = own.size;
	const u32 size = std::bit_ceil(slots * u32(sizeof(Ccw)));

	if (own.held >= size && fits(size, limit_bytes)) {
		own.size = size;
		used_ += size - before;
		return kOk;
	}

	const u32 at = take_block(port, size, Kind::kIdal, limit_bytes);

	if (!at)
		return -VCCW_ENOMEM;
	memcpy(blocks_[at].virt, blocks_[ccw_block_].virt, before);
	if (ccw_block_) {
		blocks_[ccw_block_].kind = Kind::kFree;
		used_ -= before;
	}
	ccw_block_ = at;
	return kOk;
}

void Storage::end_ccws(u32 slots)
{
	const u32 bytes = (slots * u32(sizeof(Ccw)) + 15) & ~15u;
	Block &b = blocks_[ccw_block_];

	b.first = b.used = min_u32(bytes, b.size);
	blocks_[0].kind = Kind::kIdal;
	idal_block_ = 0;
	midal_block_ = 0;
}

Storage::List Storage::carve(u32 block, u32 bytes)
{
	Block &b = blocks_[block];
	u8 *const words = b.virt + b.used;
	const u32 abs = u32(b.abs) + b.used;

	b.used += bytes;
	return {words, abs};
}

u32 Storage::next_extra() const
{
	return min_u32(used_ < kExtraBytes ? kExtraBytes : std::bit_floor(used_), kLargestExtra);
}

Storage::List Storage::idal(const Port &port, u32 words, u32 limit_bytes)
{
	const u32 bytes = words * u32(sizeof(u64));

	if (blocks_[idal_block_].size - blocks_[idal_block_].used < bytes) {
		// The rest of the CCWs' own block comes before any other.
		u32 at = ccw_block_;

		if (idal_block_ || at == 0 || blocks_[at].size - blocks_[at].used < bytes)
			at = take_block(port, next_extra(), Kind::kIdal, limit_bytes);
		if (!at)
			return {};
		idal_block_ = at;
	}
	return carve(idal_block_, bytes);
}

Storage::List Storage::data(u32 bytes)
{
	Block &b = blocks_[idal_block_];
	const u32 size = (bytes + 7) & ~7u;

	if (b.size - b.used < size)
		return {};
	b.size -= size;
	return {b.virt + b.size, u32(b.abs) + b.size};
}

Storage::List Storage::midal(const Port &port, u32 entries, u32 limit_bytes)
{
	const u32 bytes = entries * u32(sizeof(Midaw));
	u32 at = midal_block_;

	if (at) {
		Block &b = blocks_[at];

		// A MIDAL does not cross a page; what is skipped stays zero.
		while (b.used < b.size && kPage - (b.used & (kPage - 1)) < bytes) {
			memset(b.virt + b.used, 0, sizeof(Midaw));
			b.used += u32(sizeof(Midaw));
		}
		if (b.size - b.used < bytes)
			at = 0;
	}
	if (!at)
		at = take_block(port, next_extra(), Kind::kMidal, limit_bytes);
	if (!at)
		return {};
	midal_block_ = at;
	return carve(at, bytes);
}

void Storage::clear_keys(const Port &port)
{
	for (Block &b : blocks_) {
		if (!b.any_key)
			port.clear_keys(b.virt, b.held);
		b.any_key = true;
	}
}

void Storage::release(const Port &port)
{
	u32 kept = 1;

	for (u32 i = 1; i < blocks_.size(); i++) {
		if (blocks_[i].kind == Kind::kFree) {
			give_up(port, blocks_[i]);
			port.relax();
		} else {
			blocks_[kept++] = blocks_[i];
		}
	}
	blocks_.set_size(kept);
	blocks_.fit(port, kBaseBlocks);
	for (Block &b : blocks_) {
		b.kind = Kind::kFree;
		b.size = b.held;
		b.first = b.used = 0;
	}
	ccw_block_ = idal_block_ = midal_block_ = 0;
	used_ = kBaseBytes;
}

} // namespace vccw
