// SPDX-License-Identifier: GPL-2.0-only
// Why a program is refused: what the log will say of it, once it is known that
// nothing else will do.
//
//	return why.set(VCCW_MSG_LIMIT_CCWS, limits.ccws, address, -VCCW_EINVAL);
#pragma once

#include "../base/port.hpp"

namespace vccw {

struct Refusal {
	bool told = false;
	vccw_msg msg = VCCW_MSGS;
	u64 a = 0, b = 0;

	Status set(vccw_msg what, u64 value_a, u64 value_b, int rc)
	{
		told = true;
		msg = what;
		a = value_a;
		b = value_b;
		return rc;
	}
	void log(const Port &port) const
	{
		if (told)
			port.log(msg, a, b);
	}
};

} // namespace vccw
