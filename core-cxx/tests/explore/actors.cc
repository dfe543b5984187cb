// SPDX-License-Identifier: GPL-2.0-only
// The actors: two clients, the interrupt handler, the work item, cio's events.
#include "host.hpp"
#include "report.hpp"
#include "world.hpp"

namespace explore {
void client_main(int who)
{
	const char *const script = who == kA ? scenario().a : scenario().b;
	Actor &a = me();

	while (const char op = script[a.op]) {
		const bool numbered = op == 'S' || op == 'U';
		const u8 argument = numbered ? static_cast<u8>(script[a.op + 1] - '0') : u8{0};

		request(op, argument);
		if (op != 'L' && op != 'W' && op != 'V')
			a.op = static_cast<u8>(a.op + (numbered ? 2 : 1));
	}
	for (;;)
		wait_for(Wait::kDone);
}

// HALT or CLEAR that the client has not asked for was the host's.  What the device answers
// then says nothing of the client's program: cio gives a driver -EIO for I/O that it breaks
// off itself (ccw_device_kill_io).
static bool is_of_the_host(const Status &s)
{
	return s.over && (s.word0 >> 12 & 3 & ~world().owed);
}

// What the client is to hear of an interrupt.
static bool expect(const Status &s)
{
	World &w = world();

	if (!is_of_the_host(s))
		return w.ledger.captured(s, s.program ? program_at(s.program) + 8 : 0);
	if (w.open)
		lost_for_the_client(s.ends ? s.program : u8{0}, s.later);
	return false;
}

void deliver_interrupt()
{
	World &w = world();
	const Status s = w.channel.test();
	const u8 tag = w.ledger.next();
	u8 irb[VCCW_IRB_SIZE] = {};

	put32(irb, s.word0);
	put32(irb + 4, s.cpa);
	put32(irb + 8, (s.later ? 0x08000000u : 0x0c000000u) | tag);
	const bool host = is_of_the_host(s);
	const bool merged = expect(s);
	note(merged ? "interrupt, joins IRB %u" : "interrupt, IRB %u", merged ? tag - 1 : tag);
	w.in_irq = true;
	w.irq_took = w.irq_silenced = w.irq_dropped = false;
	vccw_core_irq(w.core, irb);
	w.in_irq = false;
	if (w.irq_silenced || !w.irq_took) {
		if (w.open && (w.enabled_by_guest || !s.droppable))
			fail("P4", "an open device throws IRB %u away", tag);
		if (!merged && !host)
			w.ledger.silenced();
	} else if (w.irq_dropped) {
		w.ledger.dropped();
	} else {
		if (s.over && !host)
			w.owed = s.later ? 8 : 0;
		if (s.secondary)
			w.owed &= 7;
	}
	w.irq_took = w.irq_silenced = w.irq_dropped = false;
}

void irq_main(int)
{
	for (;;) {
		wait_for(Wait::kInterrupt);
		world().lock = kIrq;
		deliver_interrupt();
		drop_lock();
	}
}

void run_work()
{
	World &w = world();

	w.queued = false;
	w.running = true;
	w.running_css = w.queued_css;
	w.queued_css = false;
	vccw_core_todo(w.core);
	w.running = w.running_css = false;
}

void work_main(int)
{
	for (;;) {
		wait_for(Wait::kQueued);
		note("work item");
		run_work();
	}
}

void css_main(int)
{
	Actor &a = me();

	while (const char event = scenario().css[a.op]) {
		wait_for(Wait::kReport);
		world().lock = kCss;
		if (event == 'n') {
			note("cio: not operational");
			vccw_core_not_oper(world().core);
		} else if (event == 'v') {
			note("cio: a path is varied off");
			if (world().channel.word0() >> 12 & 4)
				world().channel.halt();
		} else {
			note("cio: channel report %u", world().reports + 1);
			vccw_core_crw(world().core, ++world().reports);
		}
		drop_lock();
		a.op++;
	}
	for (;;)
		wait_for(Wait::kDone);
}

} // namespace explore
