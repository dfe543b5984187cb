// SPDX-License-Identifier: GPL-2.0-only
// START: from a write of the I/O region to START SUBCHANNEL.
#include "device.hpp"

namespace vccw {
namespace {

constexpr u32 kOwed = scsw::kFctlStart | kDeviceEnd;

// Copies `len` bytes to offset `off` of `region`, but not into [from, to).
void copy_around(u8 *region, u32 off, const u8 *bytes, u32 len, u32 from, u32 to)
{
	const u32 end = off + len;

	if (off < from)
		memcpy(region + off, bytes, min_u32(end, from) - off);
	if (end > to) {
		const u32 start = off > to ? off : to;

		memcpy(region + start, bytes + (start - off), end - start);
	}
}

} // namespace

// Takes the client's bytes.  A published IRB that is not read yet survives: the
// client zeroes irb_area with its next START.  True if a START is asked for,
// whose ORB is in *orb; otherwise *rc is the answer.
bool Device::store_io(u32 off, const u8 *bytes, u32 len, Orb *orb, Status *rc, const Locked &lk)
{
	Shared &s = shared_.at(lk);
	u8 *const region = reinterpret_cast<u8 *>(&s.io);

	if (s.irbs.published())
		copy_around(region, off, bytes, len, kIrbFrom, kIrbTo);
	else
		memcpy(region + off, bytes, len);

	const u32 fctl = scsw::fctl(s.io.scsw.word0);

	s.enabled_by_guest = true;
	// RESUME SUBCHANNEL comes as a START of the suspended program's ORB (QEMU css_do_rsch):
	// what is over by now is not started again.
	if (fctl && (scsw::actl(s.io.scsw.word0) & scsw::kResumePending)) {
		*rc = -VCCW_EBUSY;
	} else if (fctl & scsw::kFctlStart) {
		*orb = s.io.orb;
		return true;
	} else if (fctl) {
		port_.log(VCCW_MSG_NOT_START, s.io.scsw.word0);
		*rc = -VCCW_EOPNOTSUPP;
	}
	s.io.ret_code = u32(rc->rc());
	return false;
}

// What STORE SUBCHANNEL says: no function, and no status pending.  *word0: of its SCSW.
bool Device::nothing_in_progress(u32 *word0, const Locked &lk)
{
	u8 schib[VCCW_SCHIB_SIZE];
	Scsw status;

	if (!port_.store(schib, lk).ok())
		return false;
	memcpy(&status, schib + schib::kScsw, sizeof(status));
	*word0 = status.word0;
	return !scsw::fctl(*word0) && !(scsw::stctl(*word0) & scsw::kStctlPending);
}

// A program is in flight, and a START comes: whether the subchannel is through with it all
// the same, as it would be if its interrupt got lost.  A function in progress or pending
// status says no, and so does a subchannel that is active without a function: CLEAR ends that
// (see irq()), and its interrupt proves it.
bool Device::prove_inactive(const Locked &lk)
{
	u32 word0;

	if (!nothing_in_progress(&word0, lk))
		return false;
	if (!(scsw::actl(word0) & scsw::kSubchannelActive))
		return true;
	static_cast<void>(port_.clear(lk));
	return false;
}

// From here until its own end event the device is in PROCESSING.
Status Device::begin_start(const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const Action action = fire(Event::kStart, lk);

	if (action != Action::kTranslate)
		return answer(action);
	if (s.in_flight && prove_inactive(lk)) {
		s.ended = static_cast<Program &&>(s.in_flight);
		s.irbs.owe_nothing();
	}
	if (s.ended) // the client asks for more without having read of its end
		port_.queue_work(lk);
	if (s.in_flight || unprocessed(s) || !s.irbs.has_room_for(kOwed)) {
		fire(Event::kRefused, lk);
		return -VCCW_EBUSY;
	}
	return kOk;
}

// With cc 0 the program is in flight; otherwise it stays the caller's, and the
// request is not over.
Status Device::issue_start(Program &program, const Locked &lk)
{
	Shared &s = shared_.at(lk);

	if (s.state != State::kProcessing)
		return -VCCW_ENODEV;
	if (!s.irbs.has_room_for(kOwed)) // more status was captured during translation
		return -VCCW_EBUSY;

	Orb orb = program->orb;

	const int cc = port_.start(reinterpret_cast<u8 *>(&orb), lk);

	switch (cc) {
	case 0:
		fire(Event::kStartCc0, lk);
		program.mark_started(lk);
		s.in_flight = static_cast<Program &&>(program);
		s.irbs.owe(kOwed);
		s.stats.starts++;
		hold_nothing_back(s);
		publish(lk);
		return kOk;
	case 1:
	case 2:
		return -VCCW_EBUSY;
	case 3:
		return port_.paths_left(orb::lpm(orb.word1), lk) ? -VCCW_EACCES : -VCCW_ENODEV;
	default: // the instruction itself failed
		return -VCCW_EIO;
	}
}

// What is not done as the ORB says, once a device.
void Device::note_departures(const Orb &orb)
{
	if (!(orb.word1 & orb::kPrefetch) && !said_prefetch_) {
		said_prefetch_ = true;
		port_.log(VCCW_MSG_NO_PREFETCH, orb.word1);
	}
	if ((orb.word1 & orb::kExtension) && !said_extension_) {
		said_extension_ = true;
		port_.log(VCCW_MSG_ORB_EXTENSION, orb.word1);
	}
}

Status Device::start(const Orb &orb)
{
	Program program(body_);

	if (!++body_.number) // 0 is none
		body_.number++;
	note_departures(orb);

	Status status = translate(port_, limits_, orb, body_);

	if (status.ok()) {
		SchLock lk(port_);

		status = issue_start(program, lk);
		if (status.ok()) {
			shared_.at(lk).io.ret_code = 0;
			return kOk;
		}
	}
	// Still in PROCESSING: nobody else can want the body.
	program.release(port_);

	SchLock lk(port_);

	fire(Event::kRefused, lk);
	shared_.at(lk).io.ret_code = u32(status.rc());
	return status;
}

Status Device::write_io(u32 off, const u8 *bytes, u32 len)
{
	Status status = kOk;
	Orb orb;

	if (!len || off > VCCW_IO_REGION_SIZE || len > VCCW_IO_REGION_SIZE - off)
		return -VCCW_EINVAL;

	RequestLock request(port_);
	{
		SchLock lk(port_);

		if (!store_io(off, bytes, len, &orb, &status, lk))
			return status;
		status = begin_start(lk);
		if (!status.ok())
			shared_.at(lk).io.ret_code = u32(status.rc());
	}
	if (status.ok())
		status = start(orb);
	port_.trace(VCCW_TRACE_START, scsw::kFctlStart, u64(status.rc()));
	return status;
}

} // namespace vccw
