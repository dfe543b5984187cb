// SPDX-License-Identifier: GPL-2.0-only
// The command: random operations on several devices from many threads.
#include <ctime>
#include <unistd.h>

#include "../cmd/command.hpp"
#include "world.hpp"

namespace client {

namespace {

constexpr std::int64_t kPatienceMs = 180000;

std::vector<std::unique_ptr<World>> make_worlds(Context &ctx, Run &run, Host &host)
{
	std::vector<std::unique_ptr<World>> worlds;
	WorldOptions o;

	o.requesters = static_cast<unsigned>(ctx.args.number("requesters", 2, 1, 16));
	o.life = !ctx.args.has("stay-open");
	for (const auto &subchannel : ctx.args.positional()) {
		o.subchannel = subchannel;
		o.keep = (ctx.args.get("keep") + ",").find(subchannel + ",") != std::string::npos;
		o.own_path = o.unsolicited = subchannel == ctx.args.get("terminal");
		worlds.push_back(std::make_unique<World>(run, host, o, ctx.session,
							 static_cast<unsigned>(worlds.size() + 1)));
	}
	return worlds;
}

void say_seconds(Report &report, std::uint64_t ops, std::int64_t ms)
{
	report.add("ms", static_cast<std::uint64_t>(ms),
		   std::to_string(ops) + " operations in " + std::to_string(ms / 1000) + " s, " +
			   std::to_string(ms ? ops * 1000 / static_cast<std::uint64_t>(ms) : 0) +
			   " a second");
}

// What was asked for but never accepted was not tested.
void must_have_happened(Run &run, Report &report, bool life)
{
	for (const Op op : {Op::kStart, Op::kHostile, Op::kHalt, Op::kClear, Op::kProbe, Op::kReset, Op::kMap,
			    Op::kEventfd, Op::kReopen})
		if (life || op != Op::kReopen)
			report.expect(run.accepted(op) > 0,
				      std::string(op_name(op)) + " to be accepted at times",
				      "never");
}

int stress(Context &ctx)
{
	Report &r = ctx.report;
	const std::uint64_t seed =
		ctx.args.number("seed", static_cast<std::uint64_t>(::time(nullptr)), 0, ~0ull >> 1);
	const std::uint64_t ops = ctx.args.number("ops", 20000, 1, 1000000000);
	const std::string terminal = ctx.args.get("terminal");
	const std::int64_t begun = now_ms();
	std::atomic<bool> quiet{false}, finished{false};

	if (ctx.args.positional().empty())
		throw usage_error("which subchannels?", "name those that are bound to vfio_ccw");
	Run run(seed, ops, kPatienceMs);
	r.add("seed", seed);
	std::thread watch([&] { run.watch(finished); });
	{
		Host host(run, terminal.empty() ? "" : path_of(terminal), ctx.args.positional());
		auto worlds = make_worlds(ctx, run, host);
		Beat &mine = run.beat("main");
		std::vector<std::thread> ends;

		try {
			for (auto &w : worlds)
				w->begin(mine);
			for (auto &w : worlds)
				w->start(quiet);
			host.start();
			while (!run.over()) {
				mark(mine, "waiting for the operations");
				::usleep(50000);
			}
		} catch (const Error &e) {
			run.wrong(std::string(e.name()) + ": " + e.what());
		}
		mark(mine, "waiting for the threads");
		run.join(Run::kActor);
		quiet = true;
		run.join(Run::kReader);
		for (auto &w : worlds)
			if (!run.failed())
				w->end(mine);
		mine.since = 0;
	}
	finished = true;
	watch.join();
	run.tell(r);
	say_seconds(r, run.taken(), now_ms() - begun);
	if (!run.failed() && ops >= 10000)
		must_have_happened(run, r, !ctx.args.has("stay-open"));
	if (run.failed())
		r.say("again: vccw stress --seed " + std::to_string(seed) + " --ops " +
		      std::to_string(ops));
	return r.failures() ? kUnexpected : kOk;
}

} // namespace

Command stress_command()
{
	return {"stress",
		"SUBCHANNEL...",
		"random requests from many threads, and the host's interference",
		"For tests, of devices that nobody needs: takes the named subchannels, which are "
		"bound to\n"
		"vfio_ccw and have no mediated device, and makes, opens, closes and removes those "
		"at\n"
		"random while threads start legal and hostile programs, HALT, CLEAR, read, reset, "
		"replace\n"
		"eventfds and unmap memory.  Every status must belong to a request, no storage may "
		"change\n"
		"after its program, every thread must come on, and the driver's counters must "
		"agree.\n"
		"The same seed makes the same requests; their order among threads is the kernel's.",
		{{"seed", "N", "of the random choices (default: the time)"},
		 {"ops", "N", "operations (default 20000)"},
		 {"requesters", "N", "threads for each device that make requests (default 2)"},
		 {"terminal", "SUBCHANNEL",
		  "this one may present status by itself and has a path of its own, which is "
		  "varied"},
		 {"keep", "SUBCHANNEL,...",
		  "these are started only by paths that they have: a machine may take a device for "
		  "dead otherwise"},
		 {"stay-open", "", "do not close, remove or unbind"}},
		16,
		stress,
		0};
}

} // namespace client
