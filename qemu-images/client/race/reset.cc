// SPDX-License-Identifier: GPL-2.0-only
// A reset is a border: nothing from before it is readable after it.  Principles of
// Operation, "I/O-System Reset": no subchannel is status pending afterwards, and channel
// reports that were pending are gone.  A client may have been woken by then and read
// later, as QEMU does when its guest reboots: that finds no status.
#include <algorithm>
#include <cstddef>

#include "../base/error.hpp"
#include "../cmd/steps.hpp"
#include "../stress/host.hpp"
#include "scenario.hpp"

namespace client {

namespace {

ccw_io_region read_region(Session &s)
{
	ccw_io_region region{};

	if (const int err = s.device().read_io(region))
		throw unexpected_error("read-failed", failed("reading the I/O region", err));
	return region;
}

void expect_no_status(Report &r, const ccw_io_region &region, const std::string &when)
{
	const bool none = std::all_of(std::begin(region.irb_area), std::end(region.irb_area),
				      [](std::uint8_t byte) { return byte == 0; });

	r.expect(none, when + ": no status", Scsw::decode(region.irb_area).line());
}

// What a client may do now: read for the wake of before, read without one, and go on.
void expect_nothing_left(Report &r, Session &s)
{
	ccw_crw_region report{};

	if (s.io().take())
		expect_no_status(r, read_region(s), "the wake of before the reset");
	expect_no_status(r, read_region(s), "a read without a wake");
	r.expect(!s.device().read_crw(report) && !report.crw, "no channel report", to_hex(report.crw, 8));
	expect_counter(r, s, "queued", "0");
	expect_counter(r, s, "pages_pinned", "0");
	still_works(r, s);	// and no other status comes first
}

void reset_with(RaceContext &ctx, void (*leave)(Report &, Session &), void (*later)(Session &) = nullptr)
{
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(10); i++) {
		s.memory().release_all();
		leave(ctx.report, s);
		const int err = s.device().reset();
		ctx.report.expect(err == 0, "RESET accepted", errno_name(err));
		if (later)
			later(s);
		const int before = ctx.report.failures();
		expect_nothing_left(ctx.report, s);
		if (ctx.report.failures() != before)
			return;
	}
}

void start_nop(Report &r, Session &s)
{
	const int err = s.device().start(Session::orb_for(nop_program(s)));

	r.expect(err == 0, "START accepted", errno_name(err));
}

void woken(Report &r, Session &s)
{
	start_nop(r, s);
	r.expect(s.io().wait(s.timeout_ms()), "the program's end is signalled", "nothing");
	s.io().take();
}

// Waits until the I/O region shows a status; what reads less than all takes nothing.
bool shows_status(Session &s)
{
	const std::uint64_t at = s.device().io_region().offset + offsetof(ccw_io_region, irb_area);
	const std::int64_t end = now_ms() + s.timeout_ms();
	std::uint32_t word = 0;

	while (!word && now_ms() < end)
		if (s.device().read_at(at, &word, sizeof(word)) != sizeof(word))
			return false;
	return word != 0;
}

void without_eventfd(Report &r, Session &s)
{
	const int err = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, -1);

	r.expect(err == 0, "the eventfd taken away", errno_name(err));
	start_nop(r, s);
	r.expect(shows_status(s), "the program's status is readable", "it is not");
}

void give_eventfd(Session &s)
{
	if (const int err = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, s.io().fd()))
		throw unexpected_error("no-eventfd", failed("setting the eventfd", err));
}

// The path goes and comes, and nobody reads of it.
void leave_reports(Report &r, Session &s)
{
	const std::string status = "/sys/devices/css0/chp0." + path_of(s.mdev().subchannel) + "/status";

	for (const char *to : {"off", "on"}) {
		const int err = write_text(status, to);
		r.expect(err == 0, std::string("the path is varied ") + to, errno_name(err));
	}
	r.expect(s.crw().wait(s.timeout_ms()), "a channel report is signalled", "none");
}

void reset_held(RaceContext &ctx) { reset_with(ctx, leave_held); }
void reset_unread(RaceContext &ctx) { reset_with(ctx, leave_unread); }
void reset_woken(RaceContext &ctx) { reset_with(ctx, woken); }
void reset_untold(RaceContext &ctx) { reset_with(ctx, without_eventfd, give_eventfd); }
void reset_reports(RaceContext &ctx) { reset_with(ctx, leave_reports); }

} // namespace

std::vector<Scenario> reset_scenarios()
{
	return {
		{"reset-held", "reset with a program in flight", reset_held},
		{"reset-unread", "reset with a signalled status and more behind it unread", reset_unread},
		{"reset-woken", "reset between the wake and the read of its status", reset_woken},
		{"reset-untold", "reset with a status that no eventfd was told of", reset_untold},
		{"reset-reports", "reset with channel reports unread; the device needs a path of its own", reset_reports},
	};
}

} // namespace client
