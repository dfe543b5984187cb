// SPDX-License-Identifier: GPL-2.0-only
// Second half of translation.  Takes the plan and the copies of the guest's CCWs; gives, in
// the same slots, the CCWs that the channel is to run, and their lists:
//
//	in slot 0: READ  CC  4096 bytes at 2800    READ  CC IDA  list at L
//	                                           L: page 2, 800; page 3, 0
//	in slot 1: TIC 1000                        TIC to the slot of 1000
//
// A CCW in two contexts is in two slots, so each has one flow of data.  A page in a list is
// a token until it is pinned.
#pragma once

#include "reach.hpp"

namespace vccw {

class Emitter {
	const Port &port_;
	const vccw_limits &limits_;
	ProgramBody &body_;
	Refusal &why_;
	const u32 word1_; // of the guest's ORB
	const u32 block_; // bytes that one IDAW covers
	Pacer pacer_;

	// A command, with one word of an IDAL for it, that finish_outputs() is to do.
	struct Output {
		u32 slot;
		u32 word_abs;
		Be64 *word;
	};
	static constexpr u32 kMostCopies = 4;
	static constexpr u32 kMostCopied = 256; // bytes
	Output outputs_[kMostCopies];
	u32 outputs_size_ = 0;
	const u32 most_outputs_; // 0: none

public:
	Emitter(const Port &port, const vccw_limits &limits, ProgramBody &body, u32 word1,
		Refusal &why)
		: port_(port), limits_(limits), body_(body), why_(why), word1_(word1),
		  block_(body.plan.any_ida && two_k(word1) ? kPage / 2 : kPage), pacer_(port),
		  most_outputs_(most_copies(word1, body.plan))
	{
	}

	Status run();
	bool uses_2k() const { return block_ != kPage; }

private:
	static constexpr u32 kMidawsPerPage = kPage / sizeof(Midaw);

	static bool two_k(u32 word1)
	{
		return !(word1 & orb::kFormat2Ida) || (word1 & orb::kIda2K);
	}
	bool format2_ida() const { return word1_ & orb::kFormat2Ida; }
	u64 address_end() const { return word1_ & orb::kFormat1 ? kEnd31 : kEnd24; }
	Ccw &at(u32 slot) { return body_.storage.ccws()[slot]; }

	Status segment(const Segment &s);
	u64 word_at_hand(u32 list) const;
	u32 simple_commands(u32 slot, u32 n);
	static u32 most_copies(u32 word1, const Plan &plan);
	u32 copy(u32 first);
	Status pin(const Output &output);
	Status finish_outputs();
	Status command(u32 slot, Context context);
	void tic(u32 slot, Context context);
	void lead_on(const Segment &segment);
	void without_data(Ccw &c);
	Status zeros(u32 slot);
	Status direct(u32 slot, Flow flow);
	Status indirect(u32 slot, Flow flow);
	Status modified(u32 slot, Flow flow);

	u32 words_for(u64 first, u32 count, bool backward) const;
	bool read_all(u64 list, Be64 *words, u32 n);
	u32 read_words(u64 list, Be64 *words, u32 n);
	bool right_boundary(u64 addr, bool backward) const;
	static bool accepted(const Midaw &m, bool backward, u32 left);
	void point_to(u32 slot, u8 how, const Storage::List &list);
	Status out_of_storage();
	Status out_of_pages(u32 slot);
};

} // namespace vccw
