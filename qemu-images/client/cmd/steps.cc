// SPDX-License-Identifier: GPL-2.0-only
#include "steps.hpp"

#include <cstring>

#include "../base/error.hpp"
#include "../decode/schib.hpp"
#include "../decode/sense.hpp"

namespace client {

static std::string status_text(const Irb &irb)
{
	const auto d = dstat_words(irb->dstat);
	const auto c = cstat_words(irb->cstat);

	return (d.empty() ? "no device status" : join(d, "+")) + ", " +
	       (c.empty() ? "no subchannel status" : join(c, "+"));
}

static void expect_normal_end(Report &r, const Irb &irb, std::uint32_t cpa)
{
	r.irb("irb", irb);
	r.expect(irb->dstat == (kDstatChannelEnd | kDstatDeviceEnd) && irb->cstat == 0,
		 "channel-end+device-end, no subchannel status", status_text(irb));
	r.expect(irb->cpa == cpa, "CPA " + to_hex(cpa, 8), to_hex(irb->cpa, 8));
}

void step_sense_id(Report &r, Session &s)
{
	constexpr unsigned kLength = 64;
	const std::uint32_t buffer = s.memory().alloc(kLength);
	Chain chain = Chain::fresh(s.memory(), 1);

	std::memset(s.memory().at(buffer, kLength), 0, kLength);
	chain.add({kCmdSenseId, kCcwSli, kLength, buffer});
	r.say("START: SENSE ID (0xe4), 64 bytes wanted, length suppressed");
	const Irb irb = s.must_run(chain, "SENSE ID");
	expect_normal_end(r, irb, chain.next());
	const unsigned got = irb->count <= kLength ? kLength - irb->count : 0;
	const SenseId id = SenseId::decode({s.memory().at(buffer, kLength), got});
	r.add("sense_id", id.value(), "answer: " + id.text());
	r.say("        bytes " + hex_bytes(id.raw.data(), std::min<std::size_t>(got, 16)));
	r.expect(id.valid, "an answer that starts with ff", hex_bytes(id.raw.data(), std::min<std::size_t>(got, 4)));
}

void step_nop(Report &r, Session &s)
{
	Chain chain = Chain::fresh(s.memory(), 1);

	chain.add({kCmdNop, kCcwSli, 1, chain.first()});
	r.say("START: NOP (0x03)");
	expect_normal_end(r, s.must_run(chain, "NOP"), chain.next());
}

void step_tic(Report &r, Session &s)
{
	Chain chain = Chain::fresh(s.memory(), 2);
	const std::uint32_t second = s.memory().alloc(4096, 4096);

	chain.add({kCmdNop, kCcwCc | kCcwSli, 1, chain.first()});
	chain.tic(second);
	chain.org(second);
	chain.add({kCmdNop, kCcwSli, 1, second});
	r.say("START: NOP at " + to_hex(chain.first(), 8) + ", TIC to " + to_hex(second, 8) + ", NOP there");
	expect_normal_end(r, s.must_run(chain, "a TIC"), chain.next());
}

static void basic_sense(Report &r, Session &s)
{
	constexpr unsigned kLength = 32;
	const std::uint32_t buffer = s.memory().alloc(kLength);
	Chain chain = Chain::fresh(s.memory(), 1);

	std::memset(s.memory().at(buffer, kLength), 0, kLength);
	chain.add({kCmdSense, kCcwSli, kLength, buffer});
	r.say("START: SENSE (0x04), to learn why");
	const Irb irb = s.must_run(chain, "SENSE");
	r.irb("sense_irb", irb);
	const unsigned got = irb->count <= kLength ? kLength - irb->count : 0;
	const std::span<const std::uint8_t> bytes(s.memory().at(buffer, kLength), got);
	r.add("sense", sense_value(bytes), "sense data: " + sense_text(bytes));
	r.expect(got && (bytes[0] & 0x80), "command reject", sense_text(bytes));
}

void step_unit_check(Report &r, Session &s, unsigned command)
{
	const std::uint32_t buffer = s.memory().alloc(64);
	Chain chain = Chain::fresh(s.memory(), 1);

	chain.add({command, kCcwSli, 1, buffer});
	r.say("START: command " + to_hex(command, 2) + ", which the device should not know");
	const Irb irb = s.must_run(chain, "an unknown command");
	r.irb("irb", irb);
	if (!r.expect(irb->dstat & kDstatUnitCheck, "unit-check", status_text(irb)))
		return;
	if (irb.sense().empty()) {
		basic_sense(r, s);
		return;
	}
	r.add("sense", sense_value(irb.sense()), "sense data came with the status: " + sense_text(irb.sense()));
	r.expect(irb.sense()[0] & 0x80, "command reject", sense_text(irb.sense()));
}

const char *async_name(Async which)
{
	return which == Async::kHalt ? "HALT" : "CLEAR";
}

// A loaded host takes its time to present the interrupt that is in the way.
constexpr std::int64_t kHaltMs = 3000;

int async_when_free(Session &s, Async which)
{
	const std::int64_t end = now_ms() + kHaltMs;
	int err;

	do
		err = s.device().async(which);
	while (err == -EBUSY && !s.io().wait(0) && now_ms() < end);
	return err;
}

Irb wait_function(Report &r, Session &s, unsigned fctl, const char *after)
{
	for (int i = 0; i < 16; i++) {
		const Irb irb = s.need_irb(after);
		if (irb->fctl() & fctl)
			return irb;
		r.say("an earlier status came first:");
		r.irb("earlier_irb_" + std::to_string(i), irb);
	}
	throw unexpected_error("timeout", std::string("16 statuses, but none of them after ") + after);
}

// A CPA is 0 or lies where this process has put programs.
static void expect_no_host_address(Report &r, Session &s, std::uint32_t cpa)
{
	r.expect(cpa == 0 || (cpa >= GuestMemory::kFirst && cpa <= s.memory().used()),
		 "CPA 0 or an address of this guest's programs", to_hex(cpa, 8));
}

static void request_async(Session &s, Async which)
{
	if (const int err = s.device().async(which))
		throw unexpected_error("refused", failed(async_name(which), err),
				       "the subchannel may be busy or gone: see `vccw schib`");
}

void step_async(Report &r, Session &s, Async which)
{
	const unsigned fctl = which == Async::kHalt ? kFctlHalt : kFctlClear;

	r.say(std::string(async_name(which)) + " SUBCHANNEL");
	request_async(s, which);
	const Irb irb = wait_function(r, s, fctl, async_name(which));
	r.irb("irb", irb);
	r.expect(irb->pending(), "status pending", irb->pending() ? "status pending" : "none");
	expect_no_host_address(r, s, irb->cpa);
}

void step_schib(Report &r, Session &s)
{
	ccw_schib_region region{};

	if (const int err = s.device().read_schib(region))
		throw unexpected_error("no-schib", failed("reading the SCHIB region", err), "the subchannel may be gone");
	if (r.is_json())
		r.add("schib", schib_value(region.schib_area), "");
	else
		r.say("subchannel-information block\n" + schib_text(region.schib_area, 5));
	expect_no_host_address(r, s, Scsw::decode(region.schib_area + 28).cpa);
}

void expect_refused_program(Report &r, Session &s, const Orb &orb, const std::string &what)
{
	const Outcome o = s.run(orb);
	const bool errno_ok = o.start && o.start != -EBUSY && o.start != -EAGAIN;

	r.expect(errno_ok || (o.done() && (o.irb->cstat & (kCstatProgramCheck | kCstatProtectionCheck))),
		 what + ": refused, or ended by a program check", o.text());
}

void step_reset(Report &r, Session &s)
{
	const int err = s.device().reset();

	r.expect(err == 0, "RESET accepted", errno_name(err));
}

} // namespace client
