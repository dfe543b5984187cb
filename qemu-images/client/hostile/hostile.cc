// SPDX-License-Identifier: GPL-2.0-only
// The command: a client that means harm.
#include "cases.hpp"

namespace client {

namespace {

const std::vector<HostileCase> &cases()
{
	static const std::vector<HostileCase> all = [] {
		std::vector<HostileCase> v;
		for (const auto &part : {unmap_cases(), stuck_cases(), late_answer_cases(), random_cases()})
			v.insert(v.end(), part.begin(), part.end());
		return v;
	}();
	return all;
}

std::string list_text()
{
	std::string out;

	for (const auto &c : cases()) {
		std::string left = std::string("  ") + c.name;
		left.resize(14, ' ');
		out += left + c.summary + "\n";
	}
	return out;
}

int hostile(Context &ctx)
{
	const std::string wanted = ctx.args.positional().empty() ? "" : ctx.args.positional()[0];

	for (const auto &c : cases()) {
		if (wanted == c.name) {
			c.run(ctx);
			return kOk;
		}
	}
	throw usage_error("there is no case '" + wanted + "'", "name one of:\n" + list_text());
}

} // namespace

Command hostile_command()
{
	return {"hostile",
		"CASE",
		"do what a hostile client would; the host must not notice",
		"For tests, on a machine that may be lost.  Uses the mediated devices that there are.\n\n"
		"cases\n" +
			list_text(),
		{{"count", "N", "rounds of unmap-* (default 1000)"},
		 {"devices", "N", "use as many (default: what the case needs)"},
		 {"threads", "N", "of each device (default: what the case needs)"},
		 {"containers", "HOW", "run: one client with all devices in one, or several (default)"},
		 {"ops", "N", "run: operations (default 20000)"},
		 {"seed", "N", "run: of the random choices (default: the time)"},
		 {"stay", "", "run: the clients go on after it"},
		 {"deadlock", "", "run: also what makes the kernel's type1 back end deadlock with itself"}},
		1,
		hostile,
		0};
}

} // namespace client
