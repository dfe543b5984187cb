// SPDX-License-Identifier: GPL-2.0-only
// From an interrupt to the client.  What an interrupt means is decided here,
// when it arrives; nothing later looks at the state.
#include "device.hpp"

namespace vccw {
namespace {

// HALT or CLEAR that the client has not asked for is the host's: of a path that is varied
// off, or before memory goes away.  The device may answer it as if all had been done (channel
// end and device end, no check), while a rest of the chain was not.  cio tells no driver the
// status of I/O that it breaks off itself (ccw_device_kill_io: -EIO), and nor do we.
bool is_of_the_host(u32 word0, u32 owed)
{
	return scsw::fctl(word0) & (scsw::kFctlHalt | scsw::kFctlClear) & ~owed;
}

} // namespace

// In the guest's addresses, or none: the CCW address in the SCSW, and the
// failing-storage and secondary-CCW addresses in the ESW.
void Device::hide_host_addresses(Irb &irb, const Program &program)
{
	const u32 erw = irb.esw[1];
	u32 shown = erw & ~(esw::kFailingAddrValid | esw::kFailingAddrFormat);
	u32 secondary = 0;

	irb.scsw.cpa = program ? program->guest_cpa(irb.scsw.cpa) : 0;
	if (program)
		irb.scsw.word0 = program->guest_scsw_word0(irb.scsw.word0);
	if (program && (erw & esw::kSecondaryCcwValid))
		secondary = program->guest_cpa(irb.esw[4]);
	if (!secondary)
		shown &= ~esw::kSecondaryCcwValid;
	irb.esw[1] = shown;
	irb.esw[2] = 0;
	irb.esw[3] = 0;
	irb.esw[4] = secondary;
}

// Binds the interrupt to what it ended and lets the client have it at once; only
// releasing memory has to wait for somebody who may sleep.
//
// The host's subchannel is enabled from open on, the guest's is not: it would not
// become status pending, and a device's unsolicited status would be lost there.
// A guest can't enable it without having stored its SCHIB, so up to the client's
// first request for that, or for a function, status is dropped here as well.
// Principles of Operation, "I/O Instructions", enabled bit of the PMCW.
void Device::irq(const Irb &irb, const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const u32 word0 = irb.scsw.word0;
	const Meaning meaning = meaning_of(irb.scsw);

	if (fire(Event::kIrq, lk) != Action::kCapture) {
		// What was given up may go on asking for interrupts.
		if (port_.disable(lk).rc() == -VCCW_EBUSY)
			static_cast<void>(port_.clear(lk));
		return;
	}

	if (!s.enabled_by_guest) {
		s.stats.irbs_early++;
		return;
	}

	const bool ends = meaning.storage == ProgramStorage::kFree && s.in_flight.started();

	port_.trace(VCCW_TRACE_IRQ, u64{word0} << 32 | u32(irb.scsw.word2),
		    ends ? s.in_flight->number : 0);
	s.stats.interrupts++;
	const bool in_doubt = meaning.storage == ProgramStorage::kInDoubt && s.in_flight;

	if (meaning.functions == Functions::kOver && is_of_the_host(word0, s.irbs.owed())) {
		// In doubt, nothing is told yet: the interrupt of the CLEAR below does that.
		s.stats.irbs_cleared +=
			in_doubt || !end_without_interrupt(meaning.settled, lk) ? 1 : 0;
	} else if (!merge(irb, meaning, lk)) {
		capture(irb, meaning, lk);
	}
	if (ends) {
		s.ended = static_cast<Program &&>(s.in_flight);
		port_.queue_work_later(lk);
	}
	if (in_doubt)
		static_cast<void>(port_.clear(lk)); // its interrupt is the proof
	publish(lk);
	// What is in progress goes on after other status, of which there may be any number.
	if (meaning.functions == Functions::kOver && (s.quiescing || s.state == State::kShut))
		port_.wake(lk);
}

// Device end that comes while its channel end is not readable yet becomes one status with
// it, as at a subchannel whose status was not yet taken.
bool Device::merge(const Irb &irb, const Meaning &meaning, const Locked &lk)
{
	Shared &s = shared_.at(lk);
	Irb *const primary =
		is_secondary_alone(irb.scsw.word0) ? s.irbs.newest_unpublished() : nullptr;

	if (!primary || !waits_for_secondary(primary->scsw.word0))
		return false;

	Irb secondary = irb;

	hide_host_addresses(secondary, Program());
	add_secondary(*primary, secondary);
	s.irbs.settle(meaning.settled);
	s.stats.irbs_merged++;
	return true;
}

void Device::capture(const Irb &irb, const Meaning &meaning, const Locked &lk)
{
	Shared &s = shared_.at(lk);
	Irb *const entry = s.irbs.capture(meaning.settled);
	const u32 word0 = irb.scsw.word0;

	if (entry) {
		*entry = irb;
		hide_host_addresses(*entry, s.in_flight);
		return;
	}
	if (meaning.functions == Functions::kOver && s.in_flight) // its place was reserved
		port_.log(VCCW_MSG_BROKEN_RULE, word0);
	port_.log(VCCW_MSG_IRB_DROPPED, word0, ++s.stats.irbs_dropped);
}

// QEMU has one SCSW a subchannel, and overwrites it with what it reads (hw/vfio/ccw.c): by the
// next IRB the guest has to have taken the last one, of which nothing tells.  Where both are
// of one matter, as channel end and device end, little is lost.  Where they are not, an end
// would be: a terminal's attention behind the end of its write.  The next one waits then, 20 to
// 40 ms, for the second run of the work item since the read, or until the guest asks for more:
// QEMU passes on neither START nor HALT before its guest has taken the status (css_do_ssch,
// css_do_hsch: cc 1).
bool Device::hold_back(u32 next, const Locked &lk)
{
	Shared &s = shared_.at(lk);

	if (s.held_back || s.just_read == Matter::kNone || s.just_read == matter_of(next))
		return s.held_back;
	s.held_back = true;
	port_.put_work_off(lk);
	return true;
}

// Puts the oldest IRB into the I/O region if there is none, and tells the
// client; under one hold of the lock, so that an eventfd that is being replaced
// neither misses it nor hears of it twice.
void Device::publish(const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const u32 next = s.irbs.next();

	if (!next || s.quiescing || hold_back(next, lk))
		return;

	const Irb *const irb = s.irbs.publish();

	memcpy(s.io.irb, irb, sizeof(*irb));
	s.stats.irbs_published++;
	s.irb_number++;
	s.signalled = s.present[VCCW_TRIGGER_IO];
	port_.trace(VCCW_TRACE_PUBLISH, s.irb_number, irb->scsw.cpa);
	if (s.signalled)
		port_.signal(VCCW_TRIGGER_IO);
}

} // namespace vccw
