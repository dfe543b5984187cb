// SPDX-License-Identifier: GPL-2.0-only
// One translated channel program: what the channel runs, and what it takes to
// undo it and to speak of it in the guest's addresses.
//
// A device has room for one program.  Who may touch or release it is whoever
// holds the Program handle: the START that builds it, the device while it is
// in flight, `ended` until somebody may release it, and who does.
#pragma once

#include "fetched.hpp"
#include "pages.hpp"
#include "plan.hpp"
#include "storage.hpp"

namespace vccw {

class ProgramBody {
public:
	[[nodiscard]] bool init(const Port &port);
	void destroy(const Port &port);

	// Unpins everything and is as after init(): at the end of a program, or to begin
	// anew with it.
	void release(const Port &port);
	void empty(const Port &port);

	// The guest's address for absolute CCW address `abs` in an SCSW or ESW
	// (8 behind the CCW that it speaks of), or 0.
	u32 guest_cpa(u32 abs) const;
	// SCSW word 0 with the ORB's format and prefetch control as the guest
	// gave them.
	u32 guest_scsw_word0(u32 word0) const;

	// Anybody, at any time, also while its owner works on it; as pages.pinned().
	usize bytes() const
	{
		return storage.bytes() + plan.bytes() + pages.bytes() + midaws.bytes();
	}

	Plan plan;       // which CCWs are in which slot
	Fetched fetched; // guest storage that came with the first CCWs
	Storage storage; // the slots, first with the guest's CCWs and then with ours
	PageSet pages;
	Vec<Midaw> midaws; // scratch while translating; most programs have none
	Orb orb;           // to START SUBCHANNEL with
	u32 guest_word1;   // word 1 of the guest's ORB
	u32 number;        // counts the device's programs from 1
	bool started;      // cc 0 of its own START, nothing else
};

// The right to a ProgramBody; owned and moved, never copied.
class Program {
	ProgramBody *body_ = nullptr;

public:
	Program() = default;
	explicit Program(ProgramBody &body) : body_(&body) {}
	Program(Program &&other) : body_(other.body_) { other.body_ = nullptr; }
	Program &operator=(Program &&other)
	{
		body_ = other.body_;
		other.body_ = nullptr;
		return *this;
	}
	Program(const Program &) = delete;
	Program &operator=(const Program &) = delete;

	explicit operator bool() const { return body_ != nullptr; }
	ProgramBody *operator->() const { return body_; }
	ProgramBody &operator*() const { return *body_; }

	// After cc 0 of its START, under the same hold of the lock.
	void mark_started(const Locked &) { body_->started = true; }
	bool started() const { return body_ && body_->started; }

	// Process or work context: releases the memory and forgets it.
	void release(const Port &port) VCCW_EXCLUDES(port.sch)
	{
		body_->release(port);
		body_ = nullptr;
	}
	// Leaves the memory as it is, for ever.
	void forget() { body_ = nullptr; }
};

} // namespace vccw
