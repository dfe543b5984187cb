// SPDX-License-Identifier: GPL-2.0-only
// Clients whose requests never come back.  What the host does then must not
// depend on them.
#include <cstdio>
#include <thread>
#include <unistd.h>

#include "../base/error.hpp"
#include "cases.hpp"
#include "late_page.hpp"
#include "shared.hpp"
#include "threads.hpp"

namespace client {

namespace {

// Programs on the first device, and their memory taken away again and again.
void unmap_loop(Shared &s, const Orb &orb, Loop &loop)
{
	ccw_io_region unread{};

	loop.enter();
	for (;; loop.rounds++) {
		while (s.device(0).start(orb))
			s.device(0).read_io(unread);
		s.memory().unmap(0, Shared::kMemory);
		s.memory().map_again(0, Shared::kMemory);
	}
}

void open_loop(Shared &s, Loop &loop)
{
	loop.enter();
	try {
		for (;; loop.rounds++) {
			s.close(1);
			s.open(1);
		}
	} catch (const Error &e) {
		std::printf("the open failed: %s\n", e.what());
		std::fflush(stdout);
	}
}

// vfio's type1 back end takes its two locks in one order around a driver's
// dma_unmap, which unpins, and in the other order when a device of the container
// is opened or closed.  That is the kernel's fault, and any driver's clients can
// have it; the threads stay where they are until the machine ends.
void unmap_open(Context &ctx)
{
	const std::size_t devices = ctx.args.number("devices", 2, 2, 16);
	const std::uint64_t rounds = ctx.args.number("count", 100000, 1, 1000000);

	auto *const s = new Shared(ctx.session, devices);	// never closed
	static Loop unmaps, opens;
	const Orb orb = suspended_program(s->memory(), s->memory().alloc(4096, 4096));

	// Programs of devices that take no part in it, on memory that stays.
	const std::uint64_t elsewhere = 16 << 20;
	if (const int err = s->memory().add(elsewhere, 1 << 20, true))
		throw environment_error("no-dma-map", failed("mapping a second area", err), "");
	for (std::size_t i = 2; i < devices; i++) {
		const auto data = static_cast<std::uint32_t>(elsewhere + (i - 2) * 4096);
		const int err = s->device(i).start(suspended_program(s->memory(), data));
		ctx.report.expect(!err, "a program is in flight on device " + std::to_string(i + 1), errno_name(err));
	}
	std::thread([=] { unmap_loop(*s, orb, unmaps); }).detach();
	std::thread([=] { open_loop(*s, opens); }).detach();
	while (!unmaps.tid || !opens.tid)
		::usleep(1000);
	if (all_stuck({&unmaps, &opens}, rounds))
		ctx.report.say("stuck: an unmap and an open of the same container, after " + std::to_string(unmaps.rounds) +
			       " unmaps and " + std::to_string(opens.rounds) + " opens");
	else
		ctx.report.say("not stuck: this kernel unmaps and opens " + std::to_string(rounds) + " times");
	stay();
}

// START of a program on a page that is never served: it sleeps inside of the driver, and
// has the container's lock.  Further devices' groups are in the container, and nobody has
// the devices open.
void stall(Context &ctx)
{
	const std::size_t devices = ctx.args.number("devices", 1, 1, 16);
	auto *const s = new Shared(ctx.session, devices);	// never closed
	for (std::size_t i = 1; i < devices; i++) {
		s->close(i);
		ctx.report.say("in the container: " + s->mdev(i).uuid);
	}
	const std::uint32_t page = s->memory().alloc(4096, 4096);
	auto *const late = new LatePage(s->memory().at(page, 4096));
	Orb orb;

	orb.cpa = page;
	std::thread([=] {
		const int err = s->device(0).start(orb);
		std::printf("START came back: %s\n", errno_name(err).c_str());
		std::fflush(stdout);
	}).detach();
	late->wait_for_touch();
	ctx.report.say("stuck: a START waits for its program's page");
	stay();
}

// Closes the device with the lowest subchannel when the other one's is shut down, which the host
// does in the order of their numbers, the highest first.
void close_late(Context &ctx)
{
	auto *const s = new Shared(ctx.session, 2);	// never closed
	const std::size_t low = s->mdev(0).subchannel < s->mdev(1).subchannel ? 0 : 1;
	const Orb orb = suspended_program(s->memory(), s->memory().alloc(4096, 4096));

	for (std::size_t i = 0; i < 2; i++) {
		const int err = s->device(i).start(orb);
		ctx.report.expect(!err, "a program is in flight on device " + std::to_string(i + 1), errno_name(err));
	}
	ctx.report.say("holding: " + s->mdev(low).uuid);
	while (s->device(1 - low).start(orb) != -ENODEV)
		::usleep(1000);
	s->close(low);
	ctx.report.say("closed");
	stay();
}

} // namespace

std::vector<HostileCase> stuck_cases()
{
	return {
		{"unmap-open", "unmap while another device of the container is opened and closed, until both are stuck",
		 unmap_open},
		{"stall", "START of a program on a page that is never served (--devices in the container)", stall},
		{"close-late", "a device is closed when the system that goes down has come to another one", close_late},
	};
}

} // namespace client
