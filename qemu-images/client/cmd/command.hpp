// SPDX-License-Identifier: GPL-2.0-only
// The command line: what a subcommand declares and what it is given.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "../base/error.hpp"
#include "../base/report.hpp"
#include "../vfio/session.hpp"

namespace client {

struct Option {
	std::string name;	// without dashes
	std::string value;	// what its value is called; empty: a flag
	std::string help;
};

class Args {
public:
	bool has(const std::string &option) const { return given_.count(option) != 0; }
	std::string get(const std::string &option, const std::string &otherwise = {}) const;
	// A number (decimal or 0x) in [low, high], or a usage error.
	std::uint64_t number(const std::string &option, std::uint64_t otherwise, std::uint64_t low,
			     std::uint64_t high) const;
	const std::vector<std::string> &positional() const { return positional_; }

	void put(const std::string &option, const std::string &value) { given_[option] = value; }
	void put_positional(const std::string &v) { positional_.push_back(v); }

private:
	std::map<std::string, std::string> given_;
	std::vector<std::string> positional_;
};

struct Context {
	const Args &args;
	Report &report;
	SessionOptions session;
};

struct Command {
	std::string name;
	std::string synopsis;	// what follows the name, besides options
	std::string summary;	// one line
	std::string help;	// paragraphs
	std::vector<Option> options;
	std::size_t max_positional;
	// Returns an exit code; may throw Error.
	int (*run)(Context &);
	unsigned deadline = 600;	// seconds, unless --deadline says otherwise; 0: none
};

std::string command_help(const Command &command);
// Fills `args`; a usage error for anything that is not declared.
void parse_args(const Command &command, const std::vector<std::string> &words, Args &args);

// All subcommands, in the order of the help text.
const std::vector<Command> &commands();

// One of each per source file of cmd/, race/, stress/ and hostile/.
Command list_command();
Command check_command();
Command info_command();
Command schib_command();
Command sense_id_command();
Command identify_command();
Command sense_command();
Command track_command();
Command label_command();
Command commands_command();
Command vectors_command();
Command ledger_command();
Command nop_command();
Command tic_command();
Command unit_check_command();
Command halt_command();
Command clear_command();
Command hold_command();
Command reset_command();
Command crw_command();
Command program_command();
Command explain_command();
Command demo_command();
Command bench_command();
Command race_command();
Command bad_input_command();
Command flood_command();
Command stress_command();
Command reports_command();
Command faults_command();
Command hostile_command();

} // namespace client
