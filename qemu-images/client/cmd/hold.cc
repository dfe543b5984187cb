// SPDX-License-Identifier: GPL-2.0-only
#include <poll.h>

#include "command.hpp"
#include "steps.hpp"

namespace client {

// Keeps the program in flight; returns at the end of the time, or when the
// driver asks for the device back and `leave` says so.
static void keep(Report &r, Session &s, std::int64_t ms, bool leave)
{
	const std::int64_t end = now_ms() + ms;
	bool told = false;

	while (now_ms() < end) {
		if (!s.request().wait(static_cast<int>(std::min<std::int64_t>(end - now_ms(), 1000))))
			continue;
		s.request().take();
		if (!told)
			r.say(leave ? "the driver asks for the device: giving it back"
				    : "the driver asks for the device: ignored");
		told = true;
		if (leave)
			return;
	}
}

// A program's end and two HALTs, none of them read.
static void leave_unread(Report &r, Session &s)
{
	Chain chain = Chain::fresh(s.memory(), 1);

	chain.add({kCmdNop, kCcwSli, 1, chain.first()});
	int err = s.device().start(Session::orb_for(chain));
	r.expect(err == 0, "START accepted", errno_name(err));
	for (int i = 0; i < 2; i++) {
		err = async_when_free(s, Async::kHalt);
		r.expect(err == 0, "HALT accepted", errno_name(err));
	}
	r.say("their statuses stay unread");
}

static int run(Context &ctx)
{
	const std::string end = ctx.args.get("end", "clear");
	const auto keep_ms = static_cast<std::int64_t>(ctx.args.number("keep", 0, 0, 100000)) * 1000;
	Report &r = ctx.report;

	if (end != "halt" && end != "clear" && end != "close")
		throw usage_error("--end is halt, clear or close");
	Session s(ctx.session);
	Chain chain(s.memory(), 0);
	if (ctx.args.has("unread")) {
		leave_unread(r, s);
		keep(r, s, keep_ms, !ctx.args.has("stay"));
		return kOk;
	}
	if (!step_hold_start(r, s, chain))
		return kUnexpected;
	if (keep_ms) {
		r.say("holding for " + std::to_string(keep_ms / 1000) + " s");
		keep(r, s, keep_ms, !ctx.args.has("stay"));
	}
	if (end == "close")
		r.say("closing the device with the program in flight");
	else
		step_hold_end(r, s, chain, end == "halt" ? Async::kHalt : Async::kClear);
	return kOk;
}

Command hold_command()
{
	return {"hold", "", "hold a program in flight; a second START must find the device busy",
		"Starts a program that is suspended at its first CCW, tries a second START (which must\n"
		"end in EBUSY), then ends the first one and runs a NOP.",
		{{"keep", "S", "keep it in flight for S seconds, or until the driver asks for the device"},
		 {"stay", "", "with --keep: ignore the driver's request for the device"},
		 {"unread", "", "hold no program, but a program's end and two HALTs unread; then close"},
		 {"end", "HOW", "halt, clear (default) or close: leave it to the close of the device"}},
		0, run, 0};
}

} // namespace client
