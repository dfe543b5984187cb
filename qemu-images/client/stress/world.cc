// SPDX-License-Identifier: GPL-2.0-only
// A device's life: made, opened, closed, taken away from under its user.
#include "world.hpp"

#include <cstdio>
#include <unistd.h>

#include "../base/error.hpp"

namespace client {

World::World(Run &run, Host &host, const WorldOptions &options, const SessionOptions &session,
	     unsigned number)
	: run_(run), host_(host), options_(options), session_(session), number_(number),
	  random_(run.seed(), number * 100), name_(options.subchannel)
{
	session_.memory_bytes = Layout::kMemory;
}

void World::wrong(const std::string &what)
{
	run_.wrong(name_ + ": " + what);
}

std::shared_ptr<Opened> World::opened()
{
	const std::lock_guard hold(lock_);

	return opened_;
}

void World::create(Beat &beat)
{
	char uuid[40];
	const std::string type = folder() + "/mdev_supported_types/vfio_ccw-io/create";

	mark(beat, "making the mediated device");
	std::snprintf(uuid, sizeof(uuid), "%08x-%04x-4%03x-8%03x-%012llx", random_.word(),
		      random_.word() & 0xffff, random_.word() & 0xfff, random_.word() & 0xfff,
		      static_cast<unsigned long long>(random_.next() & 0xffffffffffff));
	session_.uuid = uuid;
	if (const int err = write_text(type, uuid))
		throw environment_error("no-mdev",
					failed("making a mediated device of " + name_, err),
					"is the subchannel bound to vfio_ccw?");
	account_ = std::make_shared<Account>();
	unused_bytes_ = read_text(mdev() + "/stats/bytes");
}

void World::open(Beat &beat)
{
	static const bool iommufd =
		::access("/dev/vfio/devices", F_OK) == 0 && ::access("/dev/iommu", F_OK) == 0;

	mark(beat, "opening");
	SessionOptions session = session_;
	if (session.backend == "auto") // both, where there are both
		session.backend = iommufd && random_.chance(40) ? "iommufd" : "type1";
	const std::size_t made = host_.crws(); // before it can be told of one
	auto o = std::make_shared<Opened>(session, account_, alive_, options_.requesters);
	o->crws_expected = made;
	const std::lock_guard hold(lock_);
	opened_ = std::move(o);
}

void World::close(Beat &beat)
{
	mark(beat, "closing");
	{
		std::shared_ptr<Opened> old;
		const std::lock_guard hold(lock_);
		old.swap(opened_);
	}
	while (alive_)
		::usleep(2000);
}

void World::take_away(Beat &beat, const char *doing, const std::string &value,
		      const std::string &file)
{
	int result = 0;

	rest_ = false;
	if (!random_.chance(50)) {
		close(beat);
		check_counters();
		mark(beat, doing);
		result = write_text(file, value);
	} else {
		// The kernel asks the client to close and waits for that.
		mark(beat, doing);
		asked_at_ = now_ms();
		std::thread taker([&] { result = write_text(file, value); });
		::usleep(random_.below(20000));
		close(beat);
		rest_ = left_behind();
		asked_at_ = 0; // by now nobody has it open
		mark(beat, doing);
		taker.join();
	}
	if (result)
		wrong(failed(doing, result));
}

bool World::left_behind() const
{
	constexpr std::int64_t kLeaveMs = 2000;
	const std::int64_t asked = asked_at_;

	return asked && now_ms() - asked >= kLeaveMs;
}

void World::check_counters()
{
	const std::string bad = account_->settle(mdev() + "/stats", unused_bytes_);

	if (!bad.empty())
		wrong("the driver's counters: " + bad);
}

void World::begin(Beat &beat)
{
	create(beat);
	open(beat);
}

void World::end(Beat &beat)
{
	const std::string queued = read_text(mdev() + "/stats/queued");

	if (queued != "0")
		wrong(queued + " statuses were never signalled");
	close(beat);
	check_counters();
	mark(beat, "removing the mediated device");
	if (const int err = write_text(mdev() + "/remove", "1"))
		wrong(failed("removing the mediated device", err));
}

// A device is not bound while its only path is varied off; Host varies it on again, at
// the end at the latest.  Nor while the last client's mdev is going.
void World::bind(Beat &beat, const std::string &file)
{
	constexpr int kPatience = 30000;
	int err = 0;

	mark(beat, "binding");
	for (int i = 0; i < kPatience; i++) {
		err = write_text(file, options_.subchannel);
		if (err != -EACCES && !(err == -EBUSY && rest_))
			break;
		mark(beat, "waiting for a path to bind with, or for the mdev that was left behind");
		::usleep(20000);
	}
	if (err)
		throw unexpected_error("no-bind", failed("binding " + name_, err));
}

// At random times, counted in requests, so that all devices live as long.
void World::life(Beat &beat)
{
	std::uint64_t next = 0;
	const std::string driver = "/sys/bus/css/drivers/vfio_ccw/";

	while (!run_.over()) {
		if (requests_ < next) {
			mark(beat, "waiting for requests");
			::usleep(20000);
			continue;
		}
		next = requests_ + 50 + random_.below(400);
		if (!run_.take())
			break;
		const std::uint32_t kind = random_.below(10);
		if (kind < 6) {
			close(beat);
			if (random_.chance(30))
				check_counters();
			open(beat);
			run_.done(Op::kReopen, 0);
		} else if (kind < 8) {
			take_away(beat, "removing the mediated device", "1", mdev() + "/remove");
			begin(beat);
			run_.done(Op::kRecreate, 0);
		} else {
			take_away(beat, "unbinding", options_.subchannel, driver + "unbind");
			bind(beat, driver + "bind");
			begin(beat);
			run_.done(Op::kRebind, 0);
		}
	}
}

void World::start(std::atomic<bool> &quiet)
{
	run_.start(Run::kReader, name_ + " reader", [this, &quiet](Beat &b) { reader(b, quiet); });
	for (unsigned i = 0; i < options_.requesters; i++)
		run_.start(Run::kActor, name_ + " requester " + std::to_string(i),
			   [this, i](Beat &b) { requester(b, i); });
	if (options_.life)
		run_.start(Run::kActor, name_ + " life", [this](Beat &b) { life(b); });
}

} // namespace client
