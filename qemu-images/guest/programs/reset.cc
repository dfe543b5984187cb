// SPDX-License-Identifier: GPL-2.0-only
// A machine that is reset again and again while its device is at work: after it, no
// status of before may come, with an interrupt or without (Principles of Operation,
// "I/O-System Reset").  Lines that start with "# host:" are obeyed by nested/reset.sh.
//
// QEMU 7.2 and 10.0 reset a passed-through device, but not their own subchannel: it is
// still enabled, and status pending if the guest had not taken its status yet.  They drop
// pending interrupts.  So status that comes with an interrupt was read from the host's
// driver after the reset; status without one is what QEMU has kept, and is only counted.
#include "program.hpp"

namespace guest {

namespace {

// In storage that a reset leaves as it is.
struct Ledger {
	u64 magic;
	u32 boots;
	u32 empty; // interrupts of before that no status came with
	u32 kept;  // statuses that QEMU kept
};
constexpr u64 kMagic = 0x6f66206265666f72;

Ledger &ledger()
{
	auto &l = *storage<Ledger>(0x1f0000);
	if (l.magic != kMagic)
		l = {kMagic, 0, 0, 0};
	return l;
}

void nothing_of_before(Subchannel &s, Ledger &l)
{
	IoInterrupt got;
	unsigned came = 0;
	while (wait_io_on_its_way(got))
		came++;
	Schib schib{};
	s.store(schib);
	const Scsw &w = schib.scsw;
	const bool pending = w.control & kPending;
	if (!check("status of before the reset", came && pending, false, 1))
		say("   WRONG: it is SCSW ", hex(w.control, 8), " ", hex(w.cpa, 8), " ",
		    hex(w.status, 8));
	l.empty += came && !pending;
	l.kept += pending && !came;
	if (options.passed_through)
		return;
	check("interrupts of before the reset", came, 0, 1);
	check("enabled", schib.flags & kEnabled, 0, 4);
	check("SCSW word 0", w.control, 0);
}

// What an operating system does with a subchannel that is not as it has to be.
void make_idle(Subchannel &s)
{
	Irb irb;
	s.test(irb);
	check("CLEAR: cc", static_cast<u64>(s.clear()), 0, 1);
	const Answer a = s.wait();
	check("its interrupt came", a.came, true, 1);
	check("function", a.irb.scsw.control & kFunctions, kClear);
	check_quiet(s);
}

void enable(Subchannel &s)
{
	Schib schib{};
	s.store(schib);
	if (schib.flags & kEnabled)
		make_idle(s);
	schib.flags = static_cast<u16>((schib.flags & kDeviceValid) | kEnabled | kIsc << kIscShift);
	schib.chars |= kConcurrentSense;
	check("MODIFY SUBCHANNEL: cc", static_cast<u64>(s.modify(schib)), 0, 1);
}

// Each boot has its own place, so that an address tells whose status it is.
Chain program_of(u32 boot)
{
	return Chain(kPrograms + boot % 1024 * 8).ccw(kSenseId, kSli, 4, kBuffers);
}

bool is_solicited(const Irb &irb)
{
	return irb.scsw.control & kFunctions;
}

// By interrupts, or by TEST SUBCHANNEL alone; status of the device's own may come too.
Irb take(Subchannel &s, bool by_interrupt)
{
	Irb irb;
	IoInterrupt late;
	do {
		if (by_interrupt)
			irb = s.wait().irb;
		else
			while (s.test(irb))
				;
	} while (!is_solicited(irb));
	while (!by_interrupt && take_io(late))
		;
	return irb;
}

void check_end(const Irb &irb, const Chain &c)
{
	check("function", irb.scsw.control & kFunctions, kStart);
	check("CPA", irb.scsw.cpa, c.next());
	check("device status", irb.scsw.dstat(), kGood, 2);
}

// The first program's status is the first one that comes, and the only one.  Its interrupt
// need not be: QEMU's TEST SUBCHANNEL takes a status, but withdraws no interrupt that it
// was announced with, as a channel subsystem does (css_do_tsch_update_subch() in css.c).
void run_first(Subchannel &s, Ledger &l, const Chain &c)
{
	const Orb orb = c.orb();
	Answer a = s.run(orb);
	while (options.passed_through && a.came && a.io.intparm != orb.intparm && wait_io(a.io, kLimit))
		l.empty++;
	check("START: cc", static_cast<u64>(a.cc), 0, 1);
	check("interrupt came", a.came, true, 1);
	check("interruption parameter", a.io.intparm, orb.intparm);
	check_end(a.irb, c);
	check_quiet(s);
}

// One program after the other, until the machine is reset.
void run_on(Subchannel &s, const Chain &c, bool by_interrupt)
{
	const unsigned before = tally.failures;
	Irb irb;
	while (tally.failures == before) {
		const int cc = s.start(c.orb());
		if (cc == 1) { // status of the device's own
			s.test(irb);
			continue;
		}
		check("START: cc", static_cast<u64>(cc), 0, 1);
		check_end(take(s, by_interrupt), c);
	}
}

// A program that stays in flight.
void hold(Subchannel &s, u32 boot)
{
	const Chain c = Chain(program_of(boot).first()).ccw(kSenseId, kSli | kSuspend, 4, kBuffers);
	IoInterrupt got;
	check("START: cc", static_cast<u64>(s.start(c.orb(kOrbSuspend))), 0, 1);
	for (;;)
		wait_io(got, kLimit);
}

// As many statuses as can be on their way to the guest.
void clear_on(Subchannel &s)
{
	while (check("CLEAR: cc", static_cast<u64>(s.clear()), 0, 1))
		;
}

void be_at_work(Subchannel &s, u32 boot)
{
	switch (boot % 4) {
	case 0:
		return hold(s, boot);
	case 1:
		return clear_on(s);
	default:
		return run_on(s, program_of(boot), boot % 4 == 2);
	}
}

} // namespace

unsigned count_start()
{
	return ++ledger().boots;
}

void adopt(Subchannel &s)
{
	nothing_of_before(s, ledger());
	enable(s);
}

void run_reset(Subchannel &s)
{
	Ledger &l = ledger();
	count_start();
	adopt(s);
	run_first(s, l, program_of(l.boots));
	if (!tally.failures && l.boots <= options.rounds) {
		say("# host: reset ", l.boots);
		be_at_work(s, l.boots);
	}
	tally.programs += l.boots;
	say("   ", l.boots - 1, " resets; ", l.empty, " interrupts of before without status; ", l.kept,
	    " statuses that QEMU kept");
}

} // namespace guest
