// SPDX-License-Identifier: GPL-2.0-only
// Second half of translation: turns the copied CCWs into ones that a channel
// may run, pins what they use, and builds the ORB.
//
// A CCW or address that the architecture answers with a program check is made
// one that the channel answers so, in its place: the CCWs before it run, as on
// a real channel.  Only what can't be expressed refuses the whole START.
//
// A page is pinned once, for storing if any CCW may store into it; where the
// client has mapped such a page read-only, a fetch from it is refused as well.
// With a TIC inside a data chain, any CCW counts as its target.  No operation
// (command 03) looks neither at its address nor at its list.
#pragma once

#include "walk.hpp"

namespace vccw {

// Builds the program for the guest's ORB in `body`, which is empty; process
// context, no lock.  On failure `body` needs a release like any other.
//   -EOPNOTSUPP  transport mode, ORB extension, mixed read-backward chains
//   -EINVAL      beyond a limit; a malformed ORB
//   -ENOMEM      host memory, or the client's locked-memory limit
Status translate(const Port &port, const vccw_limits &limits, const Orb &orb, ProgramBody &body)
	VCCW_REQUIRES(port.request) VCCW_EXCLUDES(port.sch);

} // namespace vccw
