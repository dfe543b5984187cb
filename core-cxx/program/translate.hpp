// SPDX-License-Identifier: GPL-2.0-only
// Takes a guest's ORB; gives a program that a channel may run for it:
//
//	ORB, CCWs and lists in guest storage
//	  reach   which CCWs the channel can come to: the plan, with copies of them
//	  emit    what it is to run in their place, and the pages that takes
//	  pages   pinned, each once
//	ORB, CCWs and lists of ours
//
// A CCW or address that the architecture answers with a program check is made
// one that the channel answers so, in its place: the CCWs before it run, as on
// a real channel.  Only what can't be expressed refuses the whole START.
//
// What can't be done on possible ground (plan.hpp) refuses nothing: it is left out, so the
// channel comes to an invalid CCW there.
//
// A page is pinned once, for storing if any CCW may store into it; where the
// client has mapped such a page read-only, a fetch from it is refused as well.
#pragma once

#include "program.hpp"

namespace vccw {

// Builds the program for the guest's ORB in `body`, which is empty; process
// context, no lock.  On failure `body` needs a release like any other.
//   -EOPNOTSUPP  transport mode
//   -EINVAL      beyond a limit; a malformed ORB
//   -ENOMEM      host memory, or the client's locked-memory limit
Status translate(const Port &port, const vccw_limits &limits, const Orb &orb, ProgramBody &body)
	VCCW_REQUIRES(port.request) VCCW_EXCLUDES(port.sch);

} // namespace vccw
