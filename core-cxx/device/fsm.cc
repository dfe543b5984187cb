// SPDX-License-Identifier: GPL-2.0-only
#include "fsm.hpp"

namespace vccw {
namespace {

using enum State;
using enum Event;

struct Table {
	Cell cells[kStates][kEvents];
};

struct Arc {
	State from;
	Event event;
	Action action;
	State next;
	const char *why;
};

// Every cell, once; the build fails if one is missing or given twice.
constexpr Arc kArcs[] = {
	{kNotOper, kOpen, Action::kRefuseGone, kNotOper, "nothing there to open"},
	{kNotOper, kQuiesce, Action::kFinish, kNotOper, "a gone subchannel is inactive"},
	{kNotOper, kStart, Action::kRefuseGone, kNotOper, "cc 3 to the guest"},
	{kNotOper, kHalt, Action::kRefuseGone, kNotOper, "cc 3 to the guest"},
	{kNotOper, kClear, Action::kRefuseGone, kNotOper, "cc 3 to the guest"},
	{kNotOper, kEnabled, Action::kBroken, kNotOper, "enabling is done in STANDBY"},
	{kNotOper, kEnableFailed, Action::kNone, kNotOper, "it went while being enabled"},
	{kNotOper, kInactive, Action::kFinish, kNotOper, "it went while being stopped"},
	{kNotOper, kStuck, Action::kFinish, kNotOper, "it went while being stopped"},
	{kNotOper, kStartCc0, Action::kBroken, kNotOper, "START is only issued in PROCESSING"},
	{kNotOper, kHaltCc0, Action::kBroken, kNotOper, "HALT is only issued in PROCESSING"},
	{kNotOper, kClearCc0, Action::kBroken, kNotOper, "CLEAR is only issued in PROCESSING"},
	{kNotOper, kRefused, Action::kDrop, kNotOper, "it went during translation"},
	{kNotOper, kIrq, Action::kSilence, kNotOper, "nobody expects it"},
	{kNotOper, kGone, Action::kTellGone, kNotOper, "stuck before, or said again"},
	{kNotOper, kShutDown, Action::kNone, kNotOper, "nothing can start"},

	{kStandby, kOpen, Action::kEnable, kStandby, "the outcome decides"},
	{kStandby, kQuiesce, Action::kFinish, kStandby, "disabled: nothing runs"},
	{kStandby, kStart, Action::kRefuse, kStandby, "not open"},
	{kStandby, kHalt, Action::kRefuse, kStandby, "not open"},
	{kStandby, kClear, Action::kRefuse, kStandby, "not open"},
	{kStandby, kEnabled, Action::kReady, kIdle, "open"},
	{kStandby, kEnableFailed, Action::kNone, kStandby, "may be tried again"},
	{kStandby, kInactive, Action::kBroken, kStandby, "nothing was being stopped"},
	{kStandby, kStuck, Action::kBroken, kStandby, "nothing was being stopped"},
	{kStandby, kStartCc0, Action::kBroken, kStandby, "START is only issued in PROCESSING"},
	{kStandby, kHaltCc0, Action::kBroken, kStandby, "HALT is only issued in PROCESSING"},
	{kStandby, kClearCc0, Action::kBroken, kStandby, "CLEAR is only issued in PROCESSING"},
	{kStandby, kRefused, Action::kBroken, kStandby, "no request is inside"},
	{kStandby, kIrq, Action::kSilence, kStandby, "the last disable did not hold"},
	{kStandby, kGone, Action::kOrphan, kNotOper, "not operational"},
	{kStandby, kShutDown, Action::kNone, kShut, "disabled: nothing runs"},

	{kIdle, kOpen, Action::kBroken, kIdle, "VFIO opens a device once"},
	{kIdle, kQuiesce, Action::kStop, kProcessing, "the outcome decides"},
	{kIdle, kStart, Action::kTranslate, kProcessing, "the outcome decides"},
	{kIdle, kHalt, Action::kIssue, kProcessing, "the outcome decides"},
	{kIdle, kClear, Action::kIssue, kProcessing, "the outcome decides"},
	{kIdle, kEnabled, Action::kBroken, kIdle, "enabling is done in STANDBY"},
	{kIdle, kEnableFailed, Action::kBroken, kIdle, "enabling is done in STANDBY"},
	{kIdle, kInactive, Action::kBroken, kIdle, "nothing was being stopped"},
	{kIdle, kStuck, Action::kBroken, kIdle, "nothing was being stopped"},
	{kIdle, kStartCc0, Action::kBroken, kIdle, "START is only issued in PROCESSING"},
	{kIdle, kHaltCc0, Action::kBroken, kIdle, "HALT is only issued in PROCESSING"},
	{kIdle, kClearCc0, Action::kBroken, kIdle, "CLEAR is only issued in PROCESSING"},
	{kIdle, kRefused, Action::kBroken, kIdle, "no request is inside"},
	{kIdle, kIrq, Action::kCapture, kIdle, "an interrupt changes no state"},
	{kIdle, kGone, Action::kOrphan, kNotOper, "not operational"},
	{kIdle, kShutDown, Action::kStopNow, kShut, "a program may run"},

	{kProcessing, kOpen, Action::kBroken, kProcessing, "VFIO opens a device once"},
	{kProcessing, kQuiesce, Action::kRetry, kProcessing, "another request is inside"},
	{kProcessing, kStart, Action::kRetry, kProcessing, "another request is inside"},
	{kProcessing, kHalt, Action::kRetry, kProcessing, "another request is inside"},
	{kProcessing, kClear, Action::kRetry, kProcessing, "another request is inside"},
	{kProcessing, kEnabled, Action::kBroken, kProcessing, "enabling is done in STANDBY"},
	{kProcessing, kEnableFailed, Action::kBroken, kProcessing, "enabling is done in STANDBY"},
	{kProcessing, kInactive, Action::kFinish, kStandby, "stopped and disabled"},
	{kProcessing, kStuck, Action::kPark, kNotOper, "storage may still be written"},
	{kProcessing, kStartCc0, Action::kArm, kIdle, "accepted; no pending state"},
	{kProcessing, kHaltCc0, Action::kNoteHalt, kIdle, "accepted; releases nothing"},
	{kProcessing, kClearCc0, Action::kNoteClear, kIdle, "accepted; releases nothing"},
	{kProcessing, kRefused, Action::kDrop, kIdle, "the request is over"},
	{kProcessing, kIrq, Action::kCapture, kProcessing, "somebody else's: no change"},
	{kProcessing, kGone, Action::kOrphan, kNotOper, "not operational"},
	{kProcessing, kShutDown, Action::kStopNow, kShut, "the host does not wait for it"},

	{kShut, kOpen, Action::kRefuseGone, kShut, "the host needs it"},
	{kShut, kQuiesce, Action::kStop, kShut, "the outcome decides"},
	{kShut, kStart, Action::kRefuseGone, kShut, "cc 3 to the guest"},
	{kShut, kHalt, Action::kRefuseGone, kShut, "cc 3 to the guest"},
	{kShut, kClear, Action::kRefuseGone, kShut, "cc 3 to the guest"},
	{kShut, kEnabled, Action::kBroken, kShut, "enabling is done in STANDBY"},
	{kShut, kEnableFailed, Action::kBroken, kShut, "enabling is done in STANDBY"},
	{kShut, kInactive, Action::kFinish, kShut, "stopped and disabled"},
	{kShut, kStuck, Action::kPark, kShut, "storage may still be written"},
	{kShut, kStartCc0, Action::kBroken, kShut, "START is only issued in PROCESSING"},
	{kShut, kHaltCc0, Action::kBroken, kShut, "HALT is only issued in PROCESSING"},
	{kShut, kClearCc0, Action::kBroken, kShut, "CLEAR is only issued in PROCESSING"},
	{kShut, kRefused, Action::kDrop, kShut, "the host came during translation"},
	{kShut, kIrq, Action::kCapture, kShut, "of what is being ended"},
	{kShut, kGone, Action::kOrphan, kNotOper, "not operational"},
	{kShut, kShutDown, Action::kStopNow, kShut, "said again"},
};

consteval Table make_table()
{
	Table table{};
	for (const Arc &arc : kArcs) {
		Cell &c = table.cells[u32(arc.from)][u32(arc.event)];
		if (c.action != Action::kUnset)
			__builtin_unreachable(); // a cell given twice
		c = {arc.action, arc.next, arc.why};
	}
	for (auto &row : table.cells)
		for (Cell &c : row)
			if (c.action == Action::kUnset)
				__builtin_unreachable(); // a cell is missing
	return table;
}

constexpr Table kTable = make_table();

} // namespace

const Cell &cell(State state, Event event)
{
	return kTable.cells[u32(state)][u32(event)];
}

} // namespace vccw
