// SPDX-License-Identifier: GPL-2.0-only
// The device's state machine: states, events, and the table between them.
//
// There is no "program pending" state.  Whether a program runs is a property
// of the program (program.hpp), so that HALT, CLEAR and interrupts that belong
// to something else can't confuse it.  PROCESSING means that one client
// request is inside the driver; only that request's own end leaves it, or the host:
// SHUT means that the host needs the subchannel (it goes down, or takes the subchannel
// back), and that nothing starts any more, whatever a client does.
#pragma once

#include "../base/types.hpp"

namespace vccw {

enum class State : u8 { kNotOper, kStandby, kIdle, kProcessing, kShut };
constexpr u32 kStates = 5;
static_assert(VCCW_STATES == kStates && VCCW_NOT_OPER == int(State::kNotOper) &&
	      VCCW_STANDBY == int(State::kStandby) && VCCW_IDLE == int(State::kIdle) &&
	      VCCW_PROCESSING == int(State::kProcessing) && VCCW_SHUT == int(State::kShut));

enum class Event : u8 {
	// Requests.
	kOpen,    // a client opens the device
	kQuiesce, // close, reset or unmap: end everything
	kStart,
	kHalt,
	kClear,
	// How a request ended.
	kEnabled,      // open: the subchannel is enabled
	kEnableFailed, // open: it is not
	kInactive,     // quiesce: nothing runs, the subchannel is disabled
	kStuck,        // quiesce: the subchannel could not be stopped
	kStartCc0,
	kHaltCc0,
	kClearCc0,
	kRefused, // START, HALT or CLEAR: any other end
	// From the channel subsystem.
	kIrq,  // an interrupt was taken
	kGone, // the subchannel is not operational
	// From the host.
	kShutDown,
};
constexpr u32 kEvents = 16;
static_assert(VCCW_EVENTS == kEvents && VCCW_EVENT_OPEN == int(Event::kOpen) &&
	      VCCW_EVENT_QUIESCE == int(Event::kQuiesce) && VCCW_EVENT_START == int(Event::kStart) &&
	      VCCW_EVENT_HALT == int(Event::kHalt) && VCCW_EVENT_CLEAR == int(Event::kClear) &&
	      VCCW_EVENT_ENABLED == int(Event::kEnabled) &&
	      VCCW_EVENT_ENABLE_FAILED == int(Event::kEnableFailed) &&
	      VCCW_EVENT_INACTIVE == int(Event::kInactive) && VCCW_EVENT_STUCK == int(Event::kStuck) &&
	      VCCW_EVENT_START_CC0 == int(Event::kStartCc0) && VCCW_EVENT_HALT_CC0 == int(Event::kHaltCc0) &&
	      VCCW_EVENT_CLEAR_CC0 == int(Event::kClearCc0) && VCCW_EVENT_REFUSED == int(Event::kRefused) &&
	      VCCW_EVENT_IRQ == int(Event::kIrq) && VCCW_EVENT_GONE == int(Event::kGone) &&
	      VCCW_EVENT_SHUT_DOWN == int(Event::kShutDown));

enum class Action : u8 {
	kUnset,      // never in the finished table
	kNone,       // nothing to do
	kEnable,     // enable the subchannel, then kEnabled or kEnableFailed
	kReady,      // the device accepts requests
	kTranslate,  // build the program, START it, then kStartCc0 or kRefused
	kIssue,      // issue HALT or CLEAR, then its cc 0 event or kRefused
	kArm,        // the program is started: it is in flight
	kNoteHalt,   // an interrupt for HALT is to come
	kNoteClear,  // an interrupt for CLEAR is to come; older status is void
	kDrop,       // the request keeps its program and releases it
	kCapture,    // bind the interrupt to what it ends, queue it
	kSilence,    // interrupt of a closed device: disable the subchannel again
	kStop,       // cancel/halt/clear until kInactive or kStuck
	kFinish,     // release what is left: nothing can be using it
	kPark,       // keep the program's memory for ever: it may be in use
	kStopNow,    // cancel/halt/clear, for a short time, without any client
	kTellGone,   // have it unregistered
	kOrphan,     // give the program in flight to the work item, unregister
	kRetry,      // answer -EAGAIN: another request is inside
	kRefuse,     // answer -EIO: the device is not open
	kRefuseGone, // answer -ENODEV: the subchannel is not operational
	kBroken,     // can't happen: report, change nothing
};

struct Cell {
	Action action;
	State next;
	const char *why;
};

// The cell for (state, event).
const Cell &cell(State state, Event event);

} // namespace vccw
