// SPDX-License-Identifier: GPL-2.0-only
// A client's requests, and the answers that it must get.
//
// Its script is a row of requests:
//   S1 START of program 1   H HALT   C CLEAR   X reset   Q close   O open
//   T reads the SCHIB   U1 the client takes program 1's page away
//   R waits for the eventfd, then reads the region once   P reads without waiting
//   D the host shuts the device: it must not wait for a client
//   L the same as R for ever   W, V read channel reports for ever: all that there
//   are on each wake, or one
//   - removes the eventfd   + installs a new one
#include "report.hpp"
#include "world.hpp"

#include <cstring>

namespace explore {
namespace {

// The answer to START, HALT and CLEAR follows from the condition code, or from
// the device's state where no instruction was issued.
void check_answer(const char *what, int rc)
{
	const World &w = world();
	const Actor &a = me();
	bool right = false;

	switch (a.cc) {
	case 0:
		right = rc == 0;
		break;
	case 1:
	case 2:
		right = rc == -VCCW_EBUSY;
		break;
	case 3:
		right = rc == -VCCW_ENODEV || rc == -VCCW_EACCES;
		break;
	default:
		right = rc == -VCCW_EBUSY || (rc == -VCCW_EIO && a.saw_closed) ||
			(rc == -VCCW_ENODEV &&
			 (w.channel.gone() || w.shut || scenario().budget.stuck));
	}
	note("%s returns %d", what, rc);
	if (!right)
		fail("P3", "%s answers %d after cc %d", what, rc, a.cc);
}

int start(u8 n)
{
	u8 region[VCCW_IO_REGION_SIZE] = {};

	note("START program %u", n);
	me().program = n;
	put32(region + 4, 0x08c2ff00); // S, F, P, H; all paths
	put32(region + 8, program_at(n));
	put32(region + 12, 4u << 12);

	const int rc = vccw_core_write_io(world().core, 0, region, sizeof(region));

	check_answer("START", rc);
	if (rc)
		for (const Pin &p : world().pins)
			if (p.page == page_of(n))
				fail("P2", "START was refused, but its page stays pinned");
	return rc;
}

int async(u32 command, const char *what)
{
	const u32 words[2] = {command, 0};

	note("%s", what);
	const int rc = vccw_core_write_async(world().core, 0, words, sizeof(words));
	check_answer(what, rc);
	return rc;
}

void take_life()
{
	fine_point();
	if (self() != kExplorer)
		wait_for(Wait::kLife);
	world().life = self();
}
void drop_life()
{
	fine_point();
	world().life = kNobody;
}

void check_closed()
{
	const World &w = world();

	for (const Pin &p : w.pins)
		if (p.page)
			fail("P11", "page %#llx is pinned after close", p.page);
	if ((w.queued && !w.queued_css) || (w.running && !w.running_css))
		fail("P11", "the work item is queued or running after close");
	if (w.channel.enabled() && !w.channel.gone() && !scenario().budget.stuck)
		fail("P11", "the subchannel is enabled after close");
}

int close()
{
	World &w = world();

	take_life();
	if (w.opened) {
		note("close");
		w.open = false;
		for (Actor &a : w.actors)
			a.saw_closed = true;
		me().closing = true;
		vccw_core_close(w.core);
		me().closing = false;
		w.owed = 0;
		w.opened = false;
		w.ledger.void_all();
		check_closed();
		note("close returns");
	}
	drop_life();
	return 0;
}

int reset()
{
	World &w = world();
	int rc = -VCCW_ENODEV;

	take_life();
	if (w.opened) {
		note("reset");
		me().renewing = true;
		rc = vccw_core_reset(w.core);
		me().renewing = false;
		note("reset returns %d", rc);
		if (rc) {
			w.owed = 0;
			w.ledger.void_all();
			w.open = false;
			for (Actor &a : w.actors)
				a.saw_closed = true;
			if (!w.channel.gone() && !w.left.stuck && !w.shut)
				fail("P11", "reset fails (%d) with a good subchannel", rc);
		}
	}
	drop_life();
	return rc;
}

int open()
{
	World &w = world();

	take_life();
	me().renewing = true;
	const int rc = vccw_core_open(w.core);
	me().renewing = false;
	w.opened = w.open = !rc;
	note("open returns %d", rc);
	drop_life();
	return rc;
}

// As the system goes down.  Afterwards the channel uses no storage of ours, or the
// device answers nothing.
void shut()
{
	World &w = world();

	note("shut");
	w.shut = true;
	me().host = true;
	vccw_core_shut(w.core);
	me().host = false;
	note("shut returns");
	if (!scenario().budget.stuck && !w.channel.gone()) {
		if (w.channel.enabled())
			fail("P11", "the subchannel is enabled after the host shut it");
		if (w.channel.uses())
			fail("P11", "program %u runs after the host shut the device",
			     w.channel.uses());
	}
}

void store()
{
	u8 schib[VCCW_SCHIB_SIZE];

	note("STSCH");
	static_cast<void>(vccw_core_read_schib(world().core, schib));
}

// vfio asks again as long as pages are pinned, ten times, and then it is a BUG.
int unmap(u8 n)
{
	World &w = world();
	const u64 page = page_of(n);

	for (int tries = 0;; tries++) {
		bool pinned = false;

		take_life();
		if (w.opened) {
			note("unmap page %#llx", page);
			me().unmapping = true;
			vccw_core_unmap(w.core, page << 12, 4096);
			me().unmapping = false;
		}
		drop_life();
		for (const Pin &p : w.pins)
			pinned = pinned || p.page == page;
		if (!pinned)
			break;
		if (tries == 10)
			fail("P9", "page %#llx stays pinned after unmap", page);
	}
	w.unmapped = page;
	note("unmap returns");
	return 0;
}

int trigger(char op)
{
	World &w = world();

	if (op == '-') {
		note("remove the eventfd");
		vccw_core_trigger(w.core, VCCW_TRIGGER_IO, 0);
		point();
		w.eventfd = 0;
		return 0;
	}
	note("install an eventfd");
	point();
	w.eventfd = ++w.eventfds;
	point();
	vccw_core_trigger(w.core, VCCW_TRIGGER_IO, 1);
	if (scenario().css[0] == 'c')
		vccw_core_trigger(w.core, VCCW_TRIGGER_CRW, 1);
	return 0;
}

} // namespace

int request(char op, u8 argument)
{
	Actor &a = me();
	int rc = 0;

	a.saw_closed = !world().open;
	a.cc = -1;
	switch (op) {
	case 'S':
		rc = start(argument);
		break;
	case 'H':
		rc = async(1, "HALT");
		break;
	case 'C':
		rc = async(2, "CLEAR");
		break;
	case 'X':
		rc = reset();
		break;
	case 'Q':
		rc = close();
		break;
	case 'O':
		rc = open();
		break;
	case 'U':
		rc = unmap(argument);
		break;
	case 'T':
		store();
		break;
	case 'D':
		shut();
		break;
	case 'R':
	case 'L':
		wait_and_read();
		break;
	case 'P':
		read_once();
		break;
	case 'W':
	case 'V':
		read_reports(op == 'W');
		break;
	default:
		rc = trigger(op);
	}
	a.program = 0;
	a.cc = 0;
	return rc;
}

} // namespace explore
