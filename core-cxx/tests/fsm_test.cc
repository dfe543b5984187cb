// SPDX-License-Identifier: GPL-2.0-only
// The state table against an expectation written down from the promises, not
// from the table: by event, with the next state for each state in turn.
#include "../device/fsm.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace vccw;
using enum Action;

namespace {

struct Row {
	Event event;
	Action actions[kStates]; // NOT_OPER, STANDBY, IDLE, PROCESSING, SHUT
	State next[kStates];
};

constexpr State N = State::kNotOper, S = State::kStandby, I = State::kIdle, P = State::kProcessing,
		H = State::kShut;

// A client's request is turned away with -ENODEV when the subchannel is gone,
// with -EIO when the device is closed, with -EAGAIN while another is inside.
const Row kExpected[kEvents] = {
	{Event::kOpen, {kRefuseGone, kEnable, kBroken, kBroken, kRefuseGone}, {N, S, I, P, H}},
	{Event::kQuiesce, {kFinish, kFinish, kStop, kRetry, kStop}, {N, S, P, P, H}},
	{Event::kStart, {kRefuseGone, kRefuse, kTranslate, kRetry, kRefuseGone}, {N, S, P, P, H}},
	{Event::kHalt, {kRefuseGone, kRefuse, kIssue, kRetry, kRefuseGone}, {N, S, P, P, H}},
	{Event::kClear, {kRefuseGone, kRefuse, kIssue, kRetry, kRefuseGone}, {N, S, P, P, H}},
	// Outcomes only exist where their request put the machine.
	{Event::kEnabled, {kBroken, kReady, kBroken, kBroken, kBroken}, {N, I, I, P, H}},
	{Event::kEnableFailed, {kNone, kNone, kBroken, kBroken, kBroken}, {N, S, I, P, H}},
	{Event::kInactive, {kFinish, kBroken, kBroken, kFinish, kFinish}, {N, S, I, S, H}},
	{Event::kStuck, {kFinish, kBroken, kBroken, kPark, kPark}, {N, S, I, N, H}},
	// After cc 0 of anything the state is IDLE: there is no pending state.
	{Event::kStartCc0, {kBroken, kBroken, kBroken, kArm, kBroken}, {N, S, I, I, H}},
	{Event::kHaltCc0, {kBroken, kBroken, kBroken, kNoteHalt, kBroken}, {N, S, I, I, H}},
	{Event::kClearCc0, {kBroken, kBroken, kBroken, kNoteClear, kBroken}, {N, S, I, I, H}},
	{Event::kRefused, {kDrop, kBroken, kBroken, kDrop, kDrop}, {N, S, I, I, H}},
	// An interrupt never changes the state.
	{Event::kIrq, {kSilence, kSilence, kCapture, kCapture, kCapture}, {N, S, I, P, H}},
	{Event::kGone, {kTellGone, kOrphan, kOrphan, kOrphan, kOrphan}, {N, N, N, N, N}},
	// The host waits for nobody: from each state at once, and nothing leaves it but gone.
	{Event::kShutDown, {kNone, kNone, kStopNow, kStopNow, kStopNow}, {N, H, H, H, H}},
};

TEST(Fsm, EveryCell)
{
	u32 seen = 0;

	for (const Row &row : kExpected) {
		for (u32 state = 0; state < kStates; state++) {
			const Cell &c = cell(State(state), row.event);
			const std::string where = "state " + std::to_string(state) + " event " +
						  std::to_string(int(row.event));

			EXPECT_EQ(int(c.action), int(row.actions[state])) << where;
			EXPECT_EQ(int(c.next), int(row.next[state])) << where;
			EXPECT_NE(c.why[0], '\0') << where;
			seen++;
		}
	}
	EXPECT_EQ(seen, kStates * kEvents);
}

// P3: leaving PROCESSING takes the request's own end, or the device's.
TEST(Fsm, P3_OnlyItsOwnRequestLeavesProcessing)
{
	for (const Event event : {Event::kIrq, Event::kStart, Event::kHalt, Event::kClear,
				  Event::kQuiesce, Event::kOpen, Event::kEnabled})
		EXPECT_EQ(cell(State::kProcessing, event).next, State::kProcessing);
}

} // namespace
