// SPDX-License-Identifier: GPL-2.0-only
// The command `ledger`: random reads and writes of several 3390s with an account of what must
// be on them.
#include <atomic>
#include <fstream>
#include <memory>
#include <thread>

#include "../base/number.hpp"
#include "../ledger/worker.hpp"
#include "ckd_disk.hpp"
#include "command.hpp"

namespace client {

namespace {

constexpr std::size_t kMostWrong = 20;

struct Target {
	std::unique_ptr<CkdDisk> disk;
	std::unique_ptr<Book> book;
	std::unique_ptr<LedgerWorker> worker;
	std::vector<std::string> wrong;
	std::string failed;	// why it stopped before its end
};

struct Plan {
	std::uint64_t seed = 0, ops = 0;
	unsigned first = 0, last = 0;
	std::vector<Disturbance> allowed;
	std::string file;
};

void parse_cylinders(const std::string &text, Plan &plan)
{
	const std::size_t dash = text.find('-');
	const std::string last = dash == std::string::npos ? text : text.substr(dash + 1);

	plan.first = static_cast<unsigned>(parse_number(text.substr(0, dash), "--cylinders"));
	plan.last = static_cast<unsigned>(parse_number(last, "--cylinders"));
	if (plan.first > plan.last || plan.last > 0xfffe)
		throw usage_error("--cylinders is FIRST-LAST, each at most 65534");
}

// All kinds of disturbance but those of the list.
std::vector<Disturbance> allowed_without(const std::string &list)
{
	std::vector<Disturbance> out;
	std::string rest = list + ",";

	for (auto d = static_cast<unsigned>(Disturbance::kHalt); d < static_cast<unsigned>(Disturbance::kCount); d++) {
		const std::string name = disturbance_name(static_cast<Disturbance>(d));
		const std::size_t at = ("," + rest).find("," + name + ",");
		if (at == std::string::npos)
			out.push_back(static_cast<Disturbance>(d));
		else
			rest.erase(at, name.size() + 1);
	}
	if (!rest.empty() && rest != ",")
		throw usage_error("--without knows halt, clear, reset, unmap, close and remove, not '" + rest.substr(0, rest.size() - 1) + "'");
	return out;
}

void add_target(Context &ctx, const Plan &plan, const std::string &uuid, std::vector<Target> &targets)
{
	const auto number = static_cast<unsigned>(targets.size());
	SessionOptions options = ctx.session;
	Target t;

	options.uuid = uuid;
	t.disk = std::make_unique<CkdDisk>(options, plan.seed, number);
	if (t.disk->device_class() != DeviceClass::kEckd)
		throw unexpected_error("wrong-device", t.disk->subchannel() + " is a " + class_text(t.disk->device_class()),
				       "name count-key-data disks");
	if (plan.last >= t.disk->cylinders())
		throw usage_error(t.disk->subchannel() + " has " + std::to_string(t.disk->cylinders()) + " cylinders");
	t.book = std::make_unique<Book>(plan.seed, number, Layout3390{plan.first, plan.last, t.disk->heads()});
	ctx.report.say("device " + std::to_string(number) + ": subchannel " + t.disk->subchannel() + ", " +
		       std::to_string(t.book->layout().tracks()) + " tracks");
	targets.push_back(std::move(t));
}

void work(Target &t, const Plan &plan, std::atomic<std::uint64_t> &taken, std::atomic<bool> &stop, bool verify_only)
{
	try {
		if (!verify_only) {
			t.worker->format();
			while (!stop && taken.fetch_add(1) < plan.ops)
				t.worker->step();
		}
		t.worker->verify();
	} catch (const std::exception &e) {
		t.failed = e.what();
	}
	if (!t.failed.empty() || !t.wrong.empty())
		stop = true;
}

void run_all(std::vector<Target> &targets, const Plan &plan, bool verify_only)
{
	std::atomic<std::uint64_t> taken{0};
	std::atomic<bool> stop{false};
	std::vector<std::thread> threads;

	for (auto &t : targets) {
		t.worker = std::make_unique<LedgerWorker>(*t.disk, *t.book, plan.allowed, [&t](const std::string &what) {
			if (t.wrong.size() < kMostWrong)
				t.wrong.push_back(what);
		});
	}
	for (auto &t : targets)
		threads.emplace_back([&] { work(t, plan, taken, stop, verify_only); });
	for (auto &thread : threads)
		thread.join();
}

void tell(Report &r, const std::vector<Target> &targets)
{
	LedgerWorker::Counts all;

	for (const auto &t : targets) {
		const auto &c = t.worker->counts();
		all.writes += c.writes;
		all.reads += c.reads;
		all.tracks += c.tracks;
		all.records_checked += c.records_checked;
		for (std::size_t d = 0; d < c.disturbed.size(); d++)
			all.disturbed[d] += c.disturbed[d];
		r.expect(t.failed.empty(), t.disk->subchannel() + ": all operations", t.failed);
		for (const auto &w : t.wrong)
			r.expect(false, "what the ledger has", w);
	}
	r.add("writes", all.writes);
	r.add("reads", all.reads);
	r.add("tracks_read", all.tracks);
	r.add("records_checked", all.records_checked);
	for (std::size_t d = 1; d < all.disturbed.size(); d++)
		r.add(std::string("disturbed_by_") + disturbance_name(static_cast<Disturbance>(d)), all.disturbed[d]);
	r.expect(!targets.empty() && all.records_checked > 0, "records were compared", "none was");
}

void save(const Plan &plan, const std::vector<Target> &targets)
{
	std::ofstream out(plan.file + ".tmp");

	out << "vccw-ledger 1\nseed " << plan.seed << "\ncylinders " << plan.first << " " << plan.last << "\n";
	for (std::size_t i = 0; i < targets.size(); i++)
		out << "device " << i << " " << targets[i].disk->subchannel() << " " << targets[i].disk->heads() << "\n";
	for (const auto &t : targets)
		out << t.book->text();
	out.flush();
	if (!out || std::rename((plan.file + ".tmp").c_str(), plan.file.c_str()))
		throw environment_error("no-file", failed("writing " + plan.file, errno), "choose another --file");
}

// Seed and cylinders are the file's; its records are put into the books.
void read_head(const std::string &file, Plan &plan)
{
	std::ifstream in(file);
	std::string magic, word;
	unsigned version = 0;

	if (!(in >> magic >> version >> word >> plan.seed >> word >> plan.first >> plan.last) || magic != "vccw-ledger" || version != 1)
		throw usage_error(file + " is no ledger");
}

void load(const std::string &file, std::vector<Target> &targets)
{
	std::ifstream in(file);
	std::string line;

	while (std::getline(in, line))
		for (auto &t : targets)
			t.book->load_line(line);
}

int ledger(Context &ctx)
{
	Report &r = ctx.report;
	const bool verify_only = ctx.args.has("verify");
	Plan plan;

	plan.seed = ctx.args.number("seed", static_cast<std::uint64_t>(::time(nullptr)), 0, ~0ull >> 1);
	plan.ops = ctx.args.number("ops", 1000, 1, 1000000000);
	plan.file = ctx.args.get("file");
	plan.allowed = allowed_without(ctx.args.get("without"));
	if (verify_only)
		read_head(ctx.args.get("verify"), plan);
	else if (!ctx.args.has("cylinders"))
		throw usage_error("this writes on whole cylinders", "name some that may be lost: --cylinders FIRST-LAST");
	else
		parse_cylinders(ctx.args.get("cylinders"), plan);
	std::vector<std::string> uuids = ctx.args.positional();
	if (uuids.empty())
		for (const auto &m : find_mdevs())
			uuids.push_back(m.uuid);
	std::vector<Target> targets;
	targets.reserve(uuids.size());
	r.add("seed", plan.seed);
	for (const auto &u : uuids)
		add_target(ctx, plan, u, targets);
	if (verify_only)
		load(ctx.args.get("verify"), targets);
	run_all(targets, plan, verify_only);
	if (!plan.file.empty())
		save(plan, targets);
	tell(r, targets);
	return r.failures() ? kUnexpected : kOk;
}

} // namespace

Command ledger_command()
{
	return {"ledger",
		"[UUID...]",
		"random writes and reads of 3390s, and an account of what must be on them",
		"For tests, of cylinders that may be lost: formats them with 8 records a track, then writes and\n"
		"reads records and tracks at random, on all the devices at once, while HALT, CLEAR, reset, unmap,\n"
		"close and the removal of the device (which is then made again) break programs off.  A record whose write was broken off holds what it held or what\n"
		"it was to hold; a read settles which.  The first, the last and every fifth track are written\n"
		"once (canaries).  At the end everything is read.  Each record that is not as it must be is told,\n"
		"with what it holds instead.  The same seed makes the same requests on each device.\n\n"
		"--file writes what must be on the disks, for other tools:\n\n"
		"  vccw-ledger 1\n"
		"  seed SEED\n"
		"  cylinders FIRST LAST\n"
		"  device NUMBER SUBCHANNEL HEADS\n"
		"  record DEVICE CYLINDER HEAD RECORD LENGTH STATE VERSION CRC\n\n"
		"STATE: written, canary, or maybe (one of the lines of this record).  CRC: zlib's crc32.  The\n"
		"bytes: VCCW, then big-endian device (4 bytes), cylinder (2), head (2), record (4), version (8),\n"
		"seed (8), then splitmix64 in big-endian doublewords whose state begins with the XOR of these\n"
		"four doublewords, cut to the length.",
		{{"cylinders", "FIRST-LAST", "these may be lost, on each device"},
		 {"ops", "N", "operations on all devices together (default 1000)"},
		 {"seed", "N", "of the random choices and the bytes (default: the time)"},
		 {"without", "LIST", "do not break off by these: halt, clear, reset, unmap, close, remove; with commas"},
		 {"file", "FILE", "write the ledger to it at the end"},
		 {"verify", "FILE", "write nothing on disks: compare them with this ledger; the devices in its order"}},
		16,
		ledger,
		0};
}

} // namespace client
