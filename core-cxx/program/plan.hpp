// SPDX-License-Identifier: GPL-2.0-only
// What the channel can reach of a guest's program: the result of reach.hpp, and all that
// emit.hpp knows of the program.
//
// A segment is a run of CCWs that are neighbours both in guest storage and in our slots.
// A CCW that is reached in two contexts is in two segments.  Behind each segment are two
// slots of its own; `behind` says which CCWs the channel may look for there, and in which
// context: a TIC leads on to them.  So neither chaining nor status modifier (which
// leaves out one CCW) leads from a segment into anything else:
//
//	guest                        slots
//	1000  SEARCH ID   CC         0  SEARCH ID  CC    segment 1000, certain
//	1008  TIC 1000               1  TIC to slot 0
//	1010  READ        CC         2  READ       CC    found
//	1018  TIC 2000               3  TIC to slot 6
//	                             4  invalid          behind[0]: nothing leads here
//	                             5  invalid          behind[1]
//	2000  WRITE                  6  WRITE            segment 2000, certain
//	                             7  invalid
//	                             8  invalid
//
// Ground is certain where the program leads if each device answers as such devices do; a
// search ends with and without status modifier if a TIC behind it provides for both.  It is
// possible where status modifier leads that the program does not provide for, or
// whose command may be another one (Skips::kPerhaps), and where a TIC leads that a TIC
// leads to.  What is there may not be CCWs.  Certain segments come first.
#pragma once

#include "../base/vec.hpp"
#include "ccw_map.hpp"

namespace vccw {

enum class Ground : u8 { kCertain, kPossible };

// How the channel came to a CCW.
enum class By : u8 {
	kStart,
	kTic,
	kChaining,       // from the CCW before it
	kStatusModifier, // from the CCW before that one
};

struct Segment {
	struct Behind {
		bool used;
		By by;
		Ground ground;
		Context context;
	};

	u32 guest; // address of the first CCW
	u32 first; // slot of the first CCW
	u32 count;
	u32 from; // address of the CCW that led here first; its own at the start
	By by;    // how
	Ground ground;
	Context context; // of the first CCW
	Behind behind[2];
};

// A way to a CCW.
struct Way {
	u32 guest; // address of the CCW
	u32 from;  // of the one that leads there
	By by;
	Ground ground;
	Context context;
};

struct Plan {
	static constexpr u32 kBaseSegments = 16;
	static constexpr u32 kBaseWays = 8;

	DeviceClass device = DeviceClass::kUnknown; // stays the same for all programs
	Vec<Segment> segments;
	CcwMap map;            // of the segments' CCWs in their contexts
	Vec<Way> certain_ways; // while planning: those to be followed
	Vec<Way> possible_ways;
	bool any_ida = false; // some CCW uses indirect data addressing
	bool any_possible = false;
	bool any_behind = false; // something leads behind some segment

	[[nodiscard]] bool init(const Port &port)
	{
		return segments.reserve(port, kBaseSegments) && map.init(port) &&
		       certain_ways.reserve(port, kBaseWays) &&
		       possible_ways.reserve(port, kBaseWays);
	}
	void destroy(const Port &port)
	{
		segments.destroy(port);
		map.destroy(port);
		certain_ways.destroy(port);
		possible_ways.destroy(port);
	}
	void release(const Port &port)
	{
		segments.settle(port, kBaseSegments);
		map.release(port);
		certain_ways.settle(port, kBaseWays);
		possible_ways.settle(port, kBaseWays);
		any_ida = any_possible = any_behind = false;
	}

	// The run and the slot of the CCW at `guest` in `context`; null: not part of the plan.
	// A run without CCWs is one where nothing could be fetched.
	const CcwRun *find(u32 guest, Context context, u32 *slot) const
	{
		const CcwRun *const run = map.find(guest, context).run;

		if (run)
			*slot = run->slot + run->index_of(guest);
		return run;
	}

	static constexpr u32 kBehind = 2;
	static u32 end_of(const Segment &s) { return s.first + s.count + kBehind; }
	u32 slots() const { return segments.size() ? end_of(segments[segments.size() - 1]) : 0; }
	usize bytes() const
	{
		return segments.bytes() + map.bytes() + certain_ways.bytes() +
		       possible_ways.bytes();
	}
};

} // namespace vccw
