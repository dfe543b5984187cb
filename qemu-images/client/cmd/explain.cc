// SPDX-License-Identifier: GPL-2.0-only
// vccw explain: what the translator makes of a program, without a device.
#include "../explain/explain.hpp"

#include "../guest/script.hpp"
#include "../vfio/no_backend.hpp"
#include "command.hpp"
#include "program_text.hpp"

namespace client {

static int run(Context &ctx)
{
	const Args &args = ctx.args;
	const std::string word = args.get("class", "unknown");
	const auto device = class_named(word);

	if (!device)
		throw usage_error("there is no class of devices '" + word + "'", "see `vccw explain --help`");
	if (args.positional().empty())
		throw usage_error("which program?", "name a file, or - for standard input; `vccw program --syntax`");

	const vccw_limits limits{
		static_cast<unsigned>(args.number("ccws", kUsualLimits.ccws, 1, 65536)),
		static_cast<unsigned>(args.number("segments", kUsualLimits.segments, 1, 65536)),
		static_cast<unsigned>(args.number("pages", kUsualLimits.pages, 1, 65536)),
		static_cast<unsigned>(args.number("bytes", kUsualLimits.bytes, 4096, 16 << 20)),
	};
	const auto lines = parse_script(read_program(args.positional()[0]));
	NoBackend none;
	GuestMemory memory(none);

	if (memory.add(0, ctx.session.memory_bytes, true))
		throw Error(kEnvironment, "no-memory", "this process got no more memory", "use less with --memory MIB");

	const Assembled a = assemble(lines, memory, ctx.session.memory_bytes + (1 << 20));
	const Explained e = explain(memory, a.orb, *device, limits);

	for (const auto &line : e.lines)
		ctx.report.say(line);
	ctx.report.add("start", e.rc, "");
	ctx.report.add("lines", Value::words(e.lines), "");
	return e.rc ? kUnexpected : kOk;
}

Command explain_command()
{
	std::vector<std::string> classes{"unknown"};

	for (const DeviceClass c : known_classes())
		classes.push_back(class_name(c));
	return {"explain", "FILE|-", "show what the driver would run for a channel program; needs no device",
		"Shows the guest's program and its translation side by side: each CCW by its name, how the channel\n"
		"comes to it, what runs in its place, the pages that are pinned, and why a program is refused.\n"
		"`certain`: where the program leads if each device answers as such devices do.  `possible`: only by\n"
		"status modifier that the program does not provide for, or from a TIC that a TIC leads to.  The program\n"
		"is written as for `vccw program`.\n"
		"Exit code 1: the program is refused.",
		{{"class", "NAME", "the device: " + join(classes, ", ")},
		 {"ccws", "N", "limit of CCWs (default 4096)"},
		 {"segments", "N", "limit of segments (default 1024)"},
		 {"pages", "N", "limit of pages (default 16384)"},
		 {"bytes", "N", "limit of storage for CCWs and lists (default 4194304)"}},
		1, run};
}

} // namespace client
