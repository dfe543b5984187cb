// SPDX-License-Identifier: GPL-2.0-only
// What a client does when it is woken.
#include "report.hpp"
#include "world.hpp"

namespace explore {
namespace {

u32 get32(const u8 *p)
{
	return u32{p[0]} << 24 | u32{p[1]} << 16 | u32{p[2]} << 8 | p[3];
}

constexpr u32 kIrb = 24; // offset in the I/O region

// A guest that learns of its I/O's end may use its memory for something else.
// Every program of a scenario is started at most once.
void check_given_back(u8 program)
{
	for (const Pin &p : world().pins)
		if (program && p.page == page_of(program))
			fail("P9", "the client reads of program %u's end, and its page is pinned",
			     program);
}

// Status that stands in for lost status is that of the functions which the guest waits
// for, and ends them: pending, and not intermediate.
void check_made_up(u8 owed, u32 word0)
{
	const bool over = owed & 7 ? (word0 >> 12 & 7) == (owed & 7u) && (word0 & 9) == 1
				   : !(word0 >> 12 & 7) && (word0 & 15) == 3;

	if (owed && !over)
		fail("P4", "%#x is over, and the client reads %#x", owed, word0);
}

} // namespace

void read_once()
{
	World &w = world();
	Actor &a = me();
	u8 region[VCCW_IO_REGION_SIZE];
	const bool due = w.ledger.readable();
	const u64 token = vccw_core_read_io(w.core, region);
	const u32 word2 = get32(region + kIrb + 8);
	const u8 tag = w.ledger.resolve(static_cast<u8>(word2));

	if (token) {
		note("read IRB %u", tag);
		if (!a.saw_closed) {
			w.ledger.read(tag, get32(region + kIrb + 4), &a.last_read);
			check_made_up(w.ledger.made(tag), get32(region + kIrb));
			check_given_back(w.ledger.ended(tag));
		}
		w.ledger.acknowledged(tag, w.eventfd);
	} else if (word2) {
		fail("P4", "an IRB that was read before is read again (%#x)", word2);
	} else if (due && w.ledger.readable() && !a.saw_closed) {
		fail("P4", "woken, but there is no new IRB to read");
	}
	vccw_core_ack_io(w.core, token, 0, sizeof(region));
}

void wait_and_read()
{
	World &w = world();

	wait_for(Wait::kEventfd);
	for (u8 &count : w.counts) {
		if (count) {
			count = 0;
			break;
		}
	}
	read_once();
}

// QEMU reads on each wake until there is none left.
void read_reports(bool all)
{
	World &w = world();
	u32 words[2];

	wait_for(Wait::kReportEventfd);
	w.report_count = 0;
	do {
		const u64 token = vccw_core_read_crw(w.core, words);

		if (words[0] && words[0] != ++w.reports_got)
			fail("P12", "channel report %u after %u", words[0], w.reports_got - 1);
		vccw_core_ack_crw(w.core, token);
	} while (words[0] && all);
}

} // namespace explore
