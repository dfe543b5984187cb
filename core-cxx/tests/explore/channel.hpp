// SPDX-License-Identifier: GPL-2.0-only
// A subchannel and its device, as far as a driver can see them: condition
// codes, functions in progress, status, and whose storage may be accessed.  Written from
// the Principles of Operation ("I/O Instructions", "I/O Interruptions") and what QEMU's
// css.c and Hercules' channel.c do in the same places, not from the core's table.
#pragma once

#include "../../include/vccw_core.h"

namespace explore {

using u8 = vccw_u8;
using u32 = vccw_u32;
using u64 = vccw_u64;

// What may happen on its own; `left` says how often.
struct Budget {
	u8 intermediate; // program-controlled interruption
	u8 suspend;      // the program comes to a CCW with the suspend flag
	u8 primary;      // channel end before device end
	u8 unsolicited;
	u8 deferred1; // status crosses a START: deferred cc 1
	u8 deferred3; // no path is operational: deferred cc 3
	u8 refused;   // HALT or CLEAR cannot be signalled on the path: N
	u8 gone;      // the subchannel becomes not operational
	u8 timeouts;  // a wait that ends although something is still to come
	bool no_end;  // programs do not end by themselves
	bool stuck;   // HALT and CLEAR are accepted and never completed
	u8 start_cc3; // so many STARTs meet a path that is not operational
	u8 eaten;     // disabling takes pending status away and is busy all the same
};

// Status as TEST SUBCHANNEL stores it.
struct Status {
	u32 word0;
	u32 cpa;
	u8 program;     // that it speaks of, or may speak of; 0: none
	bool exact;     // cpa is the address of that program
	bool droppable; // nobody is owed it
	bool over;      // no function is in progress any more
	bool ends;      // and no storage of the program is accessed any more
	bool primary;   // channel end, its device end is to come
	bool secondary; // device end on its own
	bool later;     // the device is active: device end has not come yet
};

class Channel {
public:
	enum Event : u8 {
		kIntermediate,
		kFinal,
		kPrimary,
		kDeviceEnd,
		kSuspend,
		kHalted,
		kCleared,
		kUnsolicited,
		kGone,
		kDeferred1,
		kDeferred3,
		kHaltRefused,
		kClearRefused,
		kHaltedApart,
		kEvents
	};
	static const char *name(Event e);
	static char letter(Event e) { return "ifpdshkugxyqve"[e]; }

	bool can(Event e, const Budget &left) const;
	void happen(Event e, Budget &left);

	// Instructions: condition codes, or as the port is to answer.
	int start(u8 program, u32 cpa, Budget &left);
	int halt();
	int clear();
	int enable();
	int disable(bool *ate, Status *eaten, Budget &left);
	int cancel(int *retry, bool *cancelled, const Budget &left);
	bool interrupts() const { return pending_ && enabled_ && !gone_; }
	Status test();
	u32 word0() const; // of the SCSW, as STORE and TEST SUBCHANNEL show it

	// The program whose storage may be accessed now; 0: none.
	u8 uses() const { return uses_; }
	bool enabled() const { return enabled_; }
	bool gone() const { return gone_; }
	bool quiet() const { return !pending_ && !fctl_ && activity_ == kNone; }

private:
	enum Activity : u8 { kNone, kStartPending, kActive, kSuspended };

	bool enabled_;
	bool gone_;
	bool pending_; // status
	u8 stctl_;
	u8 fctl_;
	Activity activity_;
	bool device_busy_; // after channel end, until device end
	bool halting_;
	bool clearing_;
	bool not_oper_; // N
	u8 deferred_cc_;
	u8 uses_;
	u8 of_; // program of the function in progress or of its status
	u32 cpa_;

	void pend(u8 stctl) { pending_ = true, stctl_ = static_cast<u8>(stctl_ | stctl | 1); }
	void inactive() { activity_ = kNone, uses_ = 0; }
	void not_begun(u8 cc) { deferred_cc_ = cc, uses_ = 0; }
};

} // namespace explore
