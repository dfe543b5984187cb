// SPDX-License-Identifier: GPL-2.0-only
// Takes an address in guest storage; gives what is there, at most once fetched.  Programs often
// have their arguments and lists right behind them, and those have come with the first CCWs:
//
//	1000  PREFIX  CC       first fetch: 1000 to 107f
//	1008  READ    IDA      read(1010, 64 bytes)   out of the copy
//	1010  (arguments)      read(20000, 64 bytes)  from guest storage
//	1050  (IDAW)
#pragma once

#include "../base/arch.hpp"
#include "../base/port.hpp"

namespace vccw {

class Fetched {
public:
	static constexpr u32 kCcws = 16; // of the first fetch, at most

private:
	u8 bytes_[kCcws * sizeof(Ccw)];
	u32 from_;
	u32 length_; // 0: nothing yet

public:
	bool any() const { return length_ != 0; }
	void forget() { length_ = 0; }
	// `ccws`: room for kCcws, of which `n` were fetched from `guest`.
	void keep(u32 guest, const Ccw *ccws, u32 n)
	{
		__builtin_memcpy(bytes_, ccws, sizeof(bytes_));
		from_ = guest;
		length_ = n * u32(sizeof(Ccw));
	}
	// False: some of it can't be read.
	bool read(const Port &port, u64 gpa, void *to, u32 len) const VCCW_EXCLUDES(port.sch)
	{
		const u64 at = gpa - from_;

		if (at < length_ && len <= length_ - at) {
			memcpy(to, bytes_ + at, len);
			return true;
		}
		return port.read_guest(gpa, to, len).ok();
	}
};

} // namespace vccw
