// SPDX-License-Identifier: GPL-2.0-only
#include "command.hpp"
#include "info.hpp"
#include "steps.hpp"

namespace client {

static int run(Context &ctx)
{
	Report &r = ctx.report;

	r.step("Open the device and list its regions and interrupts");
	Session s(ctx.session);
	show_info(r, s);
	if (s.device().find(VFIO_REGION_SUBTYPE_CCW_SCHIB)) {
		r.step("The subchannel, as STORE SUBCHANNEL shows it");
		step_schib(r, s);
	}
	r.step("SENSE ID: what is this device?");
	step_sense_id(r, s);
	r.step("NOP: the smallest program");
	step_nop(r, s);
	r.step("TIC: a program that goes on elsewhere");
	step_tic(r, s);
	r.step("Unit check: a command that the device rejects, and its sense data");
	step_unit_check(r, s, 0xfe);
	r.step("HALT on the idle subchannel");
	step_async(r, s, Async::kHalt);
	r.step("CLEAR on the idle subchannel");
	step_async(r, s, Async::kClear);
	for (const Async how : {Async::kHalt, Async::kClear}) {
		Chain chain(s.memory(), 0);
		r.step(std::string("A program held in flight, ended by ") + async_name(how));
		if (step_hold_start(r, s, chain))
			step_hold_end(r, s, chain, how);
	}
	r.step("Result");
	r.say(r.failures() ? std::to_string(r.failures()) + " answers were not as expected"
			   : "every answer was as expected");
	return kOk;
}

Command demo_command()
{
	return {"demo", "", "everything once: a readable tour of the device",
		"Lists regions and interrupts, then runs SENSE ID, NOP, TIC, a unit check with its sense\n"
		"data, HALT, CLEAR, and a program that is held in flight and ended; shows each status\n"
		"decoded.  Harmless to the device: it reads its identity and writes nothing.",
		{}, 0, run};
}

} // namespace client
