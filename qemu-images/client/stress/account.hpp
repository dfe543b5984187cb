// SPDX-License-Identifier: GPL-2.0-only
// What was asked of one mediated device and what came back, over all clients
// that open it.  Requests are counted before they are made and again when they
// are refused, so that at any time
//
//	interrupts of a function <= begun - refused
//
// and, when nobody uses the device, the driver's own counters must agree.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "../decode/irb.hpp"

namespace client {

struct Function {
	std::atomic<std::uint64_t> begun{0}, refused{0};
	std::uint64_t seen = 0; // by the reader

	bool more_than_asked() const
	{
		const std::uint64_t no = refused; // first: each of these was begun before
		return seen > begun - no;
	}
	std::uint64_t accepted() const { return begun - refused; }
};

class Account {
public:
	Function start, halt, clear;
	std::atomic<std::uint64_t> unmaps{0}; // each may break a program off
	std::uint64_t read = 0;               // IRBs
	std::uint64_t broken_off = 0, unsolicited = 0;
	std::uint64_t device_ends_due = 0; // channel end has come without it
	std::atomic<std::uint64_t> closes{0}; // each may leave one unread
	std::atomic<std::uint64_t> resets{0}; // so may each of these, with its wake on the way
	std::uint64_t stale = 0;              // wakes of status that a reset took away

	// Wakes without a status of their own; false: more than resets explain.
	bool may_be_stale(std::uint64_t wakes) { return (stale += wakes) <= resets; }
	// Takes an IRB in.  `host_halts`: HALTs that the host may have made.
	// What is wrong with it, or nothing.
	std::string take(const Irb &irb, std::uint64_t host_halts, bool may_be_unsolicited);
	// The driver's counters in the folder `stats`, of a closed device.
	// `bytes`: what it used before its first open.
	std::string settle(const std::string &stats, const std::string &bytes) const;
};

// Whether an IRB says that the driver broke a program off, for want of memory.
bool says_broken_off(const Irb &irb);

} // namespace client
