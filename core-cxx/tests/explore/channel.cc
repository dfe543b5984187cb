// SPDX-License-Identifier: GPL-2.0-only
#include "channel.hpp"

namespace explore {
namespace {

// Function, status and activity control of the SCSW.
constexpr u8 kStart = 4, kHalt = 2, kClear = 1;
constexpr u8 kAlert = 0x10, kInter = 8, kPrim = 4, kSecond = 2, kPend = 1;

} // namespace

const char *Channel::name(Event e)
{
	static const char *const names[kEvents] = {
		"intermediate status", "program ends",      "channel end",     "device end",
		"suspended",           "HALT completed",    "CLEAR completed", "unsolicited status",
		"not operational",     "deferred cc 1",     "deferred cc 3",   "HALT refused, N",
		"CLEAR refused, N",    "HALT: channel end",
	};
	return names[e];
}

bool Channel::can(Event e, const Budget &left) const
{
	const bool free = !halting_ && !clearing_ && (fctl_ & kStart);
	const bool begins = free && activity_ == kStartPending && !device_busy_ && !pending_;
	const bool runs = free && (activity_ == kStartPending || activity_ == kActive) &&
			  !device_busy_ && !deferred_cc_;
	const bool no_status = !pending_ || stctl_ == (kInter | kPend);

	if (gone_ || !enabled_)
		return e == kGone && !gone_ && left.gone;
	switch (e) {
	case kIntermediate:
		return runs && !pending_ && left.intermediate;
	case kFinal:
		return runs && no_status && !left.no_end;
	case kPrimary:
		return runs && !pending_ && left.primary;
	case kDeviceEnd:
		return device_busy_ && !clearing_ && (!pending_ || (stctl_ & kPrim));
	case kSuspend:
		return runs && !pending_ && left.suspend;
	case kHalted:
		return halting_ && !pending_ && !left.stuck;
	case kCleared:
		return clearing_ && !pending_ && !left.stuck;
	case kUnsolicited:
		return !fctl_ && activity_ == kNone && !pending_ && left.unsolicited;
	case kGone:
		return left.gone;
	case kDeferred1:
		return begins && left.deferred1;
	case kDeferred3:
		return begins && left.deferred3;
	case kHaltRefused:
		return halting_ && !pending_ && left.refused;
	case kClearRefused:
		return clearing_ && !pending_ && left.refused;
	case kHaltedApart:
		return halting_ && !pending_ && activity_ == kActive && left.primary;
	default:
		return false;
	}
}

void Channel::happen(Event e, Budget &left)
{
	switch (e) {
	case kIntermediate:
		left.intermediate--;
		activity_ = kActive;
		pend(kInter);
		break;
	case kFinal:
		inactive();
		pend(kPrim | kSecond);
		break;
	case kPrimary:
	case kHaltedApart: // the device answers HALT with channel end
		left.primary--;
		halting_ = false;
		inactive();
		device_busy_ = true;
		pend(kPrim);
		break;
	case kDeviceEnd:
		// A START that came after channel end has not begun: it is overtaken.
		if (activity_ == kStartPending)
			not_begun(1);
		device_busy_ = false;
		pend(kSecond);
		break;
	case kSuspend:
		left.suspend--;
		activity_ = kSuspended;
		pend(kInter);
		break;
	case kHalted:
		halting_ = false;
		inactive();
		pend(0);
		break;
	case kCleared:
		clearing_ = false;
		inactive();
		pend(0);
		break;
	case kUnsolicited:
		left.unsolicited--;
		of_ = 0;
		pend(kAlert);
		break;
	case kGone:
		left.gone--;
		gone_ = true;
		pending_ = halting_ = clearing_ = device_busy_ = false;
		fctl_ = stctl_ = deferred_cc_ = 0;
		inactive();
		break;
	case kDeferred1:
		left.deferred1--;
		not_begun(1);
		pend(kAlert);
		break;
	case kDeferred3:
		left.deferred3--;
		not_begun(3);
		pend(kAlert);
		break;
	case kHaltRefused: // what has begun goes on, what has not never will
		left.refused--;
		not_oper_ = true;
		if (activity_ != kActive)
			uses_ = 0;
		pend(0);
		break;
	case kClearRefused: // the program ended with cc 0 of CLEAR
		left.refused--;
		not_oper_ = true;
		inactive();
		pend(0);
		break;
	default:
		break;
	}
}

int Channel::start(u8 program, u32 cpa, Budget &left)
{
	if (gone_ || !enabled_)
		return 3;
	if (pending_)
		return 1;
	if (fctl_ || activity_ != kNone)
		return 2;
	if (left.start_cc3) {
		left.start_cc3--;
		return 3;
	}
	fctl_ = kStart;
	activity_ = kStartPending;
	uses_ = of_ = program;
	cpa_ = cpa + 8;
	return 0;
}

int Channel::halt()
{
	if (gone_ || !enabled_)
		return 3;
	if (pending_ && stctl_ != (kInter | kPend))
		return 1;
	if (fctl_ & (kHalt | kClear))
		return 2;
	pending_ = false;
	stctl_ = 0;
	fctl_ |= kHalt;
	halting_ = true;
	return 0;
}

int Channel::clear()
{
	if (gone_ || !enabled_)
		return 3;
	pending_ = halting_ = device_busy_ = not_oper_ = false;
	stctl_ = deferred_cc_ = 0;
	fctl_ = kClear;
	clearing_ = true;
	return 0;
}

u32 Channel::word0() const
{
	const u32 actl = (activity_ == kStartPending ? 0x20u : 0) | (halting_ ? 0x10u : 0) |
			 (clearing_ ? 8u : 0) | (activity_ == kActive ? 6u : 0) |
			 (device_busy_ ? 2u : 0) | (activity_ == kSuspended ? 1u : 0);

	return u32{deferred_cc_} << 24 | (not_oper_ ? 1u << 16 : 0) | u32{fctl_} << 12 | actl << 5 |
	       stctl_;
}

// TEST SUBCHANNEL with status pending: only intermediate status leaves the function in
// progress; any other takes the function and what is pending of it, but not what the
// channel and the device are at.
Status Channel::test()
{
	const bool inter = stctl_ == (kInter | kPend);
	const bool alert = !fctl_ && stctl_ == (kAlert | kPend);
	Status s{};

	s.word0 = word0();
	s.cpa = cpa_; // where it has no meaning, what was there last
	s.program = of_;
	s.exact = fctl_ & kStart;
	s.droppable = inter || alert;
	s.over = !s.droppable && fctl_;
	s.ends = s.over && !uses_;
	s.primary = (stctl_ & kPrim) && !(stctl_ & kSecond);
	s.secondary = !fctl_ && (stctl_ & kSecond) && !(stctl_ & kPrim);
	s.later = (s.word0 >> 5 & 2) && !(stctl_ & kSecond) && !(fctl_ & kClear);
	if (!inter) {
		fctl_ = deferred_cc_ = 0;
		halting_ = clearing_ = not_oper_ = false;
		if (activity_ != kActive)
			inactive();
		of_ = uses_;
	}
	pending_ = false;
	stctl_ = 0;
	return s;
}

int Channel::enable()
{
	if (gone_)
		return -VCCW_ENODEV;
	enabled_ = true;
	return 0;
}

// As Linux' cio (cio_commit_config): status that is in the way is taken and lost.  It tries a
// few times; status that comes at the last of them is taken for nothing.
int Channel::disable(bool *ate, Status *eaten, Budget &left)
{
	*ate = false;
	if (gone_)
		return -VCCW_ENODEV;
	if (pending_) {
		const u8 of = of_;

		*eaten = test();
		*ate = true;
		if (left.eaten) {
			left.eaten--;
			of_ = of; // whose CCW address stays in the SCSW
			return -VCCW_EBUSY;
		}
	}
	if (fctl_)
		return -VCCW_EBUSY;
	// It looks at functions only: a transfer goes on (PoP and QEMU: MODIFY SUBCHANNEL, cc 2).
	enabled_ = device_busy_ = false;
	if (activity_ != kActive)
		inactive();
	of_ = uses_;
	return 0;
}

// Linux' ladder with fewer rungs: CANCEL, HALTs, then CLEARs; enough of them
// that a good channel gets to its end.
int Channel::cancel(int *retry, bool *cancelled, const Budget &left)
{
	*cancelled = false;
	if (gone_)
		return -VCCW_ENODEV;
	if (!enabled_)
		return 0;
	if (!halting_ && !clearing_) {
		if (pending_)
			return -VCCW_EBUSY;
		if (activity_ == kStartPending || activity_ == kSuspended) {
			*cancelled = true;
			fctl_ = 0;
			of_ = 0;
			inactive();
			return 0;
		}
		*retry = 3;
	}
	if (!clearing_) {
		if (*retry) {
			--*retry;
			if (halt() == 0)
				return -VCCW_EBUSY;
		}
		*retry = left.stuck ? 2 : 8;
	}
	if (!*retry)
		return -VCCW_EIO;
	--*retry;
	return clear() ? -VCCW_ENODEV : -VCCW_EBUSY;
}

} // namespace explore
