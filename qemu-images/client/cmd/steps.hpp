// SPDX-License-Identifier: GPL-2.0-only
// The checks that the single commands and the demonstration share.  Each tells
// what it does, shows the status and records what was not as expected.
#pragma once

#include "../base/report.hpp"
#include "../vfio/session.hpp"

namespace client {

void step_sense_id(Report &report, Session &session);
void step_nop(Report &report, Session &session);
// NOP, then TIC into a second segment on another page.
void step_tic(Report &report, Session &session);
// A command that no device knows, then its sense data.
void step_unit_check(Report &report, Session &session, unsigned command);
void step_async(Report &report, Session &session, Async which);
void step_schib(Report &report, Session &session);
void step_reset(Report &report, Session &session);

// A program that stays suspended at its first CCW.
Chain held_program(Session &session);
// Its ORB; suppresses the interrupt that says that it is suspended if the session does.
Orb held_orb(const Session &session, const Chain &chain);
// Starts a held program and checks that a second START is refused as busy.
// False: it could not be started.
bool step_hold_start(Report &report, Session &session, Chain &chain);
// Ends it by HALT or CLEAR and checks that the device works again.
void step_hold_end(Report &report, Session &session, const Chain &chain, Async how);

// A program that reaches outside the mapped memory: refused with an errno
// (not as busy or not operational), or ended by a program check.
void expect_refused_program(Report &report, Session &session, const Orb &orb, const std::string &what);

// Waits for the next status but for those that only say that a program is suspended: a channel
// presents one unless the ORB suppresses it (Principles of Operation, "Suspend-Resume
// Function"); QEMU never does.
Irb need_but_suspended(Report &report, Session &session, const char *after);
// What a client has to do after a HALT's status before its next START.  Nothing; but Hercules
// shows the subchannel active after HALT of a suspended program.  The driver then proves it
// inactive at the next START, which it answers -EBUSY: runs a NOP, trying until it is accepted.  With the suspended interrupt
// suppressed, Hercules' status is intermediate alone, which ends no program: does a CLEAR.
void settle_halt(Report &report, Session &session, const Irb &last);

// Waits for an interrupt of this function (Fctl bit); shows those before it.
Irb wait_function(Report &report, Session &session, unsigned fctl, const char *after);
// Checks that an IRB's CPA is 0 or an address of the chain.
void expect_guest_cpa(Report &report, const Irb &irb, const Chain &chain);

// HALT or CLEAR; repeated without a sleep, for at most 3 s, while the
// subchannel still presents the interrupt of an earlier one (EBUSY).
int async_when_free(Session &session, Async which);

const char *async_name(Async which);	// "HALT", "CLEAR"

} // namespace client
