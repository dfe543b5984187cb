// SPDX-License-Identifier: GPL-2.0-only
// Sequences of requests in an order that a race would give them.  Each tells
// what it expects and what came; it throws where going on makes no sense.
#pragma once

#include <string>
#include <vector>

#include "../base/report.hpp"
#include "../vfio/session.hpp"

namespace client {

struct RaceContext {
	Report &report;
	SessionOptions session;
	std::uint64_t count;	// repetitions, 0: the scenario's own number

	std::uint64_t times(std::uint64_t usual) const { return count ? count : usual; }
};

struct Scenario {
	const char *name;
	const char *summary;
	void (*run)(RaceContext &);
};

// Interrupts against requests: to which operation does a status belong?
std::vector<Scenario> order_scenarios();
// Several interrupts before one read, and what CLEAR does to them.
std::vector<Scenario> queue_scenarios();
// Nothing may be left behind: close, unmap with I/O in flight.
std::vector<Scenario> life_scenarios();
// Nothing of before a reset is readable after it.
std::vector<Scenario> reset_scenarios();
std::vector<Scenario> reset_race_scenarios();
// Paths that the device lacks or that the operator varies off.
std::vector<Scenario> path_scenarios();
// Programs that a disk is at work on.
std::vector<Scenario> disk_scenarios();
// Eventfds replaced or missing while interrupts come.
std::vector<Scenario> eventfd_scenarios();
// Requests from several threads.
std::vector<Scenario> storm_scenarios();

// --- what they share -----------------------------------------------------

// Makes a program of one NOP.
Chain nop_program(Session &session);
// Everything that still comes, until `ms` milliseconds pass without any.
std::vector<Irb> drain(Session &session, int ms);
// "clear", "start+halt" ...
std::string function_of(const Irb &irb);
std::string functions_of(const std::vector<Irb> &irbs);
// The program ended normally: its CPA and channel end with device end.
bool ended_normally(const Irb &irb, const Chain &chain);
// Status of a program that the host broke off, behind intermediate status: interface-control
// check, whatever the device answered to the host's HALT or CLEAR (cio: -EIO).
void expect_broken_off(Report &report, const std::vector<Irb> &irbs);
// HALT or CLEAR that must be accepted.
void accepted(Report &report, Session &session, Async which);
// START, and the wait until the driver has released the program, which it does though nobody
// reads its end: then the next one is busy only where there is no room for its own.
int start_unread(Session &session, const Chain &chain);
// Leave something behind: a program in flight, or statuses unread.
void leave_held(Report &report, Session &session);
void leave_unread(Report &report, Session &session);
// The driver's counters; other drivers than ours have none.
bool has_counters(const Session &session);
std::uint64_t counter(const Session &session, const std::string &name);
void expect_counter(Report &report, const Session &session, const std::string &name, const std::string &wanted);
// A program was started and is not released, nor is about to be.
void expect_in_flight(Report &report, const Session &session);
// Runs a NOP and checks that it, and nothing else, comes back.
void still_works(Report &report, Session &session);

} // namespace client
