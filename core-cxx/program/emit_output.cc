// SPDX-License-Identifier: GPL-2.0-only
// Takes the commands whose data is little and only goes to the device; gives them a copy of
// it in the program's storage, or a word with their page:
//
//	PREFIX  64 bytes at 1010, and nothing else on page 1     PREFIX  64 bytes at C
//	                                                         C: a copy of 1010
//
// A channel may fetch such data as early as that, if the ORB allows prefetching (P; Principles
// of Operation, "Operation-Request Block").  What else could tell the difference keeps the
// program from it: storage keys, suspension, and a CCW that stores on the same page; the
// order of the two is the channel's then.
#include "emit.hpp"

namespace vccw {

// How many outputs copy() may be asked for.
u32 Emitter::most_copies(u32 word1, const Plan &plan)
{
	const bool may_prefetch = (word1 & orb::kPrefetch) && !(word1 & orb::kSuspend);
	const bool any_key = !orb::key(word1);

	return may_prefetch && any_key && !plan.any_possible ? kMostCopies : 0;
}

// Copies the data of as many outputs, from the one at `first` on, as one fetch can serve;
// returns how many, 0 where it must be pinned.
u32 Emitter::copy(u32 first)
{
	u32 low = at(outputs_[first].slot).cda;
	u32 end = low + at(outputs_[first].slot).count;
	u32 n = 1;

	if (body_.pages.has(low))
		return 0;
	for (; first + n < outputs_size_; n++) {
		const Ccw &c = at(outputs_[first + n].slot);
		const u32 lower = min_u32(low, c.cda);
		const u32 higher = c.cda + c.count > end ? c.cda + c.count : end;

		if (higher - lower > kMostCopied || (lower & ~(kPage - 1)) + kPage < higher)
			break;
		low = lower;
		end = higher;
	}

	const Storage::List data = body_.storage.data(end - low);

	if (!data.words || !body_.fetched.read(port_, low, data.words, end - low))
		return 0;
	for (u32 i = first; i < first + n; i++) {
		Be32 &address = at(outputs_[i].slot).cda;

		address = data.abs + (address - low);
	}
	return n;
}

Status Emitter::pin(const Output &output)
{
	Ccw &c = at(output.slot);
	const u64 token = body_.pages.token(port_, c.cda, false, limits_.pages);

	if (!token)
		return out_of_pages(output.slot);
	*output.word = token;
	point_to(output.slot, ccw::kIda, {output.word, output.word_abs});
	return kOk;
}

// When all pages that other CCWs use are known.
Status Emitter::finish_outputs()
{
	for (u32 i = 0; i < outputs_size_;) {
		const u32 copied = copy(i);

		if (!copied)
			VCCW_TRY(pin(outputs_[i]));
		i += copied ? copied : 1;
	}
	return kOk;
}

} // namespace vccw
