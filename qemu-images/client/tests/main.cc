// SPDX-License-Identifier: GPL-2.0-only
// What the client decodes and builds, tested on the machine that builds it.
#include <cstdio>

#include "check.hpp"

namespace client::test {

static int passed, failed_checks;

void check(bool ok, const char *what, const char *file, int line)
{
	if (ok) {
		passed++;
		return;
	}
	failed_checks++;
	std::printf("%s:%d: not so: %s\n", file, line, what);
}

std::string usage_of(const std::function<void()> &f)
{
	try {
		f();
	} catch (const Error &e) {
		return e.code() == kUsage ? e.what() : "another error";
	}
	return "";
}

} // namespace client::test

int main()
{
	using namespace client::test;

	test_base();
	test_decode();
	test_devices();
	test_guest();
	test_script();
	test_explain();
	test_vectors();
	test_ledger();
	std::printf("client: %d passed, %d failed\n", passed, failed_checks);
	return failed_checks ? 1 : 0;
}
