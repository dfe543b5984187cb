// SPDX-License-Identifier: GPL-2.0-only
// The state table against an expectation written down from the promises, not
// from the table: by event, with the next state for each state in turn.
#include "../fsm.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace vccw;
using enum Action;

namespace {

struct Row {
	Event event;
	Action actions[kStates]; // NOT_OPER, STANDBY, IDLE, PROCESSING
	State next[kStates];
};

constexpr State N = State::kNotOper, S = State::kStandby, I = State::kIdle, P = State::kProcessing;

// A client's request is turned away with -ENODEV when the subchannel is gone,
// with -EIO when the device is closed, with -EAGAIN while another is inside.
const Row kExpected[kEvents] = {
	{Event::kOpen, {kRefuseGone, kEnable, kBroken, kBroken}, {N, S, I, P}},
	{Event::kQuiesce, {kFinish, kFinish, kStop, kRetry}, {N, S, P, P}},
	{Event::kStart, {kRefuseGone, kRefuse, kTranslate, kRetry}, {N, S, P, P}},
	{Event::kHalt, {kRefuseGone, kRefuse, kIssue, kRetry}, {N, S, P, P}},
	{Event::kClear, {kRefuseGone, kRefuse, kIssue, kRetry}, {N, S, P, P}},
	// Outcomes only exist where their request put the machine.
	{Event::kEnabled, {kBroken, kReady, kBroken, kBroken}, {N, I, I, P}},
	{Event::kEnableFailed, {kNone, kNone, kBroken, kBroken}, {N, S, I, P}},
	{Event::kInactive, {kFinish, kBroken, kBroken, kFinish}, {N, S, I, S}},
	{Event::kStuck, {kFinish, kBroken, kBroken, kPark}, {N, S, I, N}},
	// After cc 0 of anything the state is IDLE: there is no pending state.
	{Event::kStartCc0, {kBroken, kBroken, kBroken, kArm}, {N, S, I, I}},
	{Event::kHaltCc0, {kBroken, kBroken, kBroken, kNoteHalt}, {N, S, I, I}},
	{Event::kClearCc0, {kBroken, kBroken, kBroken, kNoteClear}, {N, S, I, I}},
	{Event::kRefused, {kDrop, kBroken, kBroken, kDrop}, {N, S, I, I}},
	// An interrupt never changes the state.
	{Event::kIrq, {kSilence, kSilence, kCapture, kCapture}, {N, S, I, P}},
	{Event::kGone, {kNone, kOrphan, kOrphan, kOrphan}, {N, N, N, N}},
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
