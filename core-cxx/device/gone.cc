// SPDX-License-Identifier: GPL-2.0-only
// The subchannel is not operational any more, or was disabled by somebody else.
#include "device.hpp"

namespace vccw {

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
	end_in_flight(lk);
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
