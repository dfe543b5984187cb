// SPDX-License-Identifier: GPL-2.0-only
#include <unistd.h>

#include "../base/error.hpp"
#include "../base/fd.hpp"
#include "../base/number.hpp"
#include "../cmd/steps.hpp"
#include "scenario.hpp"

namespace client {

Chain nop_program(Session &s)
{
	Chain chain = Chain::fresh(s.memory(), 1);

	chain.add({kCmdNop, kCcwSli, 1, chain.first()});
	return chain;
}

std::vector<Irb> drain(Session &s, int ms)
{
	std::vector<Irb> all;

	while (all.size() < 1000) {
		const auto irb = s.wait_irb(ms);
		if (!irb)
			break;
		all.push_back(*irb);
	}
	return all;
}

std::string function_of(const Irb &irb)
{
	const auto w = fctl_words(irb->fctl());

	if (irb.empty())
		return "nothing";
	return w.empty() ? "unsolicited" : join(w, "+");
}

std::string functions_of(const std::vector<Irb> &irbs)
{
	std::vector<std::string> w;

	for (const auto &irb : irbs)
		w.push_back(function_of(irb));
	return w.empty() ? "none" : join(w, ", ");
}

bool ended_normally(const Irb &irb, const Chain &chain)
{
	return irb->cpa == chain.next() && irb->dstat == (kDstatChannelEnd | kDstatDeviceEnd) && !irb->cstat;
}

void expect_broken_off(Report &r, const std::vector<Irb> &irbs)
{
	constexpr unsigned kEnd = kStctlAlert | kStctlPrimary | kStctlSecondary | kStctlPending;

	if (!r.expect(!irbs.empty(), "the program's status", "none"))
		return;
	const Irb &last = irbs.back();
	r.irb("irb", last);
	r.expect(last->fctl() == kFctlStart && last->stctl() == kEnd && last->cstat == kCstatInterfaceCheck && !last->dstat,
		 "START is over, with interface-control check", last->line());
}

int start_unread(Session &s, const Chain &chain)
{
	const auto released = [&] { return read_text(s.mdev().path + "/stats/programs_released", "0"); };
	const std::string before = released();
	const int err = s.device().start(Session::orb_for(chain));
	const std::int64_t end = now_ms() + s.timeout_ms();

	while (!err && released() == before && now_ms() < end)
		::usleep(1000);
	return err;
}

void accepted(Report &r, Session &s, Async which)
{
	const int err = async_when_free(s, which);

	if (!r.expect(err == 0, std::string(async_name(which)) + " accepted", errno_name(err)))
		throw unexpected_error("refused", failed(async_name(which), err), "the rest of the sequence makes no sense");
}

void expect_counter(Report &r, const Session &s, const std::string &name, const std::string &wanted)
{
	if (!has_counters(s))
		return;
	const std::string value = read_text(s.mdev().path + "/stats/" + name, "no such counter");

	r.expect(value == wanted, "stats/" + name + " " + wanted, value);
}

bool has_counters(const Session &s) { return ::access((s.mdev().path + "/stats").c_str(), F_OK) == 0; }

std::uint64_t counter(const Session &s, const std::string &name)
{
	const std::string path = s.mdev().path + "/stats/" + name;

	return parse_number(read_text(path), path);
}

void expect_in_flight(Report &r, const Session &s)
{
	constexpr useconds_t kLongEnough = 100000; // for the driver's work item, which would have released it

	if (!has_counters(s))
		return;
	::usleep(kLongEnough);
	const std::uint64_t started = counter(s, "starts"), released = counter(s, "programs_released");
	r.expect(started - released == 1, "one program in flight",
		 std::to_string(started) + " started, " + std::to_string(released) + " released");
}

void still_works(Report &r, Session &s)
{
	const Chain chain = nop_program(s);
	const Outcome o = s.run(chain);

	r.expect(o.done() && o.before.empty() && ended_normally(o.irb, chain), "a NOP afterwards ends as usual",
		 o.done() && !o.before.empty() ? "first: " + functions_of(o.before) : o.text());
}

} // namespace client
