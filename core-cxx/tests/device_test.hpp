// SPDX-License-Identifier: GPL-2.0-only
// What the tests of a device's requests and interrupts share.
#pragma once

#include "fake_port.hpp"

namespace vccw_test {

constexpr u32 kProgram = 0x10000;
constexpr u32 kOther = 0x10100;

// START with its interrupt still to come.
inline void start_ok(Bench &b, u32 cpa = kProgram)
{
	b.simple(cpa);
	ASSERT_EQ(b.start(cpa), 0);
}

// ... and whoever stops it next takes it back by CANCEL: no interrupt will come.
inline void start_and_cancel(Bench &b)
{
	start_ok(b);
	b.port.disable_rc = {-VCCW_EBUSY, 0};
	b.port.cancel_rc = {0};
}

} // namespace vccw_test
