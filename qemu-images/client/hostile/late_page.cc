// SPDX-License-Identifier: GPL-2.0-only
#include "late_page.hpp"

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../base/error.hpp"

namespace client {

namespace {
constexpr std::uint64_t kPage = 4096;
} // namespace

LatePage::LatePage(std::uint8_t *page) : page_(page), faults_(static_cast<int>(::syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK)))
{
	uffdio_api api{};
	uffdio_register reg{};

	api.api = UFFD_API;
	reg.range.start = reinterpret_cast<std::uintptr_t>(page);
	reg.range.len = kPage;
	reg.mode = UFFDIO_REGISTER_MODE_MISSING;
	if (!faults_.valid() || ::ioctl(faults_.get(), UFFDIO_API, &api) || ::ioctl(faults_.get(), UFFDIO_REGISTER, &reg))
		throw environment_error("no-userfaultfd", failed("taking over a page's faults", errno),
					"the kernel needs CONFIG_USERFAULTFD; run as root");
	take_away();
}

LatePage::~LatePage()
{
	stop_ = true;
	if (server_.joinable())
		server_.join();
}

void LatePage::take_away()
{
	::madvise(page_, kPage, MADV_DONTNEED);
}

bool LatePage::read_touch()
{
	uffd_msg message{};

	return ::read(faults_.get(), &message, sizeof(message)) == sizeof(message) &&
	       message.event == UFFD_EVENT_PAGEFAULT;
}

void LatePage::serve(const std::uint8_t *contents, unsigned ms)
{
	server_ = std::thread([this, contents, ms] {
		while (!stop_) {
			pollfd p{faults_.get(), POLLIN, 0};
			if (::poll(&p, 1, 50) <= 0 || !read_touch())
				continue;
			::usleep(ms * 1000);
			serve_once(contents);
		}
	});
}

void LatePage::serve_once(const std::uint8_t *contents)
{
	uffdio_copy copy{};

	copy.dst = reinterpret_cast<std::uintptr_t>(page_);
	copy.src = reinterpret_cast<std::uintptr_t>(contents);
	copy.len = kPage;
	::ioctl(faults_.get(), UFFDIO_COPY, &copy);
}

void LatePage::wait_for_touch()
{
	pollfd p{faults_.get(), POLLIN, 0};

	if (::poll(&p, 1, -1) <= 0 || !read_touch())
		throw unexpected_error("no-fault", failed("waiting for somebody to touch a page", errno));
}

} // namespace client
