// SPDX-License-Identifier: GPL-2.0-only
// Lets others run once in a while: a program as long as its limits allow takes long, and
// a kernel without preemption gives the CPU to nobody else meanwhile.
#pragma once

#include "port.hpp"

namespace vccw {

class Pacer {
	const Port &port_;
	u32 left_ = kUnits;

public:
	static constexpr u32 kUnits = 512; // CCWs, list words or pages

	explicit Pacer(const Port &port) : port_(port) {}
	// Process or work context, no lock; after work on `n` units.
	void spend(u32 n) VCCW_EXCLUDES(port_.sch)
	{
		if (n < left_) {
			left_ -= n;
			return;
		}
		left_ = kUnits;
		port_.relax();
	}
};

} // namespace vccw
