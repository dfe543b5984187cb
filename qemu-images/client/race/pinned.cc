// SPDX-License-Identifier: GPL-2.0-only
#include "pinned.hpp"

#include "../base/error.hpp"
#include "../base/fd.hpp"

namespace client {

static const char *const kWorkerMask = "/sys/devices/virtual/workqueue/cpumask";

Pinned::Pinned() : workers_(read_text(kWorkerMask))
{
	cpu_set_t only;
	sched_param first{};

	CPU_ZERO(&only);
	CPU_SET(0, &only);
	CPU_ZERO(&cpus_);
	::sched_getaffinity(0, sizeof(cpus_), &cpus_);
	if (::sched_setaffinity(0, sizeof(only), &only))
		throw environment_error("not-pinned", failed("moving to CPU 0", errno), "CPU 0 must be online");
	first.sched_priority = 50;
	if (::sched_setscheduler(0, SCHED_FIFO, &first)) {
		const int err = errno;
		::sched_setaffinity(0, sizeof(cpus_), &cpus_);
		throw environment_error("not-pinned", failed("becoming a real-time thread", err), "run as root");
	}
	if (!workers_.empty())
		write_text(kWorkerMask, "1");
}

Pinned::~Pinned()
{
	sched_param usual{};

	::sched_setscheduler(0, SCHED_OTHER, &usual);
	::sched_setaffinity(0, sizeof(cpus_), &cpus_);
	if (!workers_.empty())
		write_text(kWorkerMask, workers_);
}

} // namespace client
