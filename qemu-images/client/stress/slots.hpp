// SPDX-License-Identifier: GPL-2.0-only
// Places for legal programs, used in turn.  Each program has its own addresses,
// so that a status tells which one it is of, and its own data pages, filled with
// a pattern before and after: nothing outside of its buffers may change while it
// runs, nothing at all when it is over.
//
// A program is over when a later START is accepted, as only one runs at a time.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "../decode/irb.hpp"
#include "../guest/memory.hpp"

namespace client {

struct Slot {
	static constexpr std::uint32_t kPage = 4096, kPages = 4, kSize = kPage * kPages;
	static constexpr std::uint32_t kData = kPage, kDataSize = kSize - kPage;

	struct Range {
		std::uint32_t from, length;
	};

	std::uint32_t gpa = 0;
	std::uint8_t *bytes = nullptr;
	// Written by who fills the slot in, before `due`.
	std::uint32_t end = 0; // behind its last CCW
	bool split = false;    // its CCWs are not in one run
	std::uint64_t number = 0;
	std::vector<Range> buffers; // the device may store there
	// A final status may come.
	std::atomic<bool> due{false};
	bool filled = false;       // nothing may change
	std::uint64_t over_at = 0; // steps of the reader when it was known to be over

	std::uint32_t data() const { return gpa + kData; }
};

class Slots {
public:
	static constexpr std::uint32_t kCount = 32;

	explicit Slots(GuestMemory &memory);

	std::uint32_t first() const { return base_; }
	std::uint32_t end() const { return base_ + kCount * Slot::kSize; }

	// The next slot, ready to be filled in.  `wrong` says what happened to its
	// last use.  One caller at a time until accepted() or refused().
	Slot &next(std::string &wrong);
	// Its START is about to be made.
	void begin(Slot &slot);
	void accepted(Slot &slot, std::string &wrong);
	void refused(Slot &slot, std::string &wrong);

	// The reader has read one status, or found none for a while.  A status that
	// is left unread while others are made and cleared must not meet its slot
	// in the next use.
	void step(bool idle) { steps_ += idle ? kQueue : 1; }
	// The programs up to this number were started, or refused.
	std::uint64_t returned() const { return returned_; }
	// A reset is over: no status of programs up to this number may be read any more.
	void bury(std::uint64_t number) { buried_ = std::max(buried_.load(), number); }
	std::uint64_t buried() const { return buried_; }

	// The reader: the slot of a status that ends a START; null: none of ours.
	// `buried`: before it was read.  `wrong`: it is not one that can come now.
	Slot *ended(const Irb &irb, std::uint64_t buried, std::string &wrong);

private:
	static constexpr std::uint64_t kQueue = 17; // statuses that can be on their way, and one

	void wait_until_read(const Slot &slot) const;
	void check_outside(const Slot &slot, std::string &wrong) const;
	void check_filled(const Slot &slot, std::string &wrong) const;
	static void fill(Slot &slot);

	std::uint32_t base_;
	Slot slots_[kCount];
	Slot *running_ = nullptr;
	std::uint32_t turn_ = 0;
	std::uint64_t numbers_ = 0;
	std::atomic<std::uint64_t> steps_{0};
	std::atomic<std::uint64_t> returned_{0}, buried_{0};
	std::uint64_t last_ended_ = 0; // the reader's
};

} // namespace client
