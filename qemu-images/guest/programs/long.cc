// SPDX-License-Identifier: GPL-2.0-only
// Many STARTs in a row: each one's interrupt comes, with its own answer.
#include "program.hpp"

namespace guest {

void run_long(Subchannel &s)
{
	const unsigned before = tally.failures, empty = s.empty_interrupts();
	auto *id = storage<u8>(kBuffers);
	for (unsigned i = 0; i < options.rounds; i++) {
		const auto count = static_cast<u16>(4 + i % 4);
		const Chain c = Chain(kPrograms + i % 256 * 8).ccw(kSenseId, kSli, count, kBuffers);
		__builtin_memset(id, 0xee, 9);
		const Orb orb = c.orb();
		const Answer a = s.run(orb);
		judge(s, a, orb, {c.next()});
		check_id("its data", kBuffers, count);
		check("nothing behind it", id[count], 0xee, 2);
		if (tally.failures != before) {
			say("   WRONG in round ", i);
			break;
		}
	}
	IoInterrupt left;
	check("no interrupt is left", take_io(left), false, 1);
	tally.programs += options.rounds;
	say("   ", options.rounds, " programs in a row, ", s.empty_interrupts() - empty,
	    " interrupts without status");
}

} // namespace guest
