// SPDX-License-Identifier: GPL-2.0-only
// Releasing the program that an interrupt ended.  Unpinning may sleep, so the
// interrupt only hands the program over, in `ended`.  Whoever comes first takes
// it: the client's read, before it gives out the status (a guest that sees its
// I/O end may count on its pages being its own again), or the work item.
//
// `releasing` is set while that takes place outside of the lock: by the work
// item, or by a request that holds the request lock.
#include "device.hpp"

namespace vccw {

// True if there is one and it is the caller's now.
bool Device::take_ended(Program &program, const Locked &lk)
{
	Shared &s = shared_.at(lk);

	if (!s.ended)
		return false;
	program = static_cast<Program &&>(s.ended);
	s.releasing = true;
	return true;
}

// The channel is through with the program in flight, without an interrupt that said so.
void Device::end_in_flight(const Locked &lk)
{
	Shared &s = shared_.at(lk);

	if (!s.in_flight)
		return;
	s.ended = static_cast<Program &&>(s.in_flight);
	port_.queue_work(lk);
}

// The caller has released what it took.
void Device::ended_released(const Locked &lk)
{
	Shared &s = shared_.at(lk);

	s.releasing = false;
	s.stats.programs_released++;
}

void Device::todo()
{
	Program program;
	{
		SchLock lk(port_);
		Shared &s = shared_.at(lk);

		// This run may have been due before the read: only the next one is late enough.
		if (s.read_lately && !s.quiescing) {
			s.read_lately = false;
			port_.queue_work_later(lk);
		} else {
			hold_nothing_back(s);
		}
		publish(lk);
		if (!take_ended(program, lk))
			return;
	}
	program.release(port_);

	SchLock lk(port_);

	ended_released(lk);
}

} // namespace vccw
