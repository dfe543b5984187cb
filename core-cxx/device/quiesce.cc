// SPDX-License-Identifier: GPL-2.0-only
// Stopping the device, until no program's storage is accessed any more.
#include "device.hpp"

namespace vccw {
namespace {

// How long a close, a reset or an unmap waits for the device; then it is given up.
constexpr u32 kStopMs = 5000;
constexpr u32 kShutMs = 2000; // how long the host does
constexpr u32 kWaitMs = 1000; // of that, for the interrupt of one HALT or CLEAR
constexpr u32 kPauseMs = 20;  // of that, for status that is on its way
constexpr int kLadder = 255;  // steps of cancel/halt/clear
constexpr u32 kSteps = 600;   // also where each step ends at once

} // namespace

// Success says that no program's storage is accessed any more.  -EBUSY: something is in
// progress, or the channel still transfers after status that took the function away (status.cc,
// kInDoubt): MODIFY SUBCHANNEL looks at functions only (ch. 14; QEMU css_do_msch), but cio
// takes no device offline that shows activity (ccw_device_offline).
//
// cio takes status that is in its way, and after the last of its tries is busy all the same
// (cio.c, cio_commit_config).  HALT would then be of a subchannel where nothing is in progress.
Status Device::disable(const Locked &lk)
{
	Status status = port_.disable(lk);
	u32 word0;

	if (!nothing_in_progress(&word0, lk))
		return status;
	if (status.rc() == -VCCW_EBUSY)
		status = port_.disable(lk);
	if (status.ok() && (scsw::actl(word0) & scsw::kSubchannelActive)) {
		status = port_.enable(lk);
		return status.ok() ? Status{-VCCW_EBUSY} : status;
	}
	return status;
}

// One step: cio's CANCEL, HALT, CLEAR, whose counter is in `ladder`.  Where CANCEL finds status
// pending (cc 1; ch. 14), the step is no more than that, as an interrupt is to come (cio.c,
// cio_cancel_halt_clear).  But a program that asks for interrupts may have one pending each
// time.  HALT is executed all the same, and CLEAR with any status.
Status Device::break_off(int &ladder, bool &halted, const Locked &lk)
{
	const int before = ladder;
	const Status status = port_.cancel(&ladder, lk);

	if (status.rc() == -VCCW_EBUSY && ladder == before) {
		static_cast<void>(halted ? port_.clear(lk) : port_.halt(lk));
		halted = true;
	}
	return status;
}

// Until the subchannel is proven inactive and disabled; -EIO after `left` ms, or when the
// host's own stop has left that unproven: the subchannel may be another driver's by now,
// and what it answers proves nothing.  Waits for nothing but the device: HALT and CLEAR
// have their time before the next step is taken.
Status Device::stop(u32 left)
{
	int ladder = kLadder;
	bool halted = false;
	u32 step = 0; // ms that the last one still has

	for (u32 i = 0; i < kSteps && left; i++) {
		u32 wakes;
		{
			SchLock lk(port_);

			if (shared_.at(lk).state == State::kNotOper)
				return kOk;
			if (shared_.at(lk).unproven)
				return -VCCW_EIO;
			wakes = port_.wakes(lk);
			Status status = disable(lk);
			if (status.rc() == -VCCW_EBUSY && !step) {
				status = break_off(ladder, halted, lk);
				step = status.ok() ? kPauseMs : kWaitMs;
			} else if (status.ok()) {
				// Another stop may wait for status that disabling took.
				port_.wake(lk);
				return kOk;
			}
			if (status.rc() == -VCCW_ENODEV) {
				not_oper(lk);
				return kOk;
			}
			if (!status.ok() && status.rc() != -VCCW_EBUSY)
				return status;
		}
		const u32 wait = min_u32(left, step);
		const u32 waited = wait - min_u32(wait, port_.wait_irq(wait, wakes));

		left -= waited;
		step -= waited;
	}
	return -VCCW_EIO;
}

// One bit: of the path that was used last, or of one that there is.  CLEAR forgets it.
u32 Device::last_path(const Locked &lk)
{
	u8 schib[VCCW_SCHIB_SIZE]{};
	u32 bit = 0x80;

	static_cast<void>(port_.store(schib, lk).ok());

	const u32 used = schib[schib::kLastPathUsed];
	const u32 paths = used ? used : schib[schib::kPathsAvailable];

	while (paths && !(paths & bit))
		bit >>= 1;
	return bit;
}

// The client's guest waits for functions that no interrupt of theirs will end any more: the
// program was taken back before it began, the host broke it off, their status went with the
// disabling, or the device is given up.  CLEAR gets its own status, pending alone (PoP "CLEAR
// SUBCHANNEL", ch. 14); START and HALT that of I/O that was broken off: interface-control
// check (ch. 16).  So does device end that was to come after channel end, as secondary status.
//
// The status names a path, as any check that a channel presents does: Linux' DASD driver takes
// the position of that bit as an index (dasd_3990_erp.c, dasd_3990_erp_account_error), which is
// beyond the end of its array where the mask is 0.
//
// `over`: what does not come, of what is owed; device end that is not among it follows by
// itself.  False: nothing of it was owed.
bool Device::end_without_interrupt(u32 over, const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const u32 ended = s.irbs.owed() & over;
	const u32 functions = ended & scsw::kFctlAny;
	const bool later = s.irbs.owed() & ~over & kDeviceEnd;
	u32 stctl = scsw::kStctlPending;
	u32 format = 0;
	Irb irb{};

	if (!ended)
		return false;
	if (!(functions & scsw::kFctlClear)) {
		stctl |= scsw::kStctlAlert | (later ? 0 : scsw::kStctlSecondary) |
			 (functions ? scsw::kStctlPrimary : 0);
		irb.scsw.word2 = scsw::kCstatInterfaceCheck;
		format = scsw::kEswFormat;
		irb.esw[0] = esw::kLastPathValid | last_path(lk) << esw::kLastPathShift;
	}
	irb.scsw.word0 = format | scsw::word0(functions, later ? scsw::kDeviceActive : 0, stctl);

	const Meaning meaning = meaning_of(irb.scsw);

	if (!merge(irb, meaning, lk))
		capture(irb, meaning, lk);
	return true;
}

// The subchannel is inactive, interrupts are off, no other request is inside:
// `left`, which was in flight, and what is queued belongs to this call, once the
// work item is through.
void Device::finish(Status_of_client status, Program &left)
{
	port_.flush_work();
	{
		SchLock lk(port_);
		Shared &s = shared_.at(lk);

		if (status == Status_of_client::kKept)
			end_without_interrupt(kOwedAny, lk);
		if (status == Status_of_client::kDropped)
			s.stats.irbs_cleared += s.irbs.discard();
		s.quiescing = false;
		s.irbs.owe_nothing();
		s.stats.programs_released += left ? 1 : 0;
	}
	if (left)
		left.release(port_);
}

// The channel may go on using the program for ever: so does its storage stay,
// while the client gets its memory back.
void Device::park(Status why, Program &lost)
{
	port_.log(VCCW_MSG_STUCK, u64(-why.rc()));
	if (!lost)
		return;
	parked_ = true;
	lost->pages.abandon(port_);
	lost.forget();
}

Status Device::quiesce(Status_of_client status)
{
	Program left;
	Action action;
	{
		SchLock lk(port_);

		action = fire(Event::kQuiesce, lk);
		shared_.at(lk).quiescing = action != Action::kRetry; // finish() ends it
	}
	if (action == Action::kRetry)
		return answer(action);
	if (action == Action::kStop) {
		const Status stopped = stop(kStopMs);
		{
			SchLock lk(port_);

			// In one hold, so that not-operational can't take it too.
			action = fire(stopped.ok() ? Event::kInactive : Event::kStuck, lk);
			left = static_cast<Program &&>(shared_.at(lk).in_flight);
		}
		if (action == Action::kPark)
			park(stopped, left);
	}
	finish(status, left);
	return action == Action::kPark ? Status{-VCCW_EIO} : kOk;
}

// No request lock: a client's request may hold it for as long as the client likes.  A client
// that stays is told of what an interrupt, CANCEL or the disabling has ended, as cio tells its
// drivers (ccw_device_killing_irq).
void Device::shut()
{
	{
		SchLock lk(port_);

		if (fire(Event::kShutDown, lk) != Action::kStopNow)
			return;
	}
	const Status stopped = stop(kShutMs);
	SchLock lk(port_);
	Shared &s = shared_.at(lk);

	s.unproven = !stopped.ok();
	if (!stopped.ok()) {
		port_.log(VCCW_MSG_STUCK, u64(-stopped.rc()));
		return;
	}
	if (s.state != State::kShut)
		return;
	end_without_interrupt(kOwedAny, lk);
	end_in_flight(lk);
	publish(lk);
}

} // namespace vccw
