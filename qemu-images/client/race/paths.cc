// SPDX-License-Identifier: GPL-2.0-only
// Programs for a path that the device does not have, or that the operator has
// varied off.  The emulated devices have one path, 0x80.
#include <cstring>
#include <linux/vfio_ccw.h>

#include "../base/error.hpp"
#include "../cmd/steps.hpp"
#include "../stress/host.hpp"
#include "scenario.hpp"

namespace client {

namespace {

constexpr unsigned kOnlyPath = 0x80, kNoPath = 0x40;
constexpr std::uint8_t kUntouched = 0xa5;
constexpr std::uint32_t kLength = 64;

// SENSE ID into a buffer of its own, by one of the paths in `lpm`.
struct Identify {
	Identify(Session &s, unsigned lpm)
		: chain(Chain::fresh(s.memory(), 1)), data(s.memory().alloc(kLength)), bytes(s.memory().at(data, kLength))
	{
		std::memset(bytes, kUntouched, kLength);
		chain.add({kCmdSenseId, kCcwSli, kLength, data});
		orb = Session::orb_for(chain);
		orb.lpm = lpm;
	}
	bool ran() const { return bytes[0] != kUntouched; }

	Chain chain;
	std::uint32_t data;
	std::uint8_t *bytes;
	Orb orb;
};

bool is_cc3(int err) { return err == -EACCES || err == -ENODEV; }

// Deferred condition code 3: alert status, start-pending still shown.
bool is_deferred_cc3(const Irb &irb)
{
	return irb->fctl() == kFctlStart && irb->actl() == kActlStartPending && irb->deferred_cc() == 3 &&
	       irb->stctl() == (kStctlAlert | kStctlPending);
}

void expect_deferred(Report &r, Session &s, const Identify &without)
{
	const auto irb = s.wait_irb();

	if (!r.expect(irb.has_value(), "a status of the START without a path", "none"))
		return;
	r.irb("irb", *irb);
	r.expect(is_deferred_cc3(*irb), "deferred condition code 3 and nothing else", (*irb)->line());
	r.expect(!without.ran(), "nothing was stored", hex_bytes(without.bytes, 4));
}

// Runs it, having been started with `err` already.
void expect_run(Report &r, Session &s, const Identify &with, int err)
{
	if (!r.expect(err == 0, "START with a path accepted", errno_name(err)))
		return;
	const auto irb = s.wait_irb();
	r.expect(irb && ended_normally(*irb, with.chain), "its status", irb ? (*irb)->line() : "none");
	r.expect(with.ran(), "its data", "none");
	expect_counter(r, s, "pages_pinned", "0");
}

// A channel subsystem may also know at once, and say so: condition code 3.
bool accepted_without(Report &r, Session &s, const Identify &without)
{
	const int err = s.device().start(without.orb);

	if (is_cc3(err))
		r.say("START without a path: " + errno_name(err));
	else
		r.expect(err == 0, "START without a path accepted, or refused with condition code 3", errno_name(err));
	return err == 0;
}

void read_first(Report &r, Session &s, unsigned times)
{
	for (unsigned i = 0; i < times; i++) {
		const Identify without(s, kNoPath);
		if (!accepted_without(r, s, without))
			continue;
		expect_deferred(r, s, without);
		expect_counter(r, s, "pages_pinned", "0");
	}
	const Identify with(s, kOnlyPath);
	expect_run(r, s, with, s.device().start(with.orb));
}

void start_first(Report &r, Session &s)
{
	const Identify without(s, kNoPath), with(s, kOnlyPath);

	if (!accepted_without(r, s, without))
		return;
	s.io().wait(s.timeout_ms());
	const int err = s.device().start(with.orb);
	r.expect(err == 0 || err == -EBUSY, "START accepted, or refused as busy", errno_name(err));
	// Accepted, it may be running still: its page counts until its own status.
	expect_deferred(r, s, without);
	expect_run(r, s, with, err ? s.device().start(with.orb) : 0);
}

// A START that is answered with a deferred condition code is over, and the next one
// is accepted: TEST SUBCHANNEL of any status but intermediate clears function control
// and start-pending.  Principles of Operation, "TEST SUBCHANNEL" and "Deferred Condition
// Code"; QEMU's css.c presents it for a logical-path mask without the device's path;
// the kernel's own driver takes the next START.
void no_path(RaceContext &ctx)
{
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(30) && !ctx.report.failures(); i++) {
		s.memory().release_all();
		read_first(ctx.report, s, i % 3 ? 1 : 2);
	}
	still_works(ctx.report, s);
}

void no_path_between(RaceContext &ctx)
{
	Session s(ctx.session);

	for (std::uint64_t i = 0; i < ctx.times(30) && !ctx.report.failures(); i++) {
		s.memory().release_all();
		start_first(ctx.report, s);
	}
	still_works(ctx.report, s);
}

// The operator's path; on again at the end.
class Path {
public:
	explicit Path(const Session &s)
		: id_(path_of(s.mdev().subchannel)), file_("/sys/devices/css0/chp0." + id_ + "/status")
	{
	}
	~Path() { write_text(file_, "on"); }
	int vary(bool on) const { return write_text(file_, on ? "on" : "off"); }
	std::uint32_t report(bool on) const
	{
		return report_word(kPathReport, on ? kInitialized : kGone, static_cast<unsigned>(std::stoul(id_, nullptr, 16)));
	}

private:
	std::string id_, file_;
};

// Into the kernel's trace, so that what lies between two marks can be told.
void mark(const std::string &text)
{
	write_text("/sys/kernel/tracing/trace_marker", "vccw: " + text);
}

std::uint8_t available_paths(Session &s)
{
	constexpr std::size_t kPam = 15;
	ccw_schib_region region{};

	if (const int err = s.device().read_schib(region))
		throw unexpected_error("no-schib", failed("reading the SCHIB region", err));
	return region.schib_area[kPam];
}

void expect_varied(Report &r, Session &s, const Path &path, bool on)
{
	const std::string name = on ? "varied on" : "varied off";
	int err = path.vary(on);

	r.expect(err == 0, "the path is " + name, errno_name(err));
	r.expect(s.crw().wait(s.timeout_ms()), name + ": a channel report is signalled", "none");
	s.crw().take();
	ccw_crw_region region{};
	err = s.device().read_crw(region);
	r.expect(!err && region.crw == path.report(on), name + ": report " + to_hex(path.report(on), 8),
		 err ? errno_name(err) : to_hex(region.crw, 8));
	const std::uint8_t pam = available_paths(s);
	r.expect(((pam & kOnlyPath) != 0) == on, name + ": PAM with" + (on ? "" : "out") + " the path", to_hex(pam, 2));
}

// START by name of the path, by all, and by those that the host thinks right.
void expect_not_used(Report &r, Session &s)
{
	for (const unsigned lpm : {kOnlyPath, 0xffu, 0u}) {
		const Identify program(s, lpm);
		mark("START without a path, LPM " + to_hex(lpm, 2));
		const Outcome o = s.run(program.orb);
		mark("done");
		r.expect(is_cc3(o.start), "LPM " + to_hex(lpm, 2) + ": EACCES or ENODEV, which are condition code 3", o.text());
		r.expect(!program.ran(), "nothing was stored", hex_bytes(program.bytes, 4));
	}
	expect_counter(r, s, "pages_pinned", "0");
}

// A path that the operator varied off is not used, whatever paths the program names:
// the channel subsystem answers condition code 3 where no path is left.  Principles of
// Operation, "START SUBCHANNEL"; cio's own drivers start with LPM & OPM.
void vary(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const Path path(s);

	r.expect(available_paths(s) & kOnlyPath, "the path is available", "it is not");
	for (std::uint64_t i = 0; i < ctx.times(3) && !r.failures(); i++) {
		s.memory().release_all();
		expect_varied(r, s, path, false);
		expect_not_used(r, s);
		expect_varied(r, s, path, true);
		const Identify with(s, kOnlyPath);
		mark("START with a path");
		const int err = s.device().start(with.orb);
		mark("done");
		expect_run(r, s, with, err);
	}
	still_works(r, s);
}

// ... and what runs on it then is halted.
void vary_running(RaceContext &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const Path path(s);

	for (std::uint64_t i = 0; i < ctx.times(3) && !r.failures(); i++) {
		s.memory().release_all();
		const Chain chain = held_program(s);
		const int err = s.device().start(held_orb(s, chain));
		r.expect(err == 0, "a program is in flight", errno_name(err));
		expect_varied(r, s, path, false);
		expect_broken_off(r, drain(s, 300));
		expect_varied(r, s, path, true);
		still_works(r, s);
	}
}

} // namespace

std::vector<Scenario> path_scenarios()
{
	return {
		{"no-path", "START for a path that the device lacks, then one that it has", no_path},
		{"no-path-between", "the second START comes before the read of the first one's status", no_path_between},
		{"vary-running", "the operator varies off the path that a program in flight uses", vary_running},
		{"vary", "START for a path that the operator varied off; the device needs a path of its own", vary},
	};
}

} // namespace client
