// SPDX-License-Identifier: GPL-2.0-only
// From an interrupt to the client.  What an interrupt means is decided here,
// when it arrives; nothing later looks at the state.
#include "device.hpp"

namespace vccw {
namespace {

// SCSW activity control.
constexpr u32 kResumePending = 0x40;
constexpr u32 kStartPending = 0x20;
constexpr u32 kHaltPending = 0x10;
constexpr u32 kClearPending = 0x08;
constexpr u32 kSubchannelActive = 0x04;
constexpr u32 kDeviceActive = 0x02;
constexpr u32 kSuspended = 0x01;
constexpr u32 kAllFunctions = scsw::kFctlStart | scsw::kFctlHalt | scsw::kFctlClear;

} // namespace

// The functions that are over with an interrupt that has SCSW word 0: no storage
// is accessed for them any more, and no further interrupt comes for them.
// Suspended is not over, unless it was halted or cleared.  HALT ends a START
// with it, CLEAR everything.  When channel end and device end come apart, the
// second one names no function any more, as TEST SUBCHANNEL of the first took it.
// Principles of Operation, "Subchannel-Status Word", function, activity and
// status control; "TEST SUBCHANNEL".
u32 Device::functions_over(u32 word0)
{
	const u32 fctl = scsw::fctl(word0);
	const u32 actl = scsw::actl(word0);
	const u32 stctl = scsw::stctl(word0);
	constexpr u32 active = kSubchannelActive | kDeviceActive;
	constexpr u32 started = kResumePending | kStartPending | active | kSuspended;

	if (!(stctl & scsw::kStctlPending))
		return 0;
	if (fctl & scsw::kFctlClear)
		return actl & kClearPending ? 0 : kAllFunctions;
	if (fctl & scsw::kFctlHalt)
		return actl & (kHaltPending | active) ? 0 : scsw::kFctlHalt | scsw::kFctlStart;
	if (!fctl && !(stctl & (scsw::kStctlPrimary | scsw::kStctlSecondary)))
		return 0;
	return actl & started ? 0 : scsw::kFctlStart;
}

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
	const u32 over = functions_over(word0);

	if (fire(Event::kIrq, lk) != Action::kCapture) {
		static_cast<void>(port_.disable(lk).ok());
		return;
	}

	if (!s.noticed) {
		s.stats.irbs_early++;
		return;
	}

	const bool ends = over && s.in_flight.started();
	Irb *const entry = s.irbs.capture(over);

	port_.trace(VCCW_TRACE_IRQ, u64{word0} << 32 | u32(irb.scsw.word2),
		    ends ? s.in_flight->number : 0);
	s.stats.interrupts++;
	if (entry) {
		*entry = irb;
		hide_host_addresses(*entry, s.in_flight);
	} else {
		if (ends) // its place was reserved
			port_.log(VCCW_MSG_BROKEN_RULE, word0);
		port_.log(VCCW_MSG_IRB_DROPPED, word0, ++s.stats.irbs_dropped);
	}
	if (ends) {
		s.ended = static_cast<Program &&>(s.in_flight);
		port_.queue_work_later(lk);
	}
	publish(lk);
	if (s.held)
		port_.wake(lk);
}

// Puts the oldest IRB into the I/O region if there is none, and tells the
// client; under one hold of the lock, so that an eventfd that is being replaced
// neither misses it nor hears of it twice.
void Device::publish(const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const Irb *const irb = s.held ? nullptr : s.irbs.publish();

	if (!irb)
		return;
	memcpy(s.io.irb, irb, sizeof(*irb));
	s.stats.irbs_published++;
	s.irb_number++;
	s.told = s.present[VCCW_TRIGGER_IO];
	port_.trace(VCCW_TRACE_PUBLISH, s.irb_number, irb->scsw.cpa);
	if (s.told)
		port_.signal(VCCW_TRIGGER_IO);
}

} // namespace vccw
