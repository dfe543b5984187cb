// SPDX-License-Identifier: GPL-2.0-only
// What a command tells: sentences for people as it goes, or one JSON object at the end.
#pragma once

#include <cstdint>
#include <string>

#include "../decode/irb.hpp"
#include "value.hpp"

namespace client {

class Report {
public:
	explicit Report(bool json) : json_(json) {}

	bool is_json() const { return json_; }

	// A sentence; not in JSON.
	void say(const std::string &text);
	// Whose status irb() shows from now on: sense data depend on it.
	void set_device(DeviceClass device) { device_ = device; }
	DeviceClass device() const { return device_; }
	// A new step: a heading for people, an entry of "steps" in JSON.
	void step(const std::string &title);
	// A named value; `human` replaces "key: value" for people (empty: nothing).
	void add(const std::string &key, Value v, const std::string &human);
	void add(const std::string &key, Value v);
	void irb(const std::string &key, const Irb &irb);
	// A check: what was expected and what came.  Returns `ok`.
	bool expect(bool ok, const std::string &expected, const std::string &came);

	int failures() const { return failures_; }
	// Prints the JSON object, if that is wanted.
	void finish(const std::string &command, int exit_code);
	void error(const std::string &name, const std::string &what, const std::string &hint);

private:
	Value &target() { return in_step_ ? step_ : top_; }
	void close_step();

	bool json_;
	DeviceClass device_ = DeviceClass::kUnknown;
	bool in_step_ = false;
	int failures_ = 0;
	int checks_ = 0;
	Value top_ = Value::object();
	Value step_ = Value::object();
	Value steps_ = Value::array();
	Value checks_list_ = Value::array();
	bool have_steps_ = false;
};

} // namespace client
