// SPDX-License-Identifier: GPL-2.0-only
// Channel instructions: they go to the model, and the promises that hold at
// that moment are checked.
#include "host.hpp"
#include "report.hpp"

#include <cstring>

namespace explore {
namespace {

void instruction(const char *what)
{
	locked(what);
	point();
}

// One that a guest's request asks for.
void requested(const char *what)
{
	instruction(what);
	world().enabled_by_guest = true;
}

int start(void *, vccw_u8 *orb)
{
	World &w = world();
	Actor &a = me();

	requested("START SUBCHANNEL");
	if (w.unseen)
		fail("P3", "START with an interrupt captured and its program not released");

	const u32 cpa = u32{orb[8]} << 24 | u32{orb[9]} << 16 | u32{orb[10]} << 8 | orb[11];

	a.cc = w.channel.start(a.program, cpa, w.left);
	note("START SUBCHANNEL: cc %d", a.cc);
	if (a.cc == 0) {
		freeze(a.program, cpa);
		w.owed |= 4;
	}
	return a.cc;
}

// Of the driver's own that stops the device, not of a request for it.
bool is_stopping()
{
	const Actor &a = me();

	return a.unmapping || a.renewing || a.closing || a.host;
}

int halt(void *)
{
	if (is_stopping()) {
		instruction("HALT SUBCHANNEL");
		const int cc = world().channel.halt();
		note("HALT SUBCHANNEL of the driver: cc %d", cc);
		return cc;
	}
	requested("HALT SUBCHANNEL");
	if (world().ledger.holds_status())
		fail("P3", "HALT, and status of before is unread: cc 1");
	me().cc = world().channel.halt();
	note("HALT SUBCHANNEL: cc %d", me().cc);
	if (me().cc == 0)
		world().owed |= 2;
	return me().cc;
}

// The driver's own, after status that left the channel active, or to stop the device.
void clear_unasked()
{
	instruction("CLEAR SUBCHANNEL");
	note("CLEAR SUBCHANNEL of the driver: cc %d", world().channel.clear());
}

int clear(void *)
{
	World &w = world();

	if (w.in_irq || me().program || is_stopping())
		return clear_unasked(), 0;
	requested("CLEAR SUBCHANNEL");
	me().cc = w.channel.clear();
	note("CLEAR SUBCHANNEL: cc %d", me().cc);
	if (me().cc == 0) {
		w.ledger.void_unpublished();
		w.owed = 1;
	}
	return me().cc;
}

int enable(void *)
{
	World &w = world();

	instruction("enable");
	const int rc = w.channel.enable();
	if (me().renewing) {
		w.enabled_by_guest = false;
		w.ledger.void_all();
		w.reports_got = w.reports; // the older ones are gone
		w.owed = 0;
	}
	return rc;
}

int disable(void *)
{
	bool ate;
	Status eaten;

	instruction("disable");
	const int rc = world().channel.disable(&ate, &eaten, world().left);
	check_storage();
	if (ate)
		note("disable: takes a pending status away");
	note("disable: %d", rc);
	if (rc == 0 && (me().unmapping || (me().host && world().opened)) && !world().channel.uses())
		lost_for_the_client(0);
	if (world().in_irq)
		world().irq_silenced = true;
	return rc;
}

int cancel(void *, int *retry)
{
	bool cancelled;

	instruction("cancel");
	const int rc = world().channel.cancel(retry, &cancelled, world().left);
	check_storage();
	note("cancel/halt/clear: %d%s", rc, cancelled ? ", cancelled" : "");
	return rc;
}

int store(void *, vccw_u8 *schib)
{
	is_stopping() || !world().open ? instruction("STORE SUBCHANNEL") : requested("STORE SUBCHANNEL");
	std::memset(schib, 0, VCCW_SCHIB_SIZE);
	put32(schib + 28, world().channel.word0());
	return world().channel.gone() ? -VCCW_ENODEV : 0;
}

} // namespace

void lost_for_the_client(u8 ended, bool device_end)
{
	World &w = world();
	const u8 lost = device_end ? w.owed & 7 : w.owed;

	if (lost)
		w.ledger.made_up(lost, device_end, ended);
	w.owed = w.owed && device_end ? 8 : 0;
}

void add_instructions(vccw_port &port)
{
	port.start = start;
	port.halt = halt;
	port.clear = clear;
	port.paths_left = [](void *, vccw_u8) -> int {
		return locked("paths_left"), fine_point(), 1;
	};
	port.enable = enable;
	port.disable = disable;
	port.cancel = cancel;
	port.store = store;
	port.gone = [](void *) { locked("gone"), fine_point(); };
}

} // namespace explore
