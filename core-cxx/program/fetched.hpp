// SPDX-License-Identifier: GPL-2.0-only
// Takes an address in guest storage; gives what is there, in as few calls as can be.  Programs
// often have their arguments and lists right behind them, and those have come with the CCWs;
// lists often lie behind each other, and then one call brings many:
//
//	1000  PREFIX  CC       first fetch: 1000 to 107f
//	1008  READ    CC IDA   read(1010, 64 bytes)   out of that
//	1010  (arguments)      read(20000, 8 bytes)   from guest storage: 20000 to 201ff
//	1050  (IDAW)           read(20008, 8 bytes)   out of that
#pragma once

#include "../base/arch.hpp"
#include "../base/port.hpp"

namespace vccw {

class Fetched {
public:
	static constexpr u32 kCcws = 16; // of the first fetch, at most

private:
	static constexpr u32 kAhead = 512; // bytes

	// A piece of guest storage.
	template <u32 kMost> struct Piece {
		u8 bytes[kMost];
		u32 from;
		u32 length; // 0: nothing yet

		bool has(u64 gpa, u32 len) const
		{
			const u64 at = gpa - from;

			return at < length && len <= length - at;
		}
		const u8 *at(u64 gpa) const { return bytes + (gpa - from); }
	};

	Piece<kCcws * sizeof(Ccw)> first_;
	Piece<kAhead> last_;
	bool short_of_memory_;

public:
	void forget()
	{
		first_.length = last_.length = 0;
		short_of_memory_ = false;
	}
	// Whether something could not be read for want of the host's memory, which says nothing
	// of the guest's.
	bool short_of_memory() const { return short_of_memory_; }
	// From guest storage; false: some of it can't be read.
	bool fetch(const Port &port, u64 gpa, void *to, u32 len) VCCW_EXCLUDES(port.sch)
	{
		const Status status = port.read_guest(gpa, to, len);

		if (status.ok())
			return true;
		short_of_memory_ = short_of_memory_ || status.rc() == -VCCW_ENOMEM;
		return false;
	}
	// `n` CCWs were fetched from `guest`, kCcws at most the first time.
	void keep(u32 guest, const Ccw *ccws, u32 n)
	{
		const u32 length = n * u32(sizeof(Ccw));

		if (!first_.length) {
			memcpy(first_.bytes, ccws, length);
			first_.from = guest;
			first_.length = length;
			return;
		}

		// The end of them: that is behind the program, if any is.
		const u32 kept = min_u32(length, kAhead);

		memcpy(last_.bytes, reinterpret_cast<const u8 *>(ccws) + (length - kept), kept);
		last_.from = guest + (length - kept);
		last_.length = kept;
	}
	// What is at `gpa`, if it was fetched already; null otherwise.
	const u8 *at_hand(u64 gpa, u32 len) const
	{
		if (last_.has(gpa, len))
			return last_.at(gpa);
		return first_.has(gpa, len) ? first_.at(gpa) : nullptr;
	}
	// False: some of it can't be read.
	bool read(const Port &port, u64 gpa, void *to, u32 len) VCCW_EXCLUDES(port.sch)
	{
		const u8 *known = at_hand(gpa, len);

		if (!known) {
			// Within a page, all of which is there or none.
			const u32 ahead = min_u32(kAhead, kPage - (u32(gpa) & (kPage - 1)));

			if (len > ahead || gpa >= kEnd31)
				return fetch(port, gpa, to, len);
			last_.length = 0;
			if (!fetch(port, gpa, last_.bytes, ahead))
				return false;
			last_.from = u32(gpa);
			last_.length = ahead;
			known = last_.bytes;
		}
		memcpy(to, known, len);
		return true;
	}
};

} // namespace vccw
