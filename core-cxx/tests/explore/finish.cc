// SPDX-License-Identifier: GPL-2.0-only
// What must hold when nothing can move any more; then the device is used once
// more, closed and destroyed.
#include "report.hpp"
#include "world.hpp"

namespace explore {
namespace {

void check_actors()
{
	static const char *const waits[] = {"-",
					    "the lock",
					    "the request lock",
					    "the life lock",
					    "the work item",
					    "a wake-up",
					    "-",
					    "-",
					    "-",
					    "-",
					    "-",
					    "-"};

	for (int i = kA; i <= kB; i++) {
		const Wait wait = world().actors[i].wait;

		if (wait != Wait::kDone && wait != Wait::kEventfd && wait != Wait::kReportEventfd)
			fail("P11", "deadlock: client %c waits for %s for ever", "AB"[i],
			     waits[int(wait)]);
	}
	if (world().lock != kNobody || world().request != kNobody || world().life != kNobody)
		fail("P11", "a lock is left held");
}

void check_pins()
{
	for (const Pin &p : world().pins)
		if (p.page && !world().channel.uses())
			fail("P2", "page %#llx stays pinned, but no program runs", p.page);
}

void drain()
{
	World &w = world();

	me().saw_closed = false;
	while (w.ledger.readable()) {
		u8 woken = 0;

		for (u8 &count : w.counts) {
			woken |= count;
			count = 0;
		}
		if (w.eventfd && !woken)
			fail("P4", "an IRB is readable, but the client is not woken");
		read_once();
		while (w.queued)
			run_work();
	}
	w.ledger.check_all_read(w.channel.gone());
	if (w.reports_got != w.reports && scenario().css[0] == 'c')
		fail("P12", "%u of %u channel reports reached the client", w.reports_got,
		     w.reports);
}

void wind_up()
{
	World &w = world();

	check_actors();
	check_pins();
	w.ledger.check_told(w.eventfd);
	if (w.open && (w.owed & 7) && w.channel.quiet() && !w.channel.gone())
		fail("P4", "functions %u are over, and the client never learns of it", w.owed);
	drain();
	if (w.open && w.channel.quiet() && !w.channel.gone() && !w.shut) {
		w.left.start_cc3 = 0;
		if (request('S', 4))
			fail("P3", "the device is idle, but a START is refused");
	}
	w.left.stuck = false;
	request('Q', 0);
	vccw_core_destroy(w.core);
	for (const Span &s : w.heap)
		if (s.bytes && !scenario().budget.stuck)
			fail("P11", "%u bytes of memory are left", s.bytes);
	for (const Span &s : w.dma)
		if (s.bytes && !scenario().budget.stuck)
			fail("P11", "%u bytes below 2 GiB are left", s.bytes);
}

} // namespace

bool finish()
{
	return attempt(wind_up);
}

} // namespace explore
