// SPDX-License-Identifier: GPL-2.0-only
// Rewrites one program's CCWs in place: see translate.hpp.
#pragma once

#include "walk.hpp"

namespace vccw {

class Emitter {
	const Port &port_;
	const vccw_limits &limits_;
	ProgramBody &body_;
	const u32 word1_;          // of the guest's ORB
	const u32 block_;          // bytes that one IDAW covers
	const Directions through_; // can reach any CCW by a TIC
	Pacer pacer_;

public:
	Emitter(const Port &port, const vccw_limits &limits, ProgramBody &body, u32 word1,
		const Walker &walker)
		: port_(port), limits_(limits), body_(body), word1_(word1),
		  block_(walker.any_ida() && two_k(word1) ? kPage / 2 : kPage),
		  through_(walker.through_tics()), pacer_(port)
	{
	}

	Status run();
	bool uses_2k() const { return block_ != kPage; }

private:
	// How the data of one CCW flows.
	struct Flow {
		bool store;    // the channel stores: pin for writing
		bool backward; // addresses descend
		bool skips;    // a skip flag means that nothing is stored
	};

	static constexpr u32 kMidawsPerPage = kPage / sizeof(Midaw);

	static bool two_k(u32 word1)
	{
		return !(word1 & orb::kFormat2Ida) || (word1 & orb::kIda2K);
	}
	bool format2_ida() const { return word1_ & orb::kFormat2Ida; }
	u64 address_end() const { return word1_ & orb::kFormat1 ? kEnd31 : kEnd24; }
	Ccw &at(u32 slot) { return body_.storage.ccws()[slot]; }

	u32 usual(u32 slot, u32 n);
	Status one(u32 slot, u32 guest, Directions carried);
	void tic(u32 slot);
	void bridge(const Segment &segment);
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
