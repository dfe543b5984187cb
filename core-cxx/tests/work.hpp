// SPDX-License-Identifier: GPL-2.0-only
// How much the core does: the basic blocks that it enters, counted by the compiler's
// hook (-fsanitize-coverage=trace-pc).  The same in each run, unlike time.  Work in the
// C library, such as copying, is not in it.
#pragma once

namespace vccw_test {

extern unsigned long work;

template <class Fn> unsigned long work_of(Fn fn)
{
	const unsigned long before = work;

	fn();
	return work - before;
}

} // namespace vccw_test
