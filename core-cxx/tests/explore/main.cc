// SPDX-License-Identifier: GPL-2.0-only
#include "columns.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace explore;

namespace {

const char kHelp[] =
	"explore [--deep] [--fine] [--brief] [--list]\n"
	"        [--seconds N] [--states N] [SCENARIO]...\n"
	"explore --replay SCENARIO:CHOICES\n"
	"\n"
	"Runs the core in every interleaving of small scenarios: two clients, the\n"
	"interrupt handler, the work item and cio's events, with a channel that may do\n"
	"anything it is allowed to.  Prints a line `ok` or `not ok` for each scenario;\n"
	"for a broken promise also a trace and the choices that replay it.\n"
	"\n"
	"  --deep      larger scenarios too: minutes, up to some GiB of memory\n"
	"  --fine      every port call is a scheduling point, also where it cannot matter\n"
	"  --brief     for a broken promise: neither the shortest way there nor its trace\n"
	"  --list      tell the scenarios\n"
	"  --seconds N stop a scenario after N seconds (not exhaustive, so not ok)\n"
	"  --states N  stop a scenario after N states\n"
	"  --replay    run these choices only, and show what happens\n";

struct Options {
	bool deep = false;
	bool brief = false;
	Limits limits{3600, 1u << 28};
	std::vector<std::string> names;
};

std::vector<Scenario> chosen(const Options &o, bool every)
{
	std::size_t count;
	const Scenario *const all = scenarios(o.deep || every, &count);
	std::vector<Scenario> out;

	for (std::size_t i = 0; i < count; i++)
		if (o.names.empty())
			out.push_back(all[i]);
	for (const std::string &name : o.names) {
		std::size_t i = 0;

		while (i < count && name != all[i].name)
			i++;
		if (i == count) {
			std::fprintf(stderr, "explore: no scenario '%s'; --list tells them\n",
				     name.c_str());
			std::exit(2);
		}
		out.push_back(all[i]);
	}
	return out;
}

void show(const Scenario &s, const std::vector<Choice> &trail)
{
	Columns columns;

	replay(s, trail, &columns);
	columns.print("#   ");
}

bool run(const Scenario &s, const Options &o)
{
	Result r = search(s, o.limits);

	if (r.bad && o.brief) {
		std::printf("not ok %s: %s: %s\n", s.name, r.broken.promise, r.broken.what);
	} else if (r.bad) {
		shorten(s, r, 20);
		std::printf("not ok %s: %s: %s\n", s.name, r.broken.promise, r.broken.what);
		show(s, r.trail);
		std::printf("#   %s: %s\n", r.broken.promise, r.broken.what);
		std::printf("#   again: scripts/test/explore --replay %s:%s\n", s.name,
			    to_string(r.trail).c_str());
	} else if (!r.complete) {
		std::printf("not ok %s: stopped after %llu states: not exhaustive\n", s.name,
			    r.states);
	} else {
		std::printf("ok %s\n", s.name);
	}
	std::printf("# %9llu states %9llu steps %6llu ends"
		    "  depth %3u  %8.2g interleavings  %5.1f s  %s\n",
		    r.states, r.steps, r.ends, r.depth, r.paths, r.seconds, s.what);
	std::fflush(stdout);
	return !r.bad && r.complete;
}

int do_replay(const std::string &text)
{
	const std::size_t colon = text.find(':');
	Options o;
	std::vector<Choice> trail;

	o.names.push_back(text.substr(0, colon));

	const Scenario s = chosen(o, true)[0];

	if (colon == std::string::npos || !from_string(text.substr(colon + 1), &trail)) {
		std::fprintf(stderr, "explore: --replay wants SCENARIO:CHOICES\n");
		return 2;
	}

	Columns columns;
	const Result r = replay(s, trail, &columns);

	columns.print("");
	if (r.bad) {
		std::printf("%s: %s\n", r.broken.promise, r.broken.what);
		return 1;
	}
	if (!r.complete) {
		std::printf("after %zu choices the next one is not possible\n", r.trail.size());
		return 2;
	}
	std::puts(r.ends ? "the end; no promise broken" : "so far no promise broken");
	return 0;
}

const char *value(char **argv, int *i)
{
	if (!argv[*i + 1]) {
		std::fprintf(stderr, "explore: %s needs a value\n", argv[*i]);
		std::exit(2);
	}
	return argv[++*i];
}

} // namespace

int main(int, char **argv)
{
	Options o;
	bool good = true;
	bool list = false;

	for (int i = 1; argv[i]; i++) {
		const std::string arg = argv[i];

		if (arg == "--help" || arg == "-h")
			return std::fputs(kHelp, stdout) < 0;
		if (arg == "--replay")
			return do_replay(value(argv, &i));
		if (arg == "--deep")
			o.deep = true;
		else if (arg == "--fine")
			fine = true;
		else if (arg == "--brief")
			o.brief = true;
		else if (arg == "--list")
			list = true;
		else if (arg == "--seconds")
			o.limits.seconds = std::atof(value(argv, &i));
		else if (arg == "--states")
			o.limits.states = std::strtoull(value(argv, &i), nullptr, 10);
		else if (arg[0] != '-')
			o.names.push_back(arg);
		else
			return std::fprintf(stderr, "explore: unknown option %s\n%s", arg.c_str(),
					    kHelp),
			       2;
	}
	for (const Scenario &s : chosen(o, !o.names.empty()))
		if (list)
			std::printf("%-20s %s\n", s.name, s.what);
		else
			good &= run(s, o);
	return good ? 0 : 1;
}
