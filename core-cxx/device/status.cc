// SPDX-License-Identifier: GPL-2.0-only
// The table of interrupts.
//
// Sources, named at each row:
//   PoP    z/Architecture Principles of Operation: "TEST SUBCHANNEL" (ch. 14), "HALT
//          SUBCHANNEL", "CLEAR SUBCHANNEL", and "I/O Interruptions" (ch. 16): deferred
//          condition code, path not operational, function, activity and status control
//   cio    Linux drivers/s390/cio: device_status.c (accumulation), device_fsm.c (its
//          stand-in IRBs for deferred cc), asm/scsw.h (validity of the fields)
//   QEMU   hw/s390x/css.c: css_do_tsch_update_subch, css_do_ssch, css_do_hsch,
//          css_do_csch, the START and HALT of its virtual devices
//   Herc.  Hercules 3.13 channel.c: test_subchan, halt_subchan, clear_subchan,
//          device_attention, execute_ccw_chain
//
// One rule carries most of it, and PoP, QEMU and Hercules agree on it: TEST SUBCHANNEL of
// any status except intermediate alone takes away the function control and the pending and
// suspended bits; of intermediate alone it does so only when a suspended program was halted.
//
// Where the sources disagree:
//   - Subchannel active with status other than intermediate.  cio calls an IRB final only
//     without it.  PoP and QEMU never present it with a function that is over.  Hercules does
//     (HALT of a suspended program).  Followed: the function is over, as TEST SUBCHANNEL
//     says; the storage is kept until the subchannel is proven inactive (Device::
//     prove_inactive), so that neither a stray store nor a device that refuses every
//     START can come of it.
//   - Device active.  cio waits for device end before it calls an I/O final.  PoP: primary
//     status concludes the channel program, no storage is accessed for it any more, and
//     the subchannel may be started again.  Followed: PoP.
#include "status.hpp"

#include <string.h>

