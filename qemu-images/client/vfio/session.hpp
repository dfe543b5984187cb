// SPDX-License-Identifier: GPL-2.0-only
// An opened device with guest memory and its three interrupts armed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../guest/chain.hpp"
#include "../guest/memory.hpp"
#include "backend.hpp"
#include "device.hpp"
#include "eventfd.hpp"

namespace client {

struct SessionOptions {
	std::string uuid;	// empty: the only device there is
	std::string backend = "auto";
	std::uint64_t memory_bytes = 64ull << 20;
	int timeout_ms = 5000;
	bool suppress_suspended = false;	// held programs: no interrupt that says so
};

// What became of a START.
struct Outcome {
	int start = 0;	// 0 or the errno of the request, negative
	bool timed_out = false;
	Irb irb;	// the final status, unless refused or timed out
	std::vector<Irb> before;	// statuses that came before the final one

	bool done() const { return !start && !timed_out; }
	// What came of it: the name of the errno, that there was no status, or the final one.
	std::string text() const;
};

class Session {
public:
	explicit Session(const SessionOptions &options);

	const MdevInfo &mdev() const { return mdev_; }
	Backend &backend() { return *backend_; }
	GuestMemory &memory() { return memory_; }
	Device &device() { return *device_; }
	EventFd &io() { return io_; }
	EventFd &crw() { return crw_; }
	EventFd &request() { return request_; }
	int timeout_ms() const { return options_.timeout_ms; }
	const SessionOptions &options() const { return options_; }

	// Waits for the I/O interrupt, clears it and reads the I/O region once,
	// as QEMU does.  Nothing when none came in time.
	std::optional<Irb> wait_irb(int ms);
	std::optional<Irb> wait_irb() { return wait_irb(options_.timeout_ms); }
	// The same, but a missing interrupt is a named error.
	Irb need_irb(const std::string &after);

	// An ORB for the chain: prefetch, all paths.
	static Orb orb_for(const Chain &chain);
	// Starts and waits for the final status of the start function.
	Outcome run(const Orb &orb);
	Outcome run(const Chain &chain) { return run(orb_for(chain)); }
	// As run(); anything but an accepted START and a final status is a named error.
	Irb must_run(const Chain &chain, const std::string &what);

private:
	SessionOptions options_;
	MdevInfo mdev_;
	std::unique_ptr<Backend> backend_;
	GuestMemory memory_;
	EventFd io_;
	EventFd crw_;
	EventFd request_;
	std::optional<Device> device_;	// closed first
};

} // namespace client
