// SPDX-License-Identifier: GPL-2.0-only
// What a client's session begins and ends with: open and close; and what stops the device
// amidst: reset, and the unmapping of memory in use.
#include "device.hpp"

namespace vccw {

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
	hold_nothing_back(s);
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
	bool running, ended;
	{
		SchLock lk(port_);
		const Shared &s = shared_.at(lk);

		running = s.in_flight && body_.pages.overlaps(gpa, len);
		ended = unprocessed(s);
	}
	if (!running) {
		// Not else: it would count as a run of the work item (see hold_back()).
		if (ended)
			port_.flush_work();
		return;
	}

	const bool stopped = quiesce(Status_of_client::kKept).ok();
	SchLock lk(port_);

	if (stopped)
		static_cast<void>(enable(lk).ok());
	publish(lk);
}

} // namespace vccw
