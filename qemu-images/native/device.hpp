// SPDX-License-Identifier: GPL-2.0-only
// A device by its number, and the statuses that it has presented and nobody has taken.
#pragma once

#include "arch.hpp"
#include "interrupts.hpp"

namespace native {

using namespace guest;

class Device {
public:
	// Enabled from then on, until its end.  `found` says whether there is such a device.
	explicit Device(u16 devno);
	~Device();
	Device(const Device &) = delete;
	Device &operator=(const Device &) = delete;

	bool found() const { return found_; }
	u16 devno() const { return devno_; }

	// Condition codes.
	int start(const Orb &orb);
	int halt();
	int clear();

	// The oldest status that was not taken; waits for one.  False: none came.
	bool take(Irb &irb, unsigned seconds);

	// Waits for a status, and leaves it pending.  False: none came.
	bool wait_pending(unsigned seconds);

	// A status that is pending goes to the device that it is of.
	static void look();

private:
	static constexpr unsigned kMost = 16;

	static void sort(const IoInterrupt &io);
	void test();
	bool modify(bool enabled);

	u32 id_ = 0;
	u16 devno_;
	bool found_ = false, left_pending_ = false;
	Irb statuses_[kMost];
	unsigned first_ = 0, number_ = 0;
	Device *next_ = nullptr;

	static Device *all_;
};

} // namespace native
