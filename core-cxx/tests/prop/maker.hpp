// SPDX-License-Identifier: GPL-2.0-only
// The inside of make_program().
#pragma once

#include "lists.hpp"

namespace vccw_test {

constexpr u8 kTic = 0x08;
constexpr u32 kPrograms = 0x10000;

// A CCW to be.
struct Item {
	u8 cmd = 0, flags = 0;
	u16 count = 0;
	u32 addr = 0;
	int run = kNone; // addr is that of CCW `index` there
	u32 index = 0;

	static constexpr int kNone = -1;
	static constexpr int kSame = -2;         // the run that it is in
	static constexpr int kChained = 1 << 16; // the index-th CCW inside a data chain
};

// Makes up the CCWs of a program (groups.cc), then chooses where they lie and
// writes them (program.cc).
class Maker {
	GuestMemory &memory_;
	Choices c_;
	const Style style_;
	Lists lists_;
	std::vector<std::vector<Item>> runs_;
	std::vector<u32> at_;
	bool at_the_end_ = false;
	std::vector<std::pair<u32, u32>> chained_; // CCWs inside data chains

public:
	Maker(GuestMemory &memory, const Plan &plan)
		: memory_(memory), c_(plan.seed), style_(c_), lists_(memory, style_)
	{
		for (const auto &groups : plan.runs) {
			runs_.emplace_back();
			for (const u32 seed : groups) {
				Choices c(seed);
				group(c);
			}
			end_run(groups.empty() ? 0 : groups.back());
		}
		if (runs_.empty())
			runs_.push_back({{0x02, 0, 8, Lists::kData, -1, 0}});
		for (const auto &run : runs_)
			place(u32(run.size()));
	}
	Program write();

private:
	std::vector<Item> &run() { return runs_.back(); }
	ref::Flow flow_of(u8 cmd) const
	{
		return cmd == 3           ? ref::Flow::kNop
		       : (cmd & 15) == 12 ? ref::Flow::kBackward
		       : cmd & 1          ? ref::Flow::kFetch
					  : ref::Flow::kStore;
	}
	u8 command(Choices &c) const;
	void data(Choices &c, u8 cmd, ref::Flow flow, u8 flags);
	void chain(Choices &c, u8 head, u8 last_flags);
	void tic(Choices &c);
	void group(Choices &c);
	void odd(Choices &c);
	void end_run(u32 seed);
	void place(u32 length);
};

} // namespace vccw_test
