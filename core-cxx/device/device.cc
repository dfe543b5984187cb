// SPDX-License-Identifier: GPL-2.0-only
#include "device.hpp"

namespace vccw {

// The one place that changes the state.
Action Device::fire(Event event, const Locked &lk)
{
	Shared &s = shared_.at(lk);
	const Cell &c = cell(s.state, event);

	port_.trace(VCCW_TRACE_EVENT, u64(s.state), u64(event));
	if (c.action == Action::kBroken)
		port_.log(VCCW_MSG_BROKEN_RULE, u64(s.state), u64(event));
	s.state = c.next;
	return c.action;
}

// What a request that the table turns away answers.
Status Device::answer(Action refusal)
{
	switch (refusal) {
	case Action::kRetry:
		return -VCCW_EAGAIN;
	case Action::kRefuseGone:
		return -VCCW_ENODEV;
	default:
		return -VCCW_EIO;
	}
}

void Device::stats(vccw_stats &out)
{
	SchLock lk(port_);
	Shared &s = shared_.at(lk);

	out = s.stats;
	out.state = u32(s.state);
	out.queued = s.irbs.size();
	out.pages_pinned = body_.pages.pinned();
	out.bytes = sizeof(*this) + body_.bytes();
}

} // namespace vccw
