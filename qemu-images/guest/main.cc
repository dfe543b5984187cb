// SPDX-License-Identifier: GPL-2.0-only
// A guest that is nothing but a test of its channel subsystem. Drives every
// subchannel that it finds and says on the console what came of it; the last
// line is the verdict.
//
// Command line: emulated (the devices are the machine's own, not passed
// through), no-prefetch, forced (force-orb-pfch is
// on), unsolicited, connected, unplug, paths, no-path, reset, operated, reboots=N,
// rounds=N, ladder=N.
#include "check.hpp"
#include "console.hpp"
#include "insn.hpp"
#include "interrupts.hpp"
#include "program.hpp"

extern "C" const char command_line[];
extern "C" [[noreturn]] void guest_main();

namespace guest {

namespace {

// Where the value of an option starts, or nullptr.
const char *option(const char *name)
{
	for (const char *at = command_line; *at;) {
		const char *a = at, *n = name;
		while (*n && *a == *n)
			a++, n++;
		if (!*n && (!*a || *a == ' ' || *a == '='))
			return a;
		while (*at && *at++ != ' ')
			;
	}
	return nullptr;
}

unsigned number(const char *value)
{
	unsigned n = 0;
	while (*++value >= '0' && *value <= '9')
		n = n * 10 + static_cast<unsigned>(*value - '0');
	return n;
}

void read_options()
{
	options.passed_through = !option("emulated");
	options.prefetch = !option("no-prefetch");
	options.forced = option("forced");
	options.unsolicited = option("unsolicited");
	options.connected = option("connected");
	options.unplug = option("unplug");
	options.paths = option("paths");
	options.no_path = option("no-path");
	options.reset = option("reset");
	options.operated = option("operated");
	if (const char *reboots = option("reboots"))
		options.reboots = number(reboots);
	if (const char *rounds = option("rounds"))
		options.rounds = number(rounds);
	if (const char *ladder = option("ladder"))
		options.ladder = number(ladder);
}

void test(Subchannel &s)
{
	say("");
	say("== subchannel ", hex(s.id(), 8), ", device ", hex(s.devno(), 4));
	if (options.reset)
		return run_reset(s);
	if (!identify(s))
		return;
	remember_id(s);
	if (options.unsolicited)
		return run_unsolicited(s);
	if (options.connected)
		return run_connected(s);
	if (options.unplug)
		return run_unplug(s);
	if (options.paths)
		return run_paths(s);
	if (options.no_path)
		return run_no_path(s);
	if (s.kind() == Kind::kDisk)
		return run_disk(s);
	run_shapes(s);
	run_lists(s);
	run_edges(s);
	if (s.kind() == Kind::kNetwork)
		run_network(s);
	if (s.kind() == Kind::kTerminal)
		run_terminal(s);
	run_errors(s);
	run_functions(s);
	run_long(s);
	if (options.passed_through)
		run_refusals(s);
}

unsigned test_all()
{
	unsigned found = 0;
	for (u32 id = 0x10000; id < 0x20000; id++) {
		Subchannel s(id);
		Schib schib;
		if (s.store(schib))
			break;
		if (!(schib.flags & kDeviceValid))
			continue;
		found++;
		test(s);
	}
	return found;
}

} // namespace

} // namespace guest

void guest_main()
{
	using namespace guest;
	interrupts_open();
	console_open();
	storage_end = storage_size();
	read_options();
	say("A guest with ", storage_end >> 20, " MiB; devices ",
	    options.passed_through ? "passed through" : "emulated", ", prefetch ",
	    options.prefetch ? "allowed" : "not allowed");
	if (options.operated)
		run_operated();
	const unsigned found = test_all();
	check("devices were found", found != 0, true, 1);
	say("");
	say(tally.failures ? "GUEST FAILED: " : "GUEST OK: ", found, " devices, ", tally.programs,
	    " programs, ", tally.checks, " checks, ", tally.failures, " wrong");
	power_off();
}
