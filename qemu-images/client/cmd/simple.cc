// SPDX-License-Identifier: GPL-2.0-only
// The commands that are one step each.
#include "../decode/schib.hpp"
#include "command.hpp"
#include "steps.hpp"

namespace client {

template <void (*Step)(Report &, Session &)> static int one_step(Context &ctx)
{
	Session s(ctx.session);

	Step(ctx.report, s);
	return kOk;
}

static void halt(Report &r, Session &s) { step_async(r, s, Async::kHalt); }
static void clear(Report &r, Session &s) { step_async(r, s, Async::kClear); }

static void reset_and_nop(Report &r, Session &s)
{
	step_reset(r, s);
	step_nop(r, s);
}

static int unit_check(Context &ctx)
{
	const auto command = static_cast<unsigned>(ctx.args.number("command", 0xfe, 1, 0xff));
	Session s(ctx.session);

	step_unit_check(ctx.report, s, command);
	return kOk;
}

static int crw(Context &ctx)
{
	const int wait_ms = static_cast<int>(ctx.args.number("wait", 0, 0, 600000));
	Report &r = ctx.report;
	Session s(ctx.session);
	Value list = Value::array();

	s.device().need(VFIO_REGION_SUBTYPE_CCW_CRW);
	if (wait_ms && !s.crw().wait(wait_ms))
		r.say("no channel report within " + std::to_string(wait_ms) + " ms");
	for (int i = 0; i < 1000; i++) {
		ccw_crw_region region{};
		if (const int err = s.device().read_crw(region))
			throw unexpected_error("read-failed", failed("reading the CRW region", err));
		if (!region.crw)
			break;
		list.push(crw_value(region.crw));
		r.say(crw_text(region.crw));
	}
	r.add("crws", list, "");
	r.say("no more channel reports");
	return kOk;
}

Command sense_id_command()
{
	return {"sense-id", "", "ask the device what it is (SENSE ID), decoded", "", {}, 0, one_step<step_sense_id>};
}

Command nop_command()
{
	return {"nop", "", "run a program of one NOP", "", {}, 0, one_step<step_nop>};
}

Command tic_command()
{
	return {"tic", "", "run a program that goes on elsewhere by TIC", "", {}, 0, one_step<step_tic>};
}

Command halt_command()
{
	return {"halt", "", "HALT SUBCHANNEL on the idle device", "", {}, 0, one_step<halt>};
}

Command clear_command()
{
	return {"clear", "", "CLEAR SUBCHANNEL on the idle device", "", {}, 0, one_step<clear>};
}

Command schib_command()
{
	return {"schib", "", "the subchannel-information block, decoded", "", {}, 0, one_step<step_schib>};
}

Command reset_command()
{
	return {"reset", "", "reset the device (VFIO_DEVICE_RESET), then run a NOP", "", {}, 0,
		one_step<reset_and_nop>};
}

Command unit_check_command()
{
	return {"unit-check", "", "provoke a unit check and show the sense data",
		"Starts a command that the device should not know, expects unit check, and decodes\n"
		"the sense data: those that came with the status, or those of a SENSE after it.",
		{{"command", "CODE", "the command to use (default 0xfe, a read that nothing defines)"}}, 0, unit_check};
}

Command crw_command()
{
	return {"crw", "", "read the channel reports that wait for the client",
		"Reads the CRW region until it is empty.",
		{{"wait", "MS", "wait for a report first, at most MS milliseconds"}}, 0, crw};
}

} // namespace client
