// SPDX-License-Identifier: GPL-2.0-only
#include "lists.hpp"

#include <algorithm>

namespace vccw_test {
namespace {

using ref::Flow;

bool stores(Flow flow)
{
	return flow == Flow::kStore || flow == Flow::kBackward;
}

} // namespace

Style::Style(Choices &c)
{
	format1 = !c.one_in(4);
	ida2 = !c.one_in(4);
	two_k = c.one_in(3);
	midaw = c.one_in(3);
	suspend = c.one_in(4);

	key = c.one_in(2) ? c.below(16) : 0;

	const u32 kind = c.below(20);

	backward = kind >= 8;
	tics_in_chains = (kind >= 5 && kind < 13) || kind == 19;
	odd_codes = kind == 3 || kind == 4 || (kind >= 8 && kind < 13);
	read_only = kind < 3;
}

u32 Style::word1() const
{
	return key << 28 | 0x0000ff00 | 0x00400000 | (format1 ? 0x00800000 : 0) |
	       (ida2 ? 0x00020000 : 0) | (two_k ? 0x00010000 : 0) | (midaw ? 0x40 : 0) |
	       (suspend ? 0x08000000 : 0);
}

Lists::Lists(GuestMemory &memory, const Style &style) : memory_(memory), style_(style)
{
	memory.map(0, 2 * kPage);
	// Storage goes on behind the last address that a CCW can have; what
	// would be a CCW there is none.
	const u64 end = style.format1 ? 1ull << 31 : 1ull << 24;
	static constexpr u8 ccws[2][8] = {{0x02, 0x20, 0, 0, 0, 0, 0, 8},
					  {0x02, 0, 0, 8, 0, 0x20, 0, 0}};

	memory.map(end - 2 * kPage, 3 * kPage);
	memory.write(end, ccws[style.format1], 8);
	memory.map(0x80000000, kPage);
	memory.map(kData, kDataPages * kPage);
	memory.mark(kData, kDataPages);
	memory.map(kReadOnly, 2 * kPage, false);
	memory.map(kReadOnlyStores, kPage, false);
	memory.map(kHigh, 8 * kPage);
	memory.map(kLists, 8 * kPage);
}

u16 Lists::count(Choices &c)
{
	static constexpr u16 some[] = {8, 1, 80, 512, 2048, 2049, 4096, 4097, 0x3000, 65535};
	const u32 any = 1 + c.below(6000);

	return c.one_in(2) ? u16(any) : c.of(some);
}

u32 Lists::direct(Choices &c, Flow flow)
{
	static constexpr u32 offsets[] = {0, 1, 0x7ff, 0x800, 0xfff, 0xff8};
	const u32 offset = c.one_in(2) ? c.below(kPage) : c.of(offsets);

	switch (c.below(24)) {
	case 19: // the lowest addresses
		return c.below(2) * kPage + offset;
	case 20: // the highest
		return (style_.format1 ? 0x7fffe000 : 0xffe000) + c.below(2) * kPage + offset;
	case 21:
		if (style_.read_only && !stores(flow))
			return kReadOnly + offset;
		break;
	case 22: // not for storing
		if (stores(flow) && !style_.tics_in_chains && !style_.odd_codes)
			return kReadOnlyStores + offset;
		break;
	case 23:
		return c.one_in(3) ? kHole + offset : kData + kDataPages * kPage - 1 - offset;
	}
	return kData + c.below(kDataPages) * kPage + offset;
}

u64 Lists::indirect(Choices &c, Flow flow)
{
	if (style_.ida2 && c.one_in(4))
		return kHigh + c.below(8) * kPage + c.below(kPage);
	return direct(c, flow);
}

// Room for a list: anywhere, over the end of a page, or in the last words of
// storage; now and then what is there is not enough.
u32 Lists::room(Choices &c, u32 bytes, u32 align)
{
	u32 at = next_ + c.below(4) * align;

	switch (c.below(8)) {
	case 6:
		at = (next_ / kPage + 1) * kPage - align * (1 + c.below(bytes / align));
		if (at < next_)
			at += kPage;
		break;
	case 7:
		memory_.map(next_end_, kPage);
		at = next_end_ + kPage - (bytes < kPage ? bytes : kPage);
		next_end_ += 2 * kPage;
		return c.one_in(6) ? at + align : at;
	}
	next_ = (at + bytes + 15) & ~15u;
	memory_.map(at, bytes);
	return at;
}

u32 Lists::room_in_page(Choices &c, u32 bytes)
{
	u32 at = (next_ + 15) & ~15u;

	if (at % kPage + bytes > kPage)
		at = (at / kPage + 1) * kPage;
	if (c.one_in(6)) // up to the page's end
		at = (at / kPage + 1) * kPage - bytes;
	next_ = at + bytes;
	memory_.map(at, bytes);
	if (bytes == 16 || !c.one_in(12))
		return at;
	// Its last entry does not fit.
	next_ = (at / kPage + 1) * kPage;
	return next_ - bytes + 16;
}

u32 Lists::idal(Choices &c, Flow flow, u32 count)
{
	const bool back = flow == Flow::kBackward;
	const u64 block = style_.block();
	const u32 size = style_.ida2 ? 8 : 4;
	std::vector<u64> words;
	u64 left = count;

	while (left) {
		u64 addr = indirect(c, flow);

		if (!words.empty() && !c.one_in(60))
			addr = (addr & ~(block - 1)) + (back ? block - 1 : 0);
		if (c.one_in(100))
			addr = style_.ida2 ? addr | 0xffffff0000000000
					   : 0x80000000 | (addr & 0xfff);

		const u64 offset = addr % block;

		words.push_back(addr);
		left -= std::min(left, back ? offset + 1 : block - offset);
	}

	const u32 at = room(c, u32(words.size()) * size, size);

	for (u32 i = 0; i < words.size(); i++) {
		u8 bytes[8];

		put64(bytes, style_.ida2 ? words[i] : words[i] << 32);
		if (memory_.mapped(at + i * size))
			memory_.write(at + i * size, bytes, size);
	}
	return flow != Flow::kNop && c.one_in(60) ? at + size / 2 : at;
}

u32 Lists::midal(Choices &c, Flow flow, u32 count)
{
	const bool back = flow == Flow::kBackward;
	std::vector<std::array<u8, 16>> list;
	u64 left = count;

	while (left && list.size() < 250) {
		u64 addr = indirect(c, flow);

		if (list.size() > 40) // get on with it
			addr = (addr & ~u64{kPage - 1}) + (back ? kPage - 1 : 0);

		const u64 in_page = back ? addr % kPage + 1 : kPage - addr % kPage;
		u64 n = std::min(left, in_page);

		if (list.size() <= 40 && c.one_in(2))
			n = 1 + c.below(u32(n));
		left -= n;

		std::array<u8, 16> m{};

		m[5] = u8((left ? 0 : 0x80) | (c.one_in(6) ? 0x40 : 0) | (c.one_in(8) ? 0x20 : 0));
		if (c.one_in(80))
			m[c.below(6)] ^= u8(1 << c.below(8));
		put16(&m[6], u16(c.one_in(80) ? n + 1 : n));
		put64(&m[8], addr);
		list.push_back(m);
	}

	const u32 at = room_in_page(c, u32(list.size()) * 16);

	for (u32 i = 0; i < list.size(); i++)
		if (memory_.mapped(at + 16 * i))
			memory_.write(at + 16 * i, list[i].data(), 16);
	return c.one_in(60) ? at + 8 : at;
}

} // namespace vccw_test
