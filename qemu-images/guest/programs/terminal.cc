// SPDX-License-Identifier: GPL-2.0-only
// A 3270 to which nobody is connected.
#include "program.hpp"

namespace guest {

void run_terminal(Subchannel &s)
{
	constexpr u8 kWrite = 0x01, kReadModified = 0x06, kInterventionRequired = 0x40;
	__builtin_memset(storage<u8>(kBuffers), 0x40, 16);
	const Chain write = Chain().ccw(kWrite, kSli, 16, kBuffers);
	const Answer a =
		run(s, "WRITE, nobody connected", write.orb(), unit_check_at(write.first()));
	say("   sense data: ", Bytes{reinterpret_cast<const u8 *>(a.irb.ecw), 8});
	check("intervention required", a.irb.ecw[0] >> 24, kInterventionRequired, 2);
	const Chain read = Chain().ccw(kReadModified, kSli, 16, kBuffers);
	run(s, "READ MODIFIED, nobody connected", read.orb(), {read.next(), 16});
	const Chain id = Chain().ccw(kSenseId, kSli, 4, kBuffers); // takes the count back to 0
	run(s, "SENSE ID", id.orb(), {id.next()});
}

} // namespace guest
