// SPDX-License-Identifier: GPL-2.0-only
// vccw: drives a vfio-ccw device directly, as a virtual machine monitor would.
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <unistd.h>

#include "cmd/command.hpp"

using namespace client;

static std::string general_help()
{
	std::string out = "usage: vccw COMMAND [options]\n\n"
			  "Drives a vfio-ccw mediated device directly: starts channel programs on its\n"
			  "subchannel and shows what comes back.  Use it to check a device before it is\n"
			  "given to a virtual machine.  No other process may use the device meanwhile.\n\n"
			  "commands\n";

	for (const auto &c : commands()) {
		std::string left = "  " + c.name;
		left.resize(14, ' ');
		out += left + c.summary + "\n";
	}
	return out + "\n`vccw COMMAND --help` tells the options of a command.\n"
		     "exit code: 0 as expected, 1 the device answered otherwise, 2 usage, 3 environment\n";
}

// The last resort against a request that never comes back.
static void on_alarm(int)
{
	static const char text[] = "error: deadline: the command did not end in time\n"
				   "   do: see dmesg; allow more with --deadline S\n";
	if (::write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		::_exit(kUnexpected);
	::_exit(kUnexpected);
}

static int run(const Command &command, Context &ctx)
{
	try {
		const int code = command.run(ctx);
		return code ? code : ctx.report.failures() ? kUnexpected : kOk;
	} catch (const Error &e) {
		ctx.report.error(e.name(), e.what(), e.hint());
		return e.code();
	} catch (const std::bad_alloc &) {
		ctx.report.error("no-memory", "this process got no more memory", "use less with --memory MIB");
		return kEnvironment;
	} catch (const std::exception &e) {
		ctx.report.error("internal", e.what(), "this is a fault of the client: report it");
		return kUnexpected;
	}
}

static int with_arguments(const Command &command, const std::vector<std::string> &words, Report &report)
{
	Args args;
	Context ctx{args, report, {}};

	try {
		parse_args(command, words, args);
		if (args.has("help")) {
			std::fputs(command_help(command).c_str(), stdout);
			return kOk;
		}
		ctx.session.uuid = args.get("device");
		ctx.session.backend = args.get("backend", "auto");
		ctx.session.memory_bytes = args.number("memory", 64, 1, 2047) << 20;
		ctx.session.timeout_ms = static_cast<int>(args.number("timeout", 5000, 1, 600000));
		std::signal(SIGALRM, on_alarm);
		::alarm(static_cast<unsigned>(args.number("deadline", command.deadline, 0, 1000000)));
	} catch (const Error &e) {
		report.error(e.name(), e.what(), e.hint());
		report.finish(command.name, e.code());
		return e.code();
	}
	const int code = run(command, ctx);
	report.finish(command.name, code);
	return code;
}

int main(int argc, char **argv)
{
	const std::string name = argc > 1 ? argv[1] : "";
	std::vector<std::string> words;

	for (int i = 2; i < argc; i++)
		words.emplace_back(argv[i]);
	if (name.empty() || name == "--help" || name == "-h" || name == "help") {
		std::fputs(general_help().c_str(), name.empty() ? stderr : stdout);
		return name.empty() ? kUsage : kOk;
	}
	if (name == "--version") {
		std::puts("vccw " VCCW_VERSION);
		return kOk;
	}
	bool json = false;
	for (const auto &w : words)
		json = json || w == "--json";
	for (const auto &c : commands()) {
		if (c.name == name) {
			Report report(json);
			return with_arguments(c, words, report);
		}
	}
	std::fprintf(stderr, "error: usage: there is no command '%s'\n   do: see `vccw --help`\n", name.c_str());
	return kUsage;
}
