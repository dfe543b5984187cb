// SPDX-License-Identifier: GPL-2.0-only
// One subchannel, driven with the I/O instructions.
#pragma once

#include "arch.hpp"
#include "interrupts.hpp"

namespace guest {

enum class Kind { kNetwork, kRandom, kTerminal, kDisk, kOther };

// What an operation led to. Without an interrupt `came` is false.
struct Answer {
	int cc = 0;
	bool came = false;
	IoInterrupt io{};
	int test_cc = 0; // of TEST SUBCHANNEL
	Irb irb{};
};

class Subchannel {
public:
	explicit Subchannel(u32 id) : id_(id) {}

	u32 id() const { return id_; }
	u16 devno() const { return devno_; }
	u32 intparm() const { return intparm_; }
	Kind kind() const { return kind_; }
	void set_kind(Kind kind) { kind_ = kind; }

	// Each returns the condition code.
	int store(Schib &schib);
	int modify(Schib &schib);
	int start(const Orb &orb);
	int halt();
	int clear();
	int resume();
	int cancel();
	int test(Irb &irb);

	// Waits for status of this subchannel and takes it. An interrupt
	// without status behind it is counted and waited over; one of another
	// subchannel is an error.
	Answer wait();

	// START, and what it led to.
	Answer run(const Orb &orb);

	unsigned empty_interrupts() const { return empty_; }

private:
	u32 id_;
	u16 devno_ = 0;
	u32 intparm_ = 0; // what an interrupt gives that no START asked for
	Kind kind_ = Kind::kOther;
	unsigned empty_ = 0;
};

constexpr unsigned kLimit = 60; // seconds until an interrupt counts as lost
constexpr u32 kIsc = 3;
constexpr u32 kSubchannelIntparm = 0x12345678;

} // namespace guest
