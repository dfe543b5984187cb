// SPDX-License-Identifier: GPL-2.0-only
// An unmapping that is done, and whose answer never arrives: vfio writes that to the argument
// (vfio_iommu_type1.c, vfio_iommu_type1_unmap_dma), on a page that is not served by then.
// The thread has no lock, and has not returned to its program.
#include <atomic>
#include <cerrno>
#include <cstring>
#include <linux/vfio.h>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

#include "cases.hpp"
#include "late_page.hpp"
#include "shared.hpp"
#include "threads.hpp"

namespace client {

namespace {

// Fails where it is mapped already.
int map(Shared &s)
{
	return s.backend().map(0, s.memory().at(0, Shared::kMemory), Shared::kMemory, true);
}

// The thread that unmaps; `calls` counts the beginnings and the ends.
void unmap_again_and_again(Shared &s, const Orb &orb, std::uint8_t *argument, std::atomic<unsigned> &calls)
{
	ccw_io_region unread{};

	for (;;) {
		while (s.device(0).start(orb))
			s.device(0).read_io(unread);
		calls++;
		::ioctl(s.backend().address_space(), VFIO_IOMMU_UNMAP_DMA, argument);
		calls++;
		map(s);
	}
}

// Touched first in a call, the page is served, for a while that must end before the call does;
// touched once more in the same call, it is not.  The while is shorter each time.
void wait_for_answer(LatePage &page, const std::uint8_t *contents, const std::atomic<unsigned> &calls)
{
	useconds_t served = 10000;

	for (unsigned last = 0;;) {
		page.wait_for_touch();
		const unsigned call = calls;
		if (call == last)
			return;
		last = call;
		page.serve_once(contents);
		::usleep(served);
		page.take_away();
		served -= served / 32;
	}
}

void late_answer(Context &ctx)
{
	auto *const s = new Shared(ctx.session, 1);
	const std::uint32_t at = s->memory().alloc(4096, 4096);
	const Orb orb = suspended_program(s->memory(), at);
	alignas(4096) static std::uint8_t argument[4096], contents[4096];
	vfio_iommu_type1_dma_unmap unmap{};
	static std::atomic<unsigned> calls{0};

	unmap.argsz = sizeof(unmap);
	unmap.size = Shared::kMemory;
	std::memcpy(contents, &unmap, sizeof(unmap));
	auto *const page = new LatePage(argument);
	std::thread([=] { unmap_again_and_again(*s, orb, argument, calls); }).detach();
	// Too early: the thread was still at fetching its argument, and nothing is unmapped.
	for (wait_for_answer(*page, contents, calls); map(*s) == -EEXIST; wait_for_answer(*page, contents, calls))
		page->serve_once(contents);
	delete s;
	ctx.report.say("closed: an unmapping waits for its answer after " + std::to_string(calls / 2) + " others");
	stay();
}

} // namespace

std::vector<HostileCase> late_answer_cases()
{
	return {{"late-answer", "a client unmaps, closes its device, and its unmapping has not come back", late_answer}};
}

} // namespace client
