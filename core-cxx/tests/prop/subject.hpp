// SPDX-License-Identifier: GPL-2.0-only
// One core on a fake port, driven through the whole life of one program after
// another: START, what the channel may do, interrupts, release.  Whatever is
// wrong ends up in fault(), first fault first.
#pragma once

#include "machine.hpp"

#include <gtest/gtest-spi.h>

#include <set>

namespace vccw_test {

class Subject {
public:
	explicit Subject(vccw_limits limits = {4096, 256, 16384, 4u << 20}, u16 control_unit = 0);
	GuestMemory &guest() { return bench_->port.guest; }
	FakePort &port() { return bench_->port; }
	const std::string &fault() const { return fault_; }
	void fail(const std::string &what)
	{
		if (fault_.empty())
			fault_ = what;
	}

	// Starts the guest's program; the errno.  After 0 one of the three
	// below, then finish().
	int start(u32 cpa, u32 word1);
	int answer() const { return rc_; }

	// The invariants of every CCW that a channel could come to, whatever
	// status the device presents: see explore.cc.
	void explore();
	// The guest's program and the translated one do the same, on each kind of channel
	// from the one by the book to `last`.
	void compare(ref::Device device, u32 max_steps, ref::Tics last = ref::Tics::kAnywhere);
	const ref::Result &guest_did() const { return guest_did_; }
	bool copied() const { return !copies_.empty(); }
	// Where the program ends on such a channel, apart from any core: the address of a CCW.
	u32 ends_at(u32 cpa, u32 word1, ref::Device device, u32 max_steps, ref::Tics channel);

	// The client unmaps [gpa, gpa+len) under the running program, which ends
	// it if it uses what is there; the device works on.
	void unmap(u64 gpa, u64 len);
	// The interrupt that ends the program; nothing may be left of it.
	void finish(u32 host_cpa = 0);
	// After a one-CCW program: memory is what it was at first.
	void back_to_idle();
	// Closes the device; no call may come after this one.
	void close();

private:
	// Failures that FakePort reports by EXPECT end up here.
	::testing::TestPartResultArray reported_;
	::testing::ScopedFakeTestPartResultReporter reporter_;
	std::unique_ptr<Bench> bench_;
	std::string fault_;
	ref::Result guest_did_{};
	std::set<u64> copies_; // guest addresses of data that the core has copied
	u64 idle_bytes_;
	std::array<u8, 12> orb_{};
	int rc_ = 0;

	void check_idle();
	void check_reported();
	u32 cpa_of_interrupt(u32 word0, u32 host_cpa);
	void compare_on(ref::Tics channel, ref::Device device, u32 max_steps);
	void compare_steps(const ref::Result &want, const ref::Result &got);
	void compare_copy(const ref::Result &all, const ref::Step &want, ref::Step &got);
};

// --- the two views of storage -------------------------------------------------

// Guest storage as the guest's own channel would see it.
class GuestView final : public ref::Storage {
	GuestMemory &memory_;

public:
	explicit GuestView(GuestMemory &memory) : memory_(memory) {}
	bool fetch(u64 addr, u8 *to, u32 len) override { return memory_.read(addr, to, len); }
	bool data(u64 addr, u32 len, ref::Flow flow, u64 *guest) override;
};

// Absolute storage as the real channel sees it.  An access that the core may
// not let happen is a fault, not a program check.
class HostView final : public ref::Storage {
	FakePort &port_;
	std::string &fault_;
	std::map<u64, std::pair<u64, bool>> pinned_; // host page -> guest page, writable

public:
	static constexpr u64 kNowhere = 0x7ffffffffffff000;
	// Data in the core's own storage at ADDRESS is told as kCopy | ADDRESS.
	static constexpr u64 kCopy = 1ull << 62;

	HostView(FakePort &port, std::string &fault);
	bool fetch(u64 addr, u8 *to, u32 len) override;
	bool data(u64 addr, u32 len, ref::Flow flow, u64 *guest) override;

private:
	void fail(const char *what, u64 addr);
};

// Calls fail() for what is wrong on any path from the CCW at `cpa`; `word1` of
// the ORB for START SUBCHANNEL.
void explore(FakePort &port, HostView &view, u32 word1, u32 cpa,
	     const std::function<void(const std::string &)> &fail);

} // namespace vccw_test
