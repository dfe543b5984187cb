// SPDX-License-Identifier: GPL-2.0-only
// A number that one thread changes and others look at whenever they like, for statistics:
// they see it as it was before a change or after it, and in no order with anything else.
#pragma once

#include "types.hpp"

namespace vccw {

class Gauge {
	u32 value_ = 0;

public:
	Gauge() = default;
	Gauge(const Gauge &) = delete;

	u32 read() const { return __atomic_load_n(&value_, __ATOMIC_RELAXED); }

	// Only for the owner of what is measured: two changes at a time lose one, and what it reads
	// is its own, so the compiler may keep it.
	operator u32() const { return value_; }
	Gauge &operator=(u32 value)
	{
		__atomic_store_n(&value_, value, __ATOMIC_RELAXED);
		return *this;
	}
	Gauge &operator+=(u32 n) { return *this = value_ + n; }
	Gauge &operator-=(u32 n) { return *this = value_ - n; }
};

} // namespace vccw
