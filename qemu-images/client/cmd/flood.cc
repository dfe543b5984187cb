// SPDX-License-Identifier: GPL-2.0-only
// A client that makes the driver complain, again and again.
#include "command.hpp"

namespace client {

namespace {

// What the driver refuses with a line in the host's log; a kind of line each.
struct Refusal {
	const char *name;
	int (*request)(Device &);
	int error;
};

int transport_mode(Device &d)
{
	std::uint8_t orb[12] = {};

	orb[5] = 0x44;	// with prefetch
	return d.start_raw(orb, std::uint32_t{kFctlStart} << 12);
}

int halt_by_io_region(Device &d)
{
	const std::uint8_t orb[12] = {};

	return d.start_raw(orb, std::uint32_t{kFctlHalt} << 12);
}

int unknown_async(Device &d) { return d.async(static_cast<Async>(0x80)); }

constexpr Refusal kRefusals[] = {
	{"transport mode", transport_mode, EOPNOTSUPP},
	{"HALT in the I/O region", halt_by_io_region, EOPNOTSUPP},
	{"an unknown async command", unknown_async, EINVAL},
};

} // namespace

static int run(Context &ctx)
{
	const std::uint64_t times = ctx.args.number("times", 1000, 0, 1000000000);
	const std::uint64_t resets = ctx.args.number("resets", 0, 0, 1000000000);
	Report &r = ctx.report;
	Session s(ctx.session);

	for (const auto &refusal : kRefusals) {
		std::uint64_t refused = 0;
		int other = 0;

		for (std::uint64_t i = 0; i < times; i++) {
			const int err = refusal.request(s.device());
			refused += err == -refusal.error;
			other = err == -refusal.error ? other : err;
		}
		r.expect(refused == times, std::to_string(times) + " times " + refusal.name + ": " + errno_name(refusal.error),
			 std::to_string(refused) + " times; also " + errno_name(other));
	}
	for (std::uint64_t i = 0; i < resets; i++)
		if (const int err = s.device().reset())
			throw unexpected_error("reset-failed", failed("reset " + std::to_string(i + 1), err));
	return kOk;
}

Command flood_command()
{
	return {"flood", "", "make requests that the driver refuses with a line in the host's log",
		"Transport mode, HALT in the I/O region, an unknown async command:\n"
		"each --times times.  Shows whether one client can fill the log of the host.",
		{{"times", "N", "how often each (default 1000)"}, {"resets", "N", "then reset the device N times (default 0)"}},
		0, run};
}

} // namespace client
