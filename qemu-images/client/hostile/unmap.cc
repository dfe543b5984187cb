// SPDX-License-Identifier: GPL-2.0-only
// UNMAP_DMA of all memory while programs are started on it.  vfio asks every
// device of the container to let go of its pages, and asks again for as long as
// there are any; after ten rounds it is a BUG.
#include <functional>
#include <sched.h>
#include <sys/resource.h>

#include "../base/error.hpp"
#include "cases.hpp"
#include "late_page.hpp"
#include "starters.hpp"

namespace client {

namespace {

std::uint64_t times(const Context &ctx)
{
	return ctx.args.number("count", 1000, 1, 1000000);
}

// Threads that go on until the last of them is joined.
class Crew {
public:
	// Each thread does `round` over and over.
	void add(const std::function<void()> &round)
	{
		threads_.emplace_back([this, round] {
			while (!stop_)
				round();
		});
	}
	~Crew()
	{
		stop_ = true;
		for (auto &t : threads_)
			t.join();
	}

private:
	std::atomic<bool> stop_{false};
	std::vector<std::thread> threads_;
};

// What the unmap has to wait for, over and over, on a device that has nothing of
// the memory: resets of a program that has no data.
class Resetter {
public:
	Resetter(Device &device, GuestMemory &memory, unsigned threads)
	{
		Chain chain = Chain::fresh(memory, 1);
		Orb orb;
		chain.add({kCmdNop, kCcwSuspend | kCcwSli, 1, chain.first()});
		orb.cpa = chain.first();
		orb.spnd = true;
		for (unsigned i = 0; i < threads; i++)
			crew_.add([&device, orb] {
				device.start(orb);
				device.reset();
			});
	}

private:
	Crew crew_;
};

// The same, where each reset waits for a START that sleeps inside of the driver:
// for a program that comes late.
class SlowResetter {
public:
	SlowResetter(Device &device, GuestMemory &memory, unsigned threads, unsigned ms)
		: late_(memory.at(kPage, 4096))
	{
		orb_.cpa = kPage;
		encode_ccw(contents_, {kCmdNop, kCcwSli, 1, kPage}, true);
		late_.serve(contents_, ms);
		crew_.add([this, &device] {
			ccw_io_region unread{};
			late_.take_away();
			device.start(orb_);
			device.read_io(unread);
		});
		for (unsigned i = 0; i < threads; i++)
			crew_.add([&device] { device.reset(); });
	}

	static constexpr std::uint32_t kPage = 16 << 20;	// an area that stays

private:
	alignas(4096) std::uint8_t contents_[4096] = {};
	Orb orb_;
	LatePage late_;
	Crew crew_; // last: its threads use the rest
};

// Takes the processors from whoever wants them less.
class Hogs {
public:
	explicit Hogs(unsigned threads)
	{
		for (unsigned i = 0; i < threads; i++)
			crew_.add([] {});
	}

private:
	Crew crew_;
};

void unmap_under_starts(Context &ctx, std::size_t devices, unsigned threads)
{
	Shared s(ctx.session, devices);
	{
		UnmapRun run(s);
		for (std::size_t i = 0; i < devices; i++)
			run.add(i, threads);
		run.rounds(ctx.report, times(ctx));
	}
	all_work(ctx.report, s);
}

void unmap_two(Context &ctx)
{
	unmap_under_starts(ctx, ctx.args.number("devices", 2, 1, 16),
			   static_cast<unsigned>(ctx.args.number("threads", 1, 1, 16)));
}

void unmap_one(Context &ctx)
{
	unmap_under_starts(ctx, ctx.args.number("devices", 1, 1, 16),
			   static_cast<unsigned>(ctx.args.number("threads", 4, 1, 16)));
}

// The unmap waits long for other devices, each round anew; for two, as the first
// one's locks are free again right after it was asked.  vfio asks the device first
// that was opened last.
void unmap_reset(Context &ctx)
{
	const auto threads = static_cast<unsigned>(ctx.args.number("threads", 12, 1, 64));
	Shared s(ctx.session, 3);
	{
		const Resetter first(s.device(0), s.memory(), threads), second(s.device(1), s.memory(), threads);
		UnmapRun run(s);
		run.add(2, 2);
		run.rounds(ctx.report, times(ctx));
	}
	all_work(ctx.report, s);
}

void unmap_stall(Context &ctx)
{
	Shared s(ctx.session, 2);
	if (const int err = s.memory().add(SlowResetter::kPage, 1 << 20, true))
		throw environment_error("no-dma-map", failed("mapping a second area", err), "");
	{
		const SlowResetter resets(s.device(0), s.memory(), static_cast<unsigned>(ctx.args.number("threads", 16, 1, 64)),
					  150);
		UnmapRun run(s);
		run.add(1, 1);
		run.rounds(ctx.report, times(ctx));
	}
	all_work(ctx.report, s);
}

// The unmapping thread gets a processor only now and then.
void unmap_idle(Context &ctx)
{
	const sched_param none{};
	Shared s(ctx.session, 2);
	{
		UnmapRun run(s);
		run.add(0, 2);
		run.add(1, 2);
		const Hogs hogs(static_cast<unsigned>(ctx.args.number("threads", 4, 1, 64)));
		if (::sched_setscheduler(0, SCHED_IDLE, &none))
			throw environment_error("no-idle", failed("asking for little", errno), "");
		run.rounds(ctx.report, times(ctx));
	}
	const sched_param usual{};
	::sched_setscheduler(0, SCHED_OTHER, &usual);
	all_work(ctx.report, s);
}

} // namespace

std::vector<HostileCase> unmap_cases()
{
	return {
		{"unmap-two", "two devices start programs on memory that is unmapped", unmap_two},
		{"unmap-one", "one device does, from four threads", unmap_one},
		{"unmap-reset", "one device does, and the unmap waits long for the other", unmap_reset},
		{"unmap-stall", "the same, and the other one sleeps in between", unmap_stall},
		{"unmap-idle", "two devices do, and the thread that unmaps gets little of the processors", unmap_idle},
	};
}

} // namespace client
