// SPDX-License-Identifier: GPL-2.0-only
#include "command.hpp"

#include <algorithm>

#include "../base/number.hpp"

namespace client {

static const std::vector<Option> &common_options()
{
	static const std::vector<Option> list = {
		{"device", "UUID", "the mediated device; also -d UUID (default: the only one)"},
		{"backend", "NAME", "type1, iommufd or auto (default)"},
		{"memory", "MIB", "size of the guest memory area (default 64)"},
		{"timeout", "MS", "longest wait for one interrupt (default 5000)"},
		{"deadline", "S", "give the whole command up after S seconds (0: never)"},
		{"json", "", "one JSON object on standard output"},
		{"help", "", "this text"},
	};
	return list;
}

std::string Args::get(const std::string &option, const std::string &otherwise) const
{
	const auto it = given_.find(option);
	return it == given_.end() ? otherwise : it->second;
}

std::uint64_t Args::number(const std::string &option, std::uint64_t otherwise, std::uint64_t low,
			   std::uint64_t high) const
{
	if (!has(option))
		return otherwise;
	const std::uint64_t n = parse_number(get(option), "--" + option);
	if (n < low || n > high)
		throw usage_error("--" + option + " must be from " + std::to_string(low) + " to " + std::to_string(high));
	return n;
}

static std::string option_lines(const std::vector<Option> &list)
{
	std::string out;

	for (const auto &o : list) {
		std::string left = "  --" + o.name + (o.value.empty() ? "" : " " + o.value);
		left.resize(std::max<std::size_t>(left.size() + 2, 20), ' ');
		out += left + o.help + "\n";
	}
	return out;
}

std::string command_help(const Command &c)
{
	std::string out = "usage: vccw " + c.name + " [options]" + (c.synopsis.empty() ? "" : " " + c.synopsis) + "\n\n" +
			  c.summary + "\n";

	if (!c.help.empty())
		out += "\n" + c.help + "\n";
	if (!c.options.empty())
		out += "\noptions of this command\n" + option_lines(c.options);
	out += "\noptions of every command\n" + option_lines(common_options());
	out += "\ndeadline of this command: " + (c.deadline ? std::to_string(c.deadline) + " s" : std::string("none")) + "\n";
	out += "\nexit code: 0 as expected, 1 the device answered otherwise, 2 usage, 3 environment (no device, no vfio ...)\n";
	return out;
}

static const Option *find_option(const Command &c, const std::string &name)
{
	for (const auto *list : {&c.options, &common_options()})
		for (const auto &o : *list)
			if (o.name == name)
				return &o;
	return nullptr;
}

void parse_args(const Command &c, const std::vector<std::string> &words, Args &args)
{
	for (std::size_t i = 0; i < words.size(); i++) {
		std::string w = words[i];
		if (w == "-d" || w == "-h")
			w = w == "-d" ? "--device" : "--help";
		if (w.size() < 3 || w.compare(0, 2, "--") != 0) {
			if (w.size() > 1 && w[0] == '-')
				throw usage_error("there is no option " + w, "see `vccw " + c.name + " --help`");
			if (args.positional().size() >= c.max_positional)
				throw usage_error("'" + w + "' is one word too many", "see `vccw " + c.name + " --help`");
			args.put_positional(w);
			continue;
		}
		const std::size_t eq = w.find('=');
		const std::string name = w.substr(2, eq == std::string::npos ? eq : eq - 2);
		const Option *o = find_option(c, name);
		if (!o)
			throw usage_error("there is no option --" + name, "see `vccw " + c.name + " --help`");
		if (o->value.empty()) {
			if (eq != std::string::npos)
				throw usage_error("--" + name + " takes no value");
			args.put(name, "yes");
		} else if (eq != std::string::npos) {
			args.put(name, w.substr(eq + 1));
		} else if (i + 1 < words.size()) {
			args.put(name, words[++i]);
		} else {
			throw usage_error("--" + name + " needs a value: " + o->value);
		}
	}
}

const std::vector<Command> &commands()
{
	static const std::vector<Command> all = {
		check_command(), list_command(), info_command(),       schib_command(),	  sense_id_command(), identify_command(),
		sense_command(), track_command(),      label_command(),	  commands_command(), nop_command(),
		tic_command(),	 unit_check_command(), halt_command(),	  clear_command(),    hold_command(),
		reset_command(), crw_command(),	       program_command(), explain_command(), demo_command(),     bench_command(),
		vectors_command(), ledger_command(), race_command(),	 bad_input_command(),  flood_command(),	  stress_command(),   reports_command(),
		faults_command(), hostile_command(),
	};
	return all;
}

} // namespace client
