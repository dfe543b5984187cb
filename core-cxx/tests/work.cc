// SPDX-License-Identifier: GPL-2.0-only
#include "work.hpp"

unsigned long vccw_test::work;

extern "C" void __sanitizer_cov_trace_pc();
extern "C" void __sanitizer_cov_trace_pc()
{
	vccw_test::work++;
}
