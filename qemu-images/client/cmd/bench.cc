// SPDX-License-Identifier: GPL-2.0-only
#include "bench.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include "command.hpp"

namespace client {

namespace {
struct Lane {	// one device and what runs on it
	std::unique_ptr<Session> session;
	Shape shape;
	std::string failure;
	std::vector<double> took;	// ns, each I/O, if it has room for them
};
} // namespace

// One I/O; empty, or why it was not as it must be.
static std::string one(Session &s, const Shape &shape)
{
	const int err = shape.clear ? s.device().async(Async::kClear) : s.device().start(shape.orb);

	if (err)
		return failed(shape.clear ? "CLEAR" : "START", err);
	const auto irb = s.wait_irb();
	if (!irb)
		return "no interrupt within " + std::to_string(s.timeout_ms()) + " ms";
	const Scsw &w = irb->scsw();
	if (shape.clear ? !(w.fctl() & kFctlClear)
			: w.cpa != shape.end || w.dstat != (kDstatChannelEnd | kDstatDeviceEnd) || w.cstat)
		return "unexpected status: " + w.line();
	return {};
}

static void many(Lane &lane, std::uint64_t count, const std::atomic<bool> &stop)
{
	try {
		for (std::uint64_t i = 0; i < count && !stop && lane.failure.empty(); i++) {
			const double begin = lane.took.capacity() ? now_ns() : 0;
			lane.failure = one(*lane.session, lane.shape);
			if (lane.took.capacity())
				lane.took.push_back(now_ns() - begin);
			if (!lane.failure.empty())
				lane.failure += " (I/O " + std::to_string(i + 1) + ")";
		}
	} catch (const std::exception &e) {
		lane.failure = e.what();
	}
}

// In this thread when there is one device only, so that nothing else runs.
static void everywhere(std::vector<Lane> &lanes, std::uint64_t count)
{
	std::atomic<bool> stop{false};
	std::vector<std::thread> threads;

	if (lanes.size() == 1)
		return many(lanes[0], count, stop);
	for (auto &lane : lanes)
		threads.emplace_back(many, std::ref(lane), count, std::cref(stop));
	for (auto &t : threads)
		t.join();
}

// The first device's I/Os one by one, in this thread, while all others go on without end.
static void beside_others(std::vector<Lane> &lanes, std::uint64_t count)
{
	std::atomic<bool> stop{false}, never{false};
	std::vector<std::thread> threads;

	for (std::size_t i = 1; i < lanes.size(); i++)
		threads.emplace_back(many, std::ref(lanes[i]), ~0ull, std::cref(stop));
	lanes[0].took.reserve(count);
	many(lanes[0], count, never);
	stop = true;
	for (auto &t : threads)
		t.join();
}

static std::vector<Lane> open_lanes(const Context &ctx, unsigned command)
{
	std::vector<std::string> uuids;
	std::vector<Lane> lanes;

	if (ctx.args.has("all"))
		for (const auto &m : find_mdevs())
			uuids.push_back(m.uuid);
	else
		uuids.push_back(ctx.session.uuid);
	for (const auto &u : uuids) {
		SessionOptions o = ctx.session;
		o.uuid = u;
		Lane lane;
		lane.session = std::make_unique<Session>(o);
		lane.shape = make_shape(lane.session->memory(), ctx.args.positional()[0], command);
		lanes.push_back(std::move(lane));
	}
	if (lanes.empty())
		choose_mdev("");	// says what is missing
	return lanes;
}

static std::string number(double d)
{
	char buf[40];

	std::snprintf(buf, sizeof(buf), "%.0f", d);
	return buf;
}

static void must_be_good(const std::vector<Lane> &lanes)
{
	for (const auto &l : lanes)
		if (!l.failure.empty())
			throw unexpected_error("bad-answer", "device " + l.session->mdev().uuid + ": " + l.failure);
}

static int latency(Report &r, std::vector<Lane> &lanes, std::uint64_t count)
{
	beside_others(lanes, count);
	must_be_good(lanes);

	auto &took = lanes[0].took;
	std::sort(took.begin(), took.end());
	const double half = took[took.size() / 2], most = took[took.size() * 99 / 100];
	r.add("devices", lanes.size(), "");
	r.add("p50_ns", Value::real(half), "of one device, half took at most " + number(half) + " ns");
	r.add("p99_ns", Value::real(most), "99 of 100 took at most           " + number(most) + " ns");
	return kOk;
}

// Of `devices` devices, `count` I/Os each.
static void say_times(Context &ctx, std::size_t devices, std::uint64_t count, const Times &t)
{
	Report &r = ctx.report;
	const double n = static_cast<double>(count) * static_cast<double>(devices);

	r.add("shape", ctx.args.positional()[0], "shape " + ctx.args.positional()[0]);
	r.add("devices", devices, "");
	r.add("ios", static_cast<unsigned long>(count * devices), number(n) + " I/Os on " + std::to_string(devices) + " device(s)");
	r.add("client_ns", Value::real(t.client / n), "client      " + number(t.client / n) + " ns an I/O");
	r.add("worker_ns", Value::real(t.worker / n), "workers     " + number(t.worker / n) + " ns an I/O");
	r.add("cpu_ns", Value::real((t.client + t.worker) / n),
	      "together    " + number((t.client + t.worker) / n) + " ns an I/O");
	r.add("wall_ns", Value::real(t.wall / n), "wall clock  " + number(t.wall / n) + " ns an I/O");
	r.add("ios_per_second", Value::real(n / t.wall * 1e9), "rate        " + number(n / t.wall * 1e9) + " I/Os a second");
}

static int native(Context &ctx, std::uint64_t count, std::uint64_t warm)
{
	const std::string &shape = ctx.args.positional()[0];

	native_io(ctx.args.get("native"), shape, warm);
	const Times before = measure_begin();
	native_io(ctx.args.get("native"), shape, count);
	say_times(ctx, 1, count, measure_end() - before);
	return kOk;
}

static int run(Context &ctx)
{
	Report &r = ctx.report;
	const std::uint64_t count = ctx.args.number("count", 1000, 1, 1000000000);
	const std::uint64_t warm = ctx.args.number("warm-up", 100, 0, 1000000);
	const auto command = static_cast<unsigned>(ctx.args.number("command", kCmdSenseId, 1, 0xff));
	const std::uint64_t keep = ctx.args.number("keep", 0, 0, 100000);

	if (ctx.args.positional().empty())
		throw usage_error("which shape?", shapes_help());
	if (ctx.args.has("native"))
		return native(ctx, count, warm);
	auto lanes = open_lanes(ctx, command);
	everywhere(lanes, warm);
	if (ctx.args.has("latency"))
		return latency(r, lanes, count);
	const Times before = measure_begin();
	everywhere(lanes, count);
	const Times t = measure_end() - before;
	must_be_good(lanes);
	if (keep) {
		r.say("keeping them open for " + std::to_string(keep) + " s");
		std::this_thread::sleep_for(std::chrono::seconds(keep));
	}
	say_times(ctx, lanes.size(), count, t);
	return kOk;
}

Command bench_command()
{
	return {"bench", "SHAPE", "time one shape of I/O, many times over",
		std::string(shapes_help()) +
			"\n\nEach I/O is a START (or CLEAR), the wait for its interrupt and one read; its status is\n"
			"checked.  Times are the CPU time of this process and of the kernel's workers.  Under an\n"
			"emulator that makes one nanosecond of one instruction they are instructions.",
		{{"count", "N", "I/Os to measure, a device (default 1000)"},
		 {"warm-up", "N", "I/Os before that (default 100)"},
		 {"command", "CODE", "another channel command for the CCWs"},
		 {"all", "", "all vfio-ccw devices at once, a thread each"},
		 {"keep", "S", "afterwards, keep the devices open and idle for S seconds"},
		 {"native", "FILE", "disk-read and disk-write by the host's own driver instead, on this block device"},
		 {"latency", "", "how long each I/O of the first device takes, while the others go on"}},
		1, run, 0};
}

} // namespace client
