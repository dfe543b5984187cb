// SPDX-License-Identifier: GPL-2.0-only
// The same for libFuzzer.
#include "harness.hpp"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	const std::string fault = vccw_test::fuzz_one(data, size);

	if (!fault.empty()) {
		std::fprintf(stderr, "FAULT: %s\n", fault.c_str());
		std::abort();
	}
	return 0;
}
