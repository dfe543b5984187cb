// SPDX-License-Identifier: GPL-2.0-only
// The thread that takes a device's interrupts and channel reports, and holds
// them against what was asked.
#include <linux/vfio_ccw.h>
#include <unistd.h>

#include "../base/error.hpp"
#include "../base/value.hpp"
#include "world.hpp"

namespace client {

// One wake, one status: the eventfd was signalled once, and one read takes it.  A reset
// takes status away whose wake is out already.  False: there was nothing.
bool World::read_one(Opened &o)
{
	const std::uint64_t signals = o.take();
	ccw_io_region region{};
	std::string bad;

	if (!signals)
		return false;
	if (signals != 1 && !o.account().may_be_stale(signals - 1))
		wrong("one status was signalled " + std::to_string(signals) + " times");
	const std::uint64_t buried = o.slots().buried();
	const std::uint64_t host_halts = host_.halts_before(options_.own_path);
	if (const int err = o.session().device().read_io(region)) {
		wrong(failed("reading the I/O region", err));
		return true;
	}
	Irb::Raw raw{};
	std::copy(std::begin(region.irb_area), std::end(region.irb_area), raw.begin());
	const Irb irb(raw);

	bad = o.account().take(irb, std::max(host_halts, host_.halts_before(options_.own_path)),
			       options_.unsolicited);
	if (!Layout::may_be_guest(irb->cpa))
		bad = "an address that no program has: " + irb->line();
	if ((irb->fctl() & kFctlStart) && irb->clears_functions() && !irb->deferred() &&
	    !says_broken_off(irb)) {
		if (!irb->cpa)
			bad = "a final status of START without its CCW address: " + irb->line();
		o.slots().ended(irb, buried, bad);
	}
	if (!bad.empty())
		wrong(bad);
	return true;
}

// In the order in which they were made; some are missed while it is closed, or
// when they come faster than they are read.
void World::read_crws(Opened &o)
{
	ccw_crw_region region{};

	o.session().crw().take();
	while (!o.session().device().read_crw(region) && region.crw)
		if (!host_.was_made(region.crw, o.crws_expected))
			wrong("a channel report that nobody made, or out of order: " +
			      to_hex(region.crw, 8));
}

void World::reader(Beat &beat, std::atomic<bool> &quiet)
{
	int rest = 5; // quiet waits until nothing more comes

	while (rest) {
		mark(beat, "reading");
		const auto o = opened();
		if (!o) {
			::usleep(5000);
			rest -= quiet ? 1 : 0;
			continue;
		}
		o->wait(20);
		const bool more = read_one(*o);
		o->slots().step(!more);
		read_crws(*o);
		rest -= quiet && !more ? 1 : 0;
	}
}

} // namespace client
