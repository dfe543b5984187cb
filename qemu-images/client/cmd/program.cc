// SPDX-License-Identifier: GPL-2.0-only
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "../decode/channel_command.hpp"
#include "../guest/script.hpp"
#include "ask.hpp"
#include "command.hpp"
#include "program_text.hpp"

namespace client {

std::string read_program(const std::string &path)
{
	std::ifstream file;
	std::istream &in = path == "-" ? std::cin : file;

	if (path != "-") {
		file.open(path);
		if (!file)
			throw usage_error(failed("opening " + path, errno), "name a file, or - for standard input");
	}
	return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

static void check(Report &r, Session &s, const Expectation &e, const Outcome &o)
{
	if (e.start)
		r.expect(errno_name(o.start) == *e.start, "START " + *e.start, errno_name(o.start));
	const Scsw &w = o.irb.scsw();
	if (e.dstat)
		r.expect(o.done() && w.dstat == *e.dstat, "device status " + to_hex(*e.dstat, 2), to_hex(w.dstat, 2));
	if (e.cstat)
		r.expect(o.done() && w.cstat == *e.cstat, "subchannel status " + to_hex(*e.cstat, 2), to_hex(w.cstat, 2));
	if (e.count)
		r.expect(o.done() && w.count == *e.count, "residual count " + std::to_string(*e.count), std::to_string(w.count));
	if (e.cpa)
		r.expect(o.done() && w.cpa == *e.cpa, "CPA " + to_hex(*e.cpa, 8), to_hex(w.cpa, 8));
	if (e.data) {
		const std::uint8_t *p = s.memory().at(*e.data, e.bytes.size());
		r.expect(std::memcmp(p, e.bytes.data(), e.bytes.size()) == 0,
			 "storage " + hex_bytes(e.bytes.data(), e.bytes.size()), hex_bytes(p, e.bytes.size()));
	}
}

static void show_buffers(Report &r, Session &s, const Assembled &a, std::size_t most)
{
	Value list = Value::object();

	for (const auto &b : a.buffers) {
		const std::size_t n = std::min<std::size_t>(b.length, most);
		const std::string bytes = hex_bytes(s.memory().at(b.gpa, n), n);
		list.set(b.name, bytes);
		if (n)
			r.say("buffer " + b.name + " at " + to_hex(b.gpa, 8) + ": " + bytes + (n < b.length ? " ..." : ""));
	}
	r.add("buffers", list, "");
}

// The class decides what sense data mean; the command is the one that the CCW address has passed.
static void show_unit_check(Report &r, Session &s, const Assembled &a, const Irb &irb, bool may_sense)
{
	std::vector<std::uint8_t> sense(irb.sense().begin(), irb.sense().end());

	if (sense.empty() && may_sense)
		sense = ask_sense(s);
	if (sense.empty())
		return;
	const DeviceClass device = may_sense ? learn_device(r, s) : DeviceClass::kUnknown;
	r.add("sense", sense_value(sense, device), "sense data: " + sense_text(sense, device));
	if (device == DeviceClass::kUnknown || irb->cpa < 8 || irb->cpa > s.options().memory_bytes)
		return;
	const std::uint8_t code = *s.memory().at(irb->cpa - 8, 8);
	const std::string name = channel_command_name(device, code);
	r.add("at_command", Value::object().set("code", Value::hex(code, 2)).set("name", name),
	      "        at " + name + " (" + to_hex(code, 2) + ")" + (a.orb.cpa == irb->cpa - 8 ? ", the first CCW" : ""));
}

static int run(Context &ctx)
{
	Report &r = ctx.report;
	const std::size_t dump = ctx.args.number("dump", 64, 0, 1 << 20);
	const std::uint64_t times = ctx.args.number("times", 1, 1, 1000000000);

	if (ctx.args.has("syntax")) {
		r.say(script_syntax());
		return kOk;
	}
	if (ctx.args.positional().empty())
		throw usage_error("which program?", "name a file, or - for standard input; `vccw program --syntax`");
	const auto lines = parse_script(read_program(ctx.args.positional()[0]));
	Session s(ctx.session);
	const Assembled a = assemble(lines, s.memory(), s.options().memory_bytes + (1 << 20));
	r.add("orb", a.orb.value(), "program of " + std::to_string(a.ccws) + " CCWs at " + to_hex(a.orb.cpa, 8));
	Outcome o;
	for (std::uint64_t i = 0; i < times; i++) {
		o = s.run(a.orb);
		if (i + 1 < times && !o.done())
			r.say("stopped at turn " + std::to_string(i + 1));
		if (!o.done())
			break;
	}
	r.add("start", errno_name(o.start), "START: " + (o.start ? errno_name(o.start) : std::string("accepted")));
	for (std::size_t i = 0; i < o.before.size(); i++)
		r.irb("before_" + std::to_string(i), o.before[i]);
	if (o.done())
		r.irb("irb", o.irb);
	for (const auto &e : a.expectations)
		check(r, s, e, o);
	show_buffers(r, s, a, dump);
	if (o.done() && (o.irb->dstat & kDstatUnitCheck))
		show_unit_check(r, s, a, o.irb, !ctx.args.has("no-sense"));
	if (o.timed_out) {
		r.expect(false, "a final status", "none within " + std::to_string(s.timeout_ms()) + " ms; ending it by CLEAR");
		if (!s.device().async(Async::kClear))
			s.wait_irb();
	}
	return o.start && a.expectations.empty() ? kUnexpected : kOk;
}

Command program_command()
{
	return {"program", "FILE|-", "run any channel program, written as text",
		std::string("Lays the program out in guest memory, starts it, and shows the status and the data.\n"
			    "Exit code 1: a START that was refused, or an `expect` that did not hold.\n\n") +
			script_syntax(),
		{{"dump", "N", "show at most N bytes of each buffer (default 64, 0: none)"},
		 {"times", "N", "run it N times; the last status is shown"},
		 {"no-sense", "", "no SENSE and no SENSE ID after a unit check"},
		 {"syntax", "", "only print how a program is written"}},
		1, run};
}

} // namespace client
