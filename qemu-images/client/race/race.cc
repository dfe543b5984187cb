// SPDX-License-Identifier: GPL-2.0-only
#include "../cmd/command.hpp"
#include "scenario.hpp"

namespace client {

static const std::vector<Scenario> &scenarios()
{
	static const std::vector<Scenario> all = [] {
		std::vector<Scenario> v;
		for (const auto &part : {order_scenarios(), queue_scenarios(), eventfd_scenarios(), life_scenarios(),
					 reset_scenarios(), reset_race_scenarios(), path_scenarios(),
					 storm_scenarios(), disk_scenarios()})
			v.insert(v.end(), part.begin(), part.end());
		return v;
	}();
	return all;
}

static std::string list_text()
{
	std::string out;

	for (const auto &s : scenarios()) {
		std::string left = std::string("  ") + s.name;
		left.resize(24, ' ');
		out += left + s.summary + "\n";
	}
	return out;
}

// With an own session each, so that one does not spoil the next.
static int run_one(const Scenario &s, RaceContext &race, bool go_on)
{
	const int before = race.report.failures();

	try {
		s.run(race);
	} catch (const Error &e) {
		if (!go_on || e.code() != kUnexpected)
			throw;
		race.report.expect(false, "the scenario to reach its end", std::string(e.name()) + ": " + e.what());
	}
	const bool ok = race.report.failures() == before;
	race.report.add("ok", ok, std::string(s.name) + (ok ? ": ok" : ": FAILED"));
	return ok ? kOk : kUnexpected;
}

static int run(Context &ctx)
{
	const std::string wanted = ctx.args.positional().empty() ? "" : ctx.args.positional()[0];
	SessionOptions session = ctx.session;
	session.suppress_suspended = ctx.args.has("suppress");
	RaceContext race{ctx.report, session, ctx.args.number("count", 0, 0, 1000000000)};
	int worst = kOk;
	bool found = false;

	if (wanted.empty()) {
		if (!ctx.args.has("list"))
			throw usage_error("which scenario?", "name one, or `all`:\n" + list_text());
		for (const auto &s : scenarios())
			ctx.report.say(s.name);
		return kOk;
	}
	for (const auto &s : scenarios()) {
		if (wanted != "all" && wanted != s.name)
			continue;
		found = true;
		ctx.report.step(std::string(s.name) + ": " + s.summary);
		worst = std::max(worst, run_one(s, race, wanted == "all"));
	}
	if (!found)
		throw usage_error("there is no scenario '" + wanted + "'", "name one, or `all`:\n" + list_text());
	return worst;
}

Command race_command()
{
	return {"race", "NAME", "requests and interrupts in the order of a race",
		"Deterministic where it says so in the source: the client runs on CPU 0 as a real-time\n"
		"thread, kernel workers are kept to CPU 0, so none runs before the client blocks.\n"
		"Exit code 1 when one answer was not as expected.\n\nscenarios (or `all`)\n" +
			list_text(),
		{{"count", "N", "repetitions, instead of the scenario's own number"},
		 {"suppress", "", "the channel does not tell that a program is suspended (by the ORB)"},
		 {"list", "", "print the names of the scenarios"}},
		1, run};
}

} // namespace client