namespace vccw {
namespace {

using namespace scsw;
using enum Functions;
using enum ProgramStorage;

constexpr u32 kDcc = word0(0, 0, 0, 3);
constexpr u32 kIntermediateAlone = kStctlIntermediate | kStctlPending;
constexpr u32 kAlertAlone = kStctlAlert | kStctlPending;

constexpr StatusRow kRows[] = {
	{word0(kFctlAny, 0x7f, kStctlPrimary | kStctlSecondary | kStctlPending, 3),
	 word0(kFctlStart, 0, kStctlPrimary | kStctlSecondary | kStctlPending), kOver, kFree,
	 "START: channel end and device end together, with or without alert and PCI",
	 "PoP TEST SUBCHANNEL; cio: final without activity; QEMU and Herc.: usual end"},
	{word0(0, 0, kStctlPending), 0, kGoOn, kInUse, "no status is pending",
	 "PoP status control; cio accumulates nothing then"},
	{word0(kFctlHalt, kSuspended, kStctlAny), word0(kFctlHalt, kSuspended, kIntermediateAlone),
	 kOver, kFree, "HALT of a suspended program, its suspend status not yet taken",
	 "PoP TEST SUBCHANNEL; QEMU and Herc.: the same exception"},
	{word0(0, 0, kStctlAny), word0(0, 0, kIntermediateAlone), kGoOn, kInUse,
	 "intermediate status alone: PCI, suspended, initial status",
	 "PoP TEST SUBCHANNEL; QEMU and Herc.: function control stays"},
	{word0(kFctlAny, 0, kStctlAny, 3), word0(0, 0, kAlertAlone), kGoOn, kInUse,
	 "unsolicited: alert alone, no function, no deferred cc",
	 "PoP status control; cio scsw_is_solicited; Herc. device_attention"},
	{word0(kFctlAny, 0, kStctlSecondary), word0(0, 0, kStctlSecondary), kGoOn, kInUse,
	 "device end apart from channel end: of an operation whose function is over",
	 "PoP TEST SUBCHANNEL took the function with channel end; cio: solicited"},
	{word0(kFctlClear, 0, 0), word0(kFctlClear, 0, 0), kOver, kFree,
	 "CLEAR, also refused on its path (N, clear-pending): the program ended with cc 0",
	 "PoP CLEAR SUBCHANNEL: all other functions end; QEMU css_do_csch; cio drops status"},
	{word0(0, kSubchannelActive, 0), word0(0, kSubchannelActive, 0), kOver, kInDoubt,
	 "status while the channel still transfers: HALT refused on its path, Hercules' HALT",
	 "PoP TEST SUBCHANNEL for the function; cio for the storage; see above"},
	{kDcc, word0(0, 0, 0, 1), kOver, kFree,
	 "deferred cc 1: status crossed START or RESUME, the program does not run",
	 "PoP deferred condition code; cio: its stand-in IRB shows start-pending too"},
	{kDcc, word0(0, 0, 0, 3), kOver, kFree,
	 "deferred cc 3: not operational on all paths, start- or resume-pending still shown",
	 "PoP deferred condition code; QEMU: START with an LPM without a path"},
	{word0(kFctlHalt, 0, 0), word0(kFctlHalt, 0, 0), kOver, kFree,
	 "HALT, also refused on its path (N, halt-pending), or overtaken by device end",
	 "PoP HALT SUBCHANNEL, TEST SUBCHANNEL; QEMU sch_handle_halt_func; Herc."},
	{word0(kFctlStart, 0, kStctlPrimary), word0(kFctlStart, 0, kStctlPrimary), kOver, kFree,
	 "START: channel end (with alert: a check), device end may come later",
	 "PoP primary status; cio waits for device end (see above); QEMU and Herc.: TSCH"},
	{word0(kFctlStart, 0, 0), word0(kFctlStart, 0, 0), kOver, kFree,
	 "START overtaken before it began: device end of before, alert, N",
	 "PoP TEST SUBCHANNEL takes start-pending away; QEMU and Herc.: the same"},
	{0, 0, kGoOn, kInUse, "no function is named: nothing of it is ours",
	 "PoP function control"},
};

} // namespace

const StatusRow &status_row(u32 w0)
{
	const StatusRow *row = kRows;

	while ((w0 & row->mask) != row->value)
		row++;
	return *row;
}

// Device end is to come as long as the device is active and has not presented it, whatever
// else is over; CLEAR resets the device's activity too.  Hercules ends HALT with the device
// active and device end shown (channel.c, execute_ccw_chain).
Meaning meaning_of(const Scsw &scsw)
{
	const u32 w0 = scsw.word0;
	const StatusRow &row = status_row(w0);
	const bool over = row.functions == kOver;
	const bool later = (actl(w0) & kDeviceActive) && !(scsw.word2 & kDstatDeviceEnd) &&
			   !(fctl(w0) & kFctlClear);
	u32 settled = over ? kFctlAny : 0;

	if (over ? !later : stctl(w0) & kStctlSecondary)
		settled |= kDeviceEnd;
	return {row.functions, row.storage, u8(settled)};
}

// As a subchannel accumulates them, and cio after it: the CCW address and the residual
// count are those of channel end; what came with an alert explains the alert.
void add_secondary(Irb &primary, const Irb &secondary)
{
	const u32 first = primary.scsw.word0;
	const u32 second = secondary.scsw.word0;
	constexpr u32 activity = word0(0, 0x7f, 0);
	constexpr u32 status = 0xffff0000;
	constexpr u32 extended = kEswFormat | kExtendedControl;
	const bool alerts = stctl(second) & kStctlAlert;

	primary.scsw.word0 = (first & ~activity) | (second & activity) | stctl(second) |
			     (alerts ? second & extended : 0);
	primary.scsw.word2 = primary.scsw.word2 | (secondary.scsw.word2 & status);
	if (!alerts)
		return;
	memcpy(primary.esw, secondary.esw, sizeof(primary.esw));
	memcpy(primary.ecw, secondary.ecw, sizeof(primary.ecw));
}

} // namespace vccw
