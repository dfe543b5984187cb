// SPDX-License-Identifier: GPL-2.0-only
// Where the data of made-up CCWs lie, and the lists that point to them.
#pragma once

#include "program.hpp"

namespace vccw_test {

// What a program as a whole is like; from its seed.
struct Style {
	bool format1, ida2, two_k, midaw, suspend;
	u32 key;
	bool backward; // read backward is used
	bool tics_in_chains;
	// Chained CCWs carry the command codes of the other direction.
	bool odd_codes;
	// Pages that the client mapped read-only are fetched from.  Only where
	// the direction of every CCW is plain: a page that a CCW could also
	// store into is pinned for that, and refused.
	bool read_only;

	explicit Style(Choices &c);
	u32 word1() const;
	u64 block() const { return ida2 && !two_k ? 4096 : 2048; }
};

// Guest storage outside the program's own.
class Lists {
	GuestMemory &memory_;
	const Style &style_;
	u32 next_ = kLists;
	u32 next_end_ = kEnds;

public:
	static constexpr u32 kData = 0x200000, kDataPages = 40;
	static constexpr u32 kReadOnly = 0x240000, kReadOnlyStores = 0x248000;
	static constexpr u32 kHole = 0x600000;
	static constexpr u64 kHigh = 0x1'2345'6000;
	static constexpr u32 kLists = 0x300000, kEnds = 0x380000;

	Lists(GuestMemory &memory, const Style &style);

	static u16 count(Choices &c);
	// An address for a CCW's own data; an address for a list's entry.
	u32 direct(Choices &c, ref::Flow flow);
	u64 indirect(Choices &c, ref::Flow flow);
	u32 idal(Choices &c, ref::Flow flow, u32 count);
	u32 midal(Choices &c, ref::Flow flow, u32 count);

private:
	u32 room(Choices &c, u32 bytes, u32 align);
	u32 room_in_page(Choices &c, u32 bytes);
};

} // namespace vccw_test
