// SPDX-License-Identifier: GPL-2.0-only
// HALT and CLEAR.  Neither releases a program: the channel may use its storage
// until the interrupt for the function.
#include "device.hpp"

namespace vccw {
namespace {

// linux/vfio_ccw.h: VFIO_CCW_ASYNC_CMD_*
constexpr u32 kCommandHalt = 1;
constexpr u32 kCommandClear = 2;

constexpr u32 kOwedByHalt = scsw::kFctlHalt | kDeviceEnd;

} // namespace

Status Device::halt(const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const Action action = fire(Event::kHalt, lk);

	if (action != Action::kIssue)
		return answer(action);
	// Status pending, and not intermediate alone: cc 1 (ch. 14, HALT SUBCHANNEL).  The guest
	// has not seen it; HALT's own status would come to its next request.  An attention says
	// nothing of what the guest wants to end, and QEMU before 6.2 takes a HALT that is busy
	// for one that was accepted (hw/vfio/ccw.c, vfio_ccw_handle_halt).
	if (s.irbs.has_end() || !s.irbs.has_room_for(kOwedByHalt)) {
		fire(Event::kRefused, lk);
		// QEMU asks only when its guest has taken what was read before: what waits is due.
		hold_nothing_back(s);
		publish(lk);
		return -VCCW_EBUSY;
	}
	switch (port_.halt(lk)) {
	case 0:
		fire(Event::kHaltCc0, lk);
		s.irbs.owe(kOwedByHalt);
		hold_nothing_back(s);
		publish(lk);
		return kOk;
	case 3:
		fire(Event::kRefused, lk);
		return -VCCW_ENODEV;
	default:
		fire(Event::kRefused, lk);
		return -VCCW_EBUSY;
	}
}

// CLEAR also clears status at the subchannel, so what was captured before and
// is not readable yet is void.
Status Device::clear(const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const Action action = fire(Event::kClear, lk);

	if (action != Action::kIssue)
		return answer(action);
	if (port_.clear(lk)) {
		fire(Event::kRefused, lk);
		return -VCCW_ENODEV;
	}
	fire(Event::kClearCc0, lk);
	s.stats.irbs_cleared += s.irbs.discard();
	hold_nothing_back(s);
	s.irbs.owe(scsw::kFctlClear);
	return kOk;
}

Status Device::write_async(u32 off, const u8 *bytes, u32 len)
{
	if (!len || off > VCCW_ASYNC_REGION_SIZE || len > VCCW_ASYNC_REGION_SIZE - off)
		return -VCCW_EINVAL;

	RequestLock request(port_);
	SchLock lk(port_);
	Shared &s = shared_.at(lk);
	Status status = -VCCW_EINVAL;

	s.enabled_by_guest = true;
	memcpy(reinterpret_cast<u8 *>(&s.async) + off, bytes, len);
	if (s.async.command == kCommandHalt)
		status = halt(lk);
	else if (s.async.command == kCommandClear)
		status = clear(lk);
	else
		port_.log(VCCW_MSG_BAD_COMMAND, s.async.command);
	s.async.ret_code = u32(status.rc());
	port_.trace(VCCW_TRACE_ASYNC, s.async.command, u64(status.rc()));
	return status;
}

void Device::read_async(AsyncRegion &out)
{
	SchLock lk(port_);

	out = shared_.at(lk).async;
}

} // namespace vccw
