// SPDX-License-Identifier: GPL-2.0-only
// What the client reads, and how it is told that there is something to read.
#include "device.hpp"

namespace vccw {

// Without a published IRB the client reads status that is not pending: a wake of before a
// reset may find the status of after it already read, and must not find it again.
u64 Device::copy_io(IoRegion &out, const Locked &lk)
{
	const Shared &s = shared_.at(lk);

	out = s.io;
	if (s.irbs.published())
		return s.irb_number;
	memset(out.irb, 0, sizeof(out.irb));
	return 0;
}

// Status of a program that is over is given out once its memory is released.
// With the request lock held no other program can run, so what is copied then
// speaks of none that still has memory.
u64 Device::read_io(IoRegion &out)
{
	{
		SchLock lk(port_);

		if (!unprocessed(shared_.at(lk)))
			return copy_io(out, lk);
	}

	RequestLock request(port_);
	Program program;
	bool elsewhere;
	{
		SchLock lk(port_);

		elsewhere = !take_ended(program, lk) && shared_.at(lk).releasing;
	}
	if (elsewhere)
		port_.flush_work();

	const bool taken = bool(program);

	if (taken)
		program.release(port_);

	SchLock lk(port_);

	if (taken)
		ended_released(lk);
	return copy_io(out, lk);
}

void Device::ack_io(u64 token, u32 off, u32 len)
{
	if (!token || off > kIrbFrom || u64{off} + len < kIrbFrom + VCCW_IRB_SIZE)
		return;

	SchLock lk(port_);
	Shared &s = shared_.at(lk);

	if (token != s.irb_number)
		return;
	if (const u32 word0 = s.irbs.acknowledge()) {
		s.just_read = matter_of(word0);
		s.read_lately = true;
	}
	publish(lk);
}

// As STORE SUBCHANNEL, less what is the host's: interruption parameter, CCW
// address, measurement block.
Status Device::read_schib(u8 *schib)
{
	SchLock lk(port_);
	const Program &program = shared_.at(lk).in_flight;
	Scsw scsw;

	shared_.at(lk).enabled_by_guest = true;
	VCCW_TRY(port_.store(schib, lk));
	memset(schib + schib::kIntparm, 0, sizeof(Be32));
	memset(schib + schib::kMeasurementBlock, 0, sizeof(Be64));
	memcpy(&scsw, schib + schib::kScsw, sizeof(scsw));
	scsw.cpa = program ? program->guest_cpa(scsw.cpa) : 0;
	if (program)
		scsw.word0 = program->guest_scsw_word0(scsw.word0);
	memcpy(schib + schib::kScsw, &scsw, sizeof(scsw));
	return kOk;
}

void Device::crw(u32 word, const Locked &lk)
{
	Shared &s = shared_.at(lk);

	// Nobody is there to read it.
	if (!s.has_client)
		return;
	if (!s.crws.push(word))
		port_.log(VCCW_MSG_CRW_DROPPED, word, ++s.stats.crws_dropped);
	tell_crw(lk);
}

void Device::tell_crw(const Locked &lk)
{
	const Shared &s = shared_.at(lk);

	if (!s.crws.empty() && s.present[VCCW_TRIGGER_CRW])
		port_.signal(VCCW_TRIGGER_CRW);
}

u64 Device::read_crw(u32 *crw)
{
	SchLock lk(port_);
	const Shared &s = shared_.at(lk);

	*crw = s.crws.front();
	return s.crws.empty() ? 0 : s.crws.number();
}

void Device::ack_crw(u64 token)
{
	SchLock lk(port_);
	Shared &s = shared_.at(lk);

	if (!token || token != s.crws.number() || s.crws.empty())
		return;
	s.crws.pop();
	tell_crw(lk);
}

// Status that became readable while there was nobody to tell is told now;
// status that was signalled to an earlier eventfd is not told twice.
void Device::trigger(vccw_trigger which, bool present)
{
	SchLock lk(port_);
	Shared &s = shared_.at(lk);

	s.present[which] = present;
	if (!present)
		return;
	if (which == VCCW_TRIGGER_IO && s.irbs.published() && !s.signalled) {
		s.signalled = true;
		port_.signal(VCCW_TRIGGER_IO);
	}
	if (which == VCCW_TRIGGER_CRW)
		tell_crw(lk);
}

} // namespace vccw
