// SPDX-License-Identifier: GPL-2.0-only
// One device of a stress run: its subchannel, which vfio_ccw has, its mediated
// device, and the client that has it open, if any.
#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "host.hpp"
#include "opened.hpp"
#include "random.hpp"
#include "run.hpp"

namespace client {

struct WorldOptions {
	std::string subchannel; // bus id
	unsigned requesters = 2;
	bool own_path = false;    // the host may vary its path, nobody else uses it
	bool unsolicited = false; // may present status by itself
	bool life = true;         // is closed, removed and unbound at times
	bool keep = false;        // started only by paths that it has
};

class World {
public:
	World(Run &run, Host &host, const WorldOptions &options, const SessionOptions &session,
	      unsigned number);

	// Makes the mediated device and opens it.
	void begin(Beat &beat);
	// Closes, checks the driver's counters, removes the mediated device.
	void end(Beat &beat);

	// Starts all its threads.  `quiet`: everybody else is through.
	void start(std::atomic<bool> &quiet);

	// Who has it open now; null for a moment at times.
	std::shared_ptr<Opened> opened();

private:
	void requester(Beat &beat, unsigned thread);
	void reader(Beat &beat, std::atomic<bool> &quiet);
	void bind(Beat &beat, const std::string &file);
	void life(Beat &beat);

	int request(Random &random, Op op, Opened &o, unsigned thread);
	int alone_or_not(Beat &beat, Random &random, Op op, Opened &o, unsigned thread);
	int start(Opened &o, const Orb &orb, bool may_stay);
	int start_legal(Random &random, Opened &o, bool by_no_path);
	int start_hostile(Random &random, Opened &o, unsigned thread);
	int async(Opened &o, Async which);
	int start_when_free(Opened &o);
	int probe(Opened &o);
	int peek(Random &random, Opened &o);
	int bad(Random &random, Opened &o);
	void must_be(Op op, int result, std::initializer_list<int> allowed);

	bool read_one(Opened &o);
	void read_crws(Opened &o);
	void wrong(const std::string &what);

	void open(Beat &beat);
	void close(Beat &beat);
	void create(Beat &beat);
	// Takes the mediated device away with `write`, which closing it may have to come before.
	void take_away(Beat &beat, const char *doing, const std::string &value,
		       const std::string &file);
	// Whether the driver has waited for this client as long as it does: then it has taken the
	// subchannel away from it, and every request gets ENODEV (drivers/README.md, unbind).
	bool left_behind() const;
	void check_counters();
	std::string folder() const { return "/sys/bus/css/devices/" + options_.subchannel; }
	std::string mdev() const { return "/sys/bus/mdev/devices/" + session_.uuid; }

	Run &run_;
	Host &host_;
	const WorldOptions options_;
	SessionOptions session_; // uuid: of the mediated device
	const unsigned number_;
	Random random_; // of life
	std::string name_;
	std::string unused_bytes_;
	std::atomic<int> alive_{0}; // Opened objects
	std::atomic<std::int64_t> asked_at_{0}; // ms, when it was to be taken away; 0: it is not
	bool rest_ = false; // of an mdev that was left behind may be there still
	std::atomic<std::uint64_t> requests_{0};
	std::shared_ptr<Account> account_;
	std::mutex turn_; // to go in with a request
	std::shared_mutex requests_lock_;
	std::mutex lock_; // opened_
	std::shared_ptr<Opened> opened_;
};

} // namespace client
