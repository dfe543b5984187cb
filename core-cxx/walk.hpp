// SPDX-License-Identifier: GPL-2.0-only
// First half of translation: finds every CCW that the channel could reach and
// copies it, once, into the program's slots.
//
// Guest storage is fetched at most once per word and only the copy is looked
// at.  There is no recursion: segments are worked off in the order found.
//
// A device that ends a search with status modifier makes the channel leave out
// a CCW, so a segment can go on behind its last CCW.  Where that is so (`open`)
// the continuation is walked last and speculatively: what is there may not be
// CCWs at all, and a limit hit there ends the walk instead of the program.
//
// The work is so much for a CCW and so much for a segment, whatever their addresses.
#pragma once

#include "direction.hpp"
#include "pacer.hpp"
#include "program.hpp"

namespace vccw {

class Walker {
	const Port &port_;
	const vccw_limits &limits_;
	ProgramBody &body_;
	const bool format1_;
	Pacer pacer_;
	u32 slots_ = 0;
	u32 ccws_ = 0;
	u32 noted_ = 0;  // CCWs of the segment at hand that are in the map
	u8 command_ = 0; // in effect at the segment's last CCW
	bool speculative_ = false;
	bool at_limit_ = false; // hit one while speculating
	bool any_ida_ = false;
	bool tic_in_data_chain_ = false;
	Directions chained_ = 0;

public:
	Walker(const Port &port, const vccw_limits &limits, ProgramBody &body, bool format1)
		: port_(port), limits_(limits), body_(body), format1_(format1), pacer_(port)
	{
	}

	// Walks the program at guest address `cpa`.  -EINVAL: beyond a limit.
	Status run(u32 cpa);

	u32 slots() const { return slots_; }
	// Some CCW uses indirect data addressing.
	bool any_ida() const { return any_ida_; }
	// Directions that can reach any CCW by a TIC inside a data chain.
	Directions through_tics() const { return tic_in_data_chain_ ? chained_ : 0; }

private:
	Status walk(u32 guest);
	Status walk_tics(const Segment &segment);
	Status fetch(const Segment &segment, u32 *fetched);
	bool has_room(const Segment &segment, u32 n);
	Status no_room(u32 guest);
	u32 chained_commands(const Segment &segment, u32 fetched);
	bool goes_on(Segment &segment);
	static void to_format1(Ccw &c);
	[[nodiscard]] bool note_fetched(const Segment &segment);
	Status over(vccw_msg limit, u32 value, u32 guest);
	u64 address_end() const { return format1_ ? kEnd31 : kEnd24; }
};

// The slot of the CCW at guest address `guest`; false: not part of the program.
bool find_slot(const ProgramBody &body, u32 guest, u32 *slot);

// An invalid CCW in every position, also inside a data chain: its address is
// beyond 31 bits, its command code invalid, its count zero.
constexpr u32 kInvalidCda = 0x80000000u;
void make_invalid(Ccw &c);

} // namespace vccw
