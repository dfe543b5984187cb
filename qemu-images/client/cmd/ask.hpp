// SPDX-License-Identifier: GPL-2.0-only
// Questions to a device that several commands ask.
#pragma once

#include "../base/report.hpp"
#include "../decode/sense.hpp"
#include "../vfio/session.hpp"

namespace client {

struct Answered {
	Irb irb;
	std::vector<std::uint8_t> bytes;	// what was stored

	bool normal() const { return !irb->cstat && irb->dstat == (kDstatChannelEnd | kDstatDeviceEnd); }
};

// One CCW that reads at most `size` bytes, the length suppressed.
Answered ask(Session &session, unsigned command, unsigned size, const std::string &what);
// An invalid one where the device does not answer.
SenseId ask_sense_id(Session &session);
std::vector<std::uint8_t> ask_sense(Session &session);
// Those that came with the status; else the device is asked.
std::vector<std::uint8_t> sense_of(Session &session, const Irb &irb);

// Learns the class and tells it to the report.
DeviceClass learn_device(Report &report, Session &session);
// The same, and an error where the class is not among those that the command is for.
DeviceClass need_device(Report &report, Session &session, std::initializer_list<DeviceClass> classes);

// Runs a chain that must end normally; else shows the status with its sense data and throws.
Irb run_normally(Report &report, Session &session, const Chain &chain, const std::string &what);

} // namespace client
