// SPDX-License-Identifier: GPL-2.0-only
// First half of translation.  Takes the address of a guest's program; gives the plan of all
// CCWs that the channel can reach, with copies of them in the program's slots.
//
//	1000  READ  CD           slot 0, kCommand
//	1008  TIC 2000           slot 1
//	1010  (whatever)         nothing leads there: not looked at
//	2000  01                 slot 4, kStoreChain: the code is ignored
//
// A CCW that every channel answers with a program check leads nowhere.  Guest storage is
// fetched at most once a word and only the copy is looked at.  There is no recursion:
// ways are followed in the order found, first those on certain ground.  A segment ends
// where it meets a CCW that is planned for already.
//
// The work is so much for a CCW and so much for a segment, whatever their addresses.
#pragma once

#include "../base/pacer.hpp"
#include "program.hpp"
#include "refusal.hpp"

namespace vccw {

class Reach {
	const Port &port_;
	const vccw_limits &limits_;
	ProgramBody &body_;
	Plan &plan_;
	Refusal &why_;
	const bool format1_;
	const bool midaw_;    // the ORB allows them
	const u8 may_be_bad_; // flags of CCWs that are not plain ones in a chain
	const u32 idaw_;      // bytes
	Pacer pacer_;
	u32 slots_ = 0;
	u32 ccws_ = 0;

public:
	Reach(const Port &port, const vccw_limits &limits, ProgramBody &body, u32 word1,
	      Refusal &why)
		: port_(port), limits_(limits), body_(body), plan_(body.plan), why_(why),
		  format1_(word1 & orb::kFormat1), midaw_(word1 & orb::kMidaw),
		  may_be_bad_(ccw::kMida | (word1 & orb::kSuspend ? u8{0} : ccw::kSuspend)),
		  idaw_(word1 & orb::kFormat2Ida ? sizeof(Be64) : sizeof(Be32)), pacer_(port)
	{
	}

	// Plans for the program at guest address `cpa`, on possible ground only if
	// `ground` says so.  -EINVAL: beyond a limit; -ENOMEM.
	Status run(u32 cpa, Ground ground);
	u32 slots() const { return slots_; }

private:
	// The segment that is being found.
	struct Walk {
		Segment s;
		Context context; // of the CCW behind it
		Skips skips;     // whether what comes before that CCW may have it left out
		u32 fetched;     // CCWs behind it that are there already
		u32 mapped;      // CCWs of it that are in the map
		u32 next;        // where the next one in its context begins
		bool over;
	};

	static u32 address_of(const Segment &s, u32 index)
	{
		return s.guest + index * u32(sizeof(Ccw));
	}
	static u32 next_address(const Walk &w) { return address_of(w.s, w.s.count); }
	const Ccw &next_ccw(const Walk &w) const
	{
		return body_.storage.ccws()[w.s.first + w.s.count];
	}
	u64 address_end() const { return format1_ ? kEnd31 : kEnd24; }

	// Whether what has been found so far leads anywhere else.
	bool leads_on() const { return plan_.certain_ways.size() || plan_.possible_ways.size(); }
	Status follow(Vec<Way> &ways);
	Status add_way(const Way &way);
	Status add_tic(const Ccw &tic, u32 guest, Context context, Ground ground);
	Status walk(const Way &way, u32 next);
	Status end(Walk &w);
	Status fetch(Walk &w);
	Status copy(Walk &w, u32 slot, u32 n);
	Status step(Walk &w);
	Status tic(Walk &w, const Ccw &c);
	Status enter(Walk &w, Context context);
	Status join(Walk &w, u32 slot);
	Status part(Walk &w);
	Status land(Walk &w);
	void lead(Walk &w, u32 index, By by, Ground ground, Context context);
	const Ccw *before_misaligned_list(const Ccw *c, const Ccw *end) const;
	bool plain_commands(Walk &w);
	void take(Walk &w, u32 n);
	bool is_executed(const Ccw &c, Context context) const;
	bool may_have_list(const Ccw &c, Context context) const;
	[[nodiscard]] bool map_rest(Walk &w);
	bool has_room(const Segment &segment, u32 n);
	Status no_room(u32 guest);
	Status no_memory(usize bytes);
	static void to_format1(Ccw &c);
};

// An invalid CCW in every position, also inside a data chain: its address is
// beyond 31 bits, its command code invalid.  The count stays: with the program check the
// guest may be shown it as the residual count.
constexpr u32 kInvalidCda = 0x80000000u;
void make_invalid(Ccw &c);

} // namespace vccw
