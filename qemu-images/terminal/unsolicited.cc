// SPDX-License-Identifier: GPL-2.0-only
// unsolicited MODE SECONDS [ORDER...]: what a device presents by itself, as a
// client of vfio-ccw sees it.  Links with the objects of the client `vccw`.
//
//   starts  one NOP after the other meanwhile
//   NUMBER  nothing but reading, until that many statuses came
//   late:N  with no eventfd until the driver counted N interrupts; then one is
//           set, and all is read
//
// Once the device is open, each ORDER goes to descriptor 3, in a line that
// starts with "# outside: ".
// Prints "presented:" and the device status of each unsolicited interrupt in
// the order of arrival; the exit status is 0 only if each signal brought one
// status and each START got its own end.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unistd.h>

#include "../client/base/error.hpp"
#include "../client/base/fd.hpp"
#include "../client/base/number.hpp"
#include "../client/cmd/steps.hpp"
#include "../client/race/scenario.hpp"

using namespace client;

namespace {

constexpr std::string_view kLate = "late:";

class Watch {
public:
	explicit Watch(Session &s) : s_(s) {}

	// One signal, one read.  False: none came in time.
	bool take(int ms)
	{
		if (!s_.io().wait(ms))
			return false;
		signals += s_.io().take();
		ccw_io_region region{};
		if (const int err = s_.device().read_io(region))
			throw unexpected_error("read-failed",
					       failed("reading the I/O region", err));
		reads++;
		last = Scsw::decode(region.irb_area);
		if (last.fctl())
			return true;
		char text[8];
		std::snprintf(text, sizeof(text), " %02x", static_cast<unsigned>(last.dstat));
		presented += text;
		if (last.cpa || !(last.stctl() & kStctlPending))
			throw unexpected_error("wrong-status", "unsolicited, but " + last.line());
		return true;
	}

	void one_start()
	{
		if (starts % 256 == 0)
			s_.memory().release_all();
		const Chain chain = nop_program(s_);
		for (int err; (err = s_.device().start(Session::orb_for(chain)));) {
			if (err != -EBUSY)
				throw unexpected_error("refused", failed("START", err));
			busy++; // by a status that is not read yet
			if (!take(2000))
				throw unexpected_error("busy", "EBUSY, but nothing to read");
			if (last.fctl())
				throw unexpected_error("wrong-status",
						       "nothing is in flight, but " + last.line());
		}
		starts++;
		do
			if (!take(5000))
				throw unexpected_error("lost",
						       "no end of START " + std::to_string(starts));
		while (!last.fctl());
		// QEMU may overwrite the device status of an end that is still pending.
		merged += last.dstat != (kDstatChannelEnd | kDstatDeviceEnd);
		if (last.fctl() != kFctlStart || last.cpa != chain.next() || last.cstat)
			throw unexpected_error("wrong-status", "START of " +
								       to_hex(chain.first(), 8) +
								       ": " + last.line());
	}

	Scsw last;
	std::string presented;
	std::uint64_t signals = 0, reads = 0, starts = 0, busy = 0, merged = 0;

private:
	Session &s_;
};

} // namespace

// Before anything is ordered: what comes first is not to find it still set.
static void take_eventfd_away(Session &s)
{
	if (const int err = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, -1))
		throw unexpected_error("no-eventfd", failed("taking the eventfd away", err));
}

static std::uint64_t interrupts(Session &s)
{
	const std::string file = s.mdev().path + "/stats/interrupts";
	return parse_number(read_text(file), file);
}

static void late(Session &s, std::uint64_t last, std::int64_t end)
{
	while (interrupts(s) < last && now_ms() < end)
		::usleep(10000);
	if (s.io().wait(0))
		throw unexpected_error("wrong-signal",
				       "a signal on an eventfd that was taken away");
	if (const int err = s.device().set_eventfd(VFIO_CCW_IO_IRQ_INDEX, s.io().fd()))
		throw unexpected_error("no-eventfd", failed("setting the eventfd", err));
}

static void run(const std::string &mode, std::int64_t seconds, const std::string &orders)
{
	Session s{SessionOptions{}};
	Watch w(s);
	const bool is_late = mode.starts_with(kLate);
	const std::uint64_t wanted = mode[0] <= '9' ? std::stoull(mode) : 0;

	// As a guest that enables its subchannel; status from before that is dropped.
	ccw_schib_region schib{};
	if (const int err = s.device().read_schib(schib))
		throw unexpected_error("read-failed", failed("reading the SCHIB", err));
	std::uint64_t before = 0;
	if (is_late) {
		before = interrupts(s);
		take_eventfd_away(s);
	}
	if (!orders.empty() && ::write(3, orders.data(), orders.size()) < 0)
		throw environment_error("no-outside", failed("writing to descriptor 3", errno),
					"run it with 3>FILE");
	const std::int64_t end = now_ms() + seconds * 1000;
	if (is_late)
		late(s, before + std::stoull(mode.substr(kLate.size())), end);
	while (mode == "starts" && now_ms() < end)
		w.one_start();
	while (w.reads < wanted &&
	       w.take(static_cast<int>(std::max<std::int64_t>(0, end - now_ms()))))
		;
	while (w.take(300)) // what is still under way
		if (w.last.fctl())
			throw unexpected_error("doubled", "a status after all programs ended: " +
								  w.last.line());
	std::printf("presented:%s\nstarts %lu busy %lu merged %lu signals %lu reads %lu\n",
		    w.presented.c_str(), w.starts, w.busy, w.merged, w.signals, w.reads);
	if (w.signals != w.reads)
		throw unexpected_error("signals", "not one status for each signal");
	w.one_start();
}

int main(int argc, char **argv)
{
	const std::string mode = argc >= 3 ? argv[1] : "?";
	std::string orders;

	const std::string number = mode.substr(mode.starts_with(kLate) ? kLate.size() : 0);
	if (mode != "starts" &&
	    (number.empty() || number.find_first_not_of("0123456789") != std::string::npos))
		return std::fputs(
			       "usage: unsolicited starts|late:NUMBER|NUMBER SECONDS [ORDER...]\n",
			       stderr),
		       kUsage;
	for (int i = 3; i < argc; i++)
		orders += std::string("# outside: ") + argv[i] + "\n";
	try {
		run(mode, std::atoi(argv[2]), orders);
	} catch (const std::exception &e) {
		std::printf("failed: %s\n", e.what());
		return kUnexpected;
	}
	return kOk;
}
