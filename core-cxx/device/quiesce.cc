// SPDX-License-Identifier: GPL-2.0-only
// Opening, and everything that has to stop the device first: close, reset, and
// the client's unmapping of memory in use.
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

Status Device::enable(const Locked &lk)
{
	const Action action = fire(Event::kOpen, lk);

	if (action != Action::kEnable)
		return answer(action);

	const Status status = port_.enable(lk);

	if (status.rc() == -VCCW_ENODEV)
		not_oper(lk);
	fire(status.ok() ? Event::kEnabled : Event::kEnableFailed, lk);
	return status;
}

// A border: nothing from before is readable after it.  The client may have been signalled
// already: it then reads an empty region.
void Device::forget_client(const Locked &lk)
{
	Shared &s = shared_.at(lk);

	s.io = {};
	s.async = {};
	s.stats.irbs_cleared += s.irbs.discard();
	s.irbs.forget();
	s.held_back = false;
	s.crws.forget();
	s.enabled_by_guest = false;
}

// Storage for programs is the client's: charged to it, and there no longer than it is.
bool Device::take_storage()
{
	return parked_ || body_.init(port_);
}

void Device::give_storage_back()
{
	if (!parked_)
		body_.destroy(port_);
}

Status Device::open()
{
	RequestLock request(port_);
	Status opened = -VCCW_ENOMEM;

	if (take_storage()) {
		SchLock lk(port_);

		forget_client(lk);
		opened = enable(lk);
		shared_.at(lk).has_client = opened.ok();
	}
	if (!opened.ok())
		give_storage_back();
	return opened;
}

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

// Until the subchannel is proven inactive and disabled; -EIO after `left` ms, or when the
// host's own stop has left that unproven: the subchannel may be another driver's by now,
// and what it answers proves nothing.  Waits for nothing but the device: HALT and CLEAR
// have their time before the next step is taken.
Status Device::stop(u32 left)
{
	int ladder = kLadder;
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
				status = port_.cancel(&ladder, lk);
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

// The client's guest waits for functions that no interrupt of theirs will end any more: the
// program was taken back before it began, the host broke it off, their status went with the
// disabling, or the device is given up.  CLEAR gets its own status, pending alone (PoP "CLEAR
// SUBCHANNEL", ch. 14); START and HALT that of I/O that was broken off: interface-control
// check (ch. 16).  So does device end that was to come after channel end, as secondary status.
void Device::end_without_interrupt(const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const u32 functions = s.irbs.owed() & scsw::kFctlAny;
	u32 stctl = scsw::kStctlPending;
	Irb irb{};

	if (!s.irbs.owed())
		return;
	if (!(functions & scsw::kFctlClear)) {
		stctl |= scsw::kStctlAlert | scsw::kStctlSecondary |
			 (functions ? scsw::kStctlPrimary : 0);
		irb.scsw.word2 = scsw::kCstatInterfaceCheck;
	}
	irb.scsw.word0 = scsw::word0(functions, 0, stctl);

	const Meaning meaning = meaning_of(irb.scsw.word0);

	if (!merge(irb, meaning, lk))
		capture(irb, meaning, lk);
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
			end_without_interrupt(lk);
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
		shared_.at(lk).quiescing = action == Action::kStop;
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

void Device::close()
{
	RequestLock request(port_);

	static_cast<void>(quiesce(Status_of_client::kDropped).ok());
	{
		SchLock lk(port_);

		shared_.at(lk).has_client = false;
		forget_client(lk);
	}
	give_storage_back();
}

Status Device::reset()
{
	RequestLock request(port_);

	const Status stopped = quiesce(Status_of_client::kDropped);
	SchLock lk(port_);

	if (stopped.rc() == -VCCW_EAGAIN)
		return stopped;
	forget_client(lk);
	return stopped.ok() ? enable(lk) : stopped;
}

// Called before the memory goes away.  A program that has ended but is not
// released yet only needs the work item; one that runs has to be stopped.  The
// status of that reaches the client: its guest waits for the program.
void Device::unmap(u64 gpa, u64 len)
{
	RequestLock request(port_);
	bool running;
	{
		SchLock lk(port_);

		running = shared_.at(lk).in_flight && body_.pages.overlaps(gpa, len);
	}
	if (!running) {
		port_.flush_work();
		return;
	}

	const bool stopped = quiesce(Status_of_client::kKept).ok();
	SchLock lk(port_);

	if (stopped)
		static_cast<void>(enable(lk).ok());
	publish(lk);
}

// No request lock: a client's request may hold it for as long as the client likes.  What
// is in flight stays so, for the close to release.
void Device::shut()
{
	{
		SchLock lk(port_);

		if (fire(Event::kShutDown, lk) != Action::kStopNow)
			return;
	}
	const Status stopped = stop(kShutMs);
	SchLock lk(port_);

	shared_.at(lk).unproven = !stopped.ok();
	if (!stopped.ok())
		port_.log(VCCW_MSG_STUCK, u64(-stopped.rc()));
}

// A subchannel that is gone uses no storage, but releasing may sleep.  Nor has it status
// to come: the client is told that it is gone.
void Device::not_oper(const Locked &lk)
{
	Shared &s = shared_.at(lk);

	if (fire(Event::kGone, lk) != Action::kOrphan) {
		port_.gone(lk);
		return;
	}
	s.unproven = false;
	s.irbs.owe_nothing();
	if (s.in_flight) {
		s.ended = static_cast<Program &&>(s.in_flight);
		port_.queue_work(lk);
	}
	port_.wake(lk);
	port_.gone(lk);
}

// Nothing of it is in progress any more: a subchannel is disabled by its reset only, or by
// this driver, which is at its steps then.  A START may be in translation.
void Device::not_enabled(const Locked &lk)
{
	const Shared &s = shared_.at(lk);

	if (s.state == State::kIdle || (s.state == State::kProcessing && !s.quiescing))
		not_oper(lk);
}

} // namespace vccw
