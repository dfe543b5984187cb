// SPDX-License-Identifier: GPL-2.0-only
#include "nth.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

#include "../base/error.hpp"
#include "../base/fd.hpp"

namespace client {

namespace {
constexpr unsigned kMost = 2000; // allocations of one operation
constexpr const char *kFile = "/proc/thread-self/fail-nth";
} // namespace

bool can_fail_allocations()
{
	const std::string slab = "/sys/kernel/debug/failslab/",
			  page = "/sys/kernel/debug/fail_page_alloc/";

	if (::access(kFile, W_OK) || ::access(slab.c_str(), F_OK) || ::access(page.c_str(), F_OK))
		return false;
	bool ok = true;
	for (const auto &folder : {slab, page}) {
		ok = ok && !write_text(folder + "ignore-gfp-wait", "N");
		ok = ok && !write_text(folder + "verbose", "0");
	}
	// User copies fail too, if that is there; no kind tells of each in the log.
	write_text("/sys/kernel/debug/fail_usercopy/verbose", "0");
	write_text("/sys/kernel/debug/fail_futex/verbose", "0");
	return ok && !write_text(page + "ignore-gfp-highmem", "N") &&
	       !write_text(page + "min-order", "0");
}

FailNth::FailNth(unsigned n) : fd_(::open(kFile, O_RDWR | O_CLOEXEC))
{
	const std::string text = std::to_string(n);

	if (fd_ < 0 || ::pwrite(fd_, text.data(), text.size(), 0) < 0)
		throw environment_error("no-fail-nth",
					failed("writing " + std::string(kFile), errno),
					"the kernel needs CONFIG_FAULT_INJECTION");
}

// The file tells how many are left to go; 0: it has happened.
bool FailNth::stop()
{
	char text[16] = "";

	if (fd_ >= 0) {
		const ssize_t n = ::pread(fd_, text, sizeof(text) - 1, 0);
		failed_ = n > 0 && std::atoi(text) == 0;
		if (::pwrite(fd_, "0", 1, 0) < 0)
			failed_ = false;
		::close(fd_);
		fd_ = -1;
	}
	return failed_;
}

Sweep sweep(const std::function<void()> &before, const std::function<int()> &once,
	    const std::function<std::string(int, bool)> &after)
{
	Sweep s;

	for (unsigned n = 1; n <= kMost; n++) {
		before();
		FailNth fail(n);
		const int result = once();
		const bool failed = fail.stop();
		s.wrong = after(result, failed);
		if (!s.wrong.empty()) {
			s.wrong = "allocation " + std::to_string(n) + ": " + s.wrong;
			return s;
		}
		if (!failed)
			return s;
		s.points++;
		s.errors += result ? 1 : 0;
	}
	s.wrong = "more than " + std::to_string(kMost) + " allocations fail";
	return s;
}

} // namespace client
