// SPDX-License-Identifier: GPL-2.0-only
#include "slots.hpp"

#include <cstring>
#include <unistd.h>

#include "../base/value.hpp"

namespace client {

namespace {
constexpr std::uint8_t kBefore = 0xa5, kAfter = 0x5a;
}

Slots::Slots(GuestMemory &memory)
	: base_(memory.alloc(std::uint64_t{kCount} * Slot::kSize, Slot::kPage))
{
	for (std::uint32_t i = 0; i < kCount; i++) {
		slots_[i].gpa = base_ + i * Slot::kSize;
		slots_[i].bytes = memory.at(slots_[i].gpa, Slot::kSize);
	}
}

void Slots::fill(Slot &slot)
{
	std::memset(slot.bytes + Slot::kData, kAfter, Slot::kDataSize);
	slot.filled = true;
}

void Slots::check_filled(const Slot &slot, std::string &wrong) const
{
	for (std::uint32_t i = Slot::kData; slot.filled && i < Slot::kSize; i++) {
		if (slot.bytes[i] != kAfter) {
			wrong = "storage changed after its program was over, at " +
				to_hex(slot.gpa + i, 8);
			return;
		}
	}
}

void Slots::check_outside(const Slot &slot, std::string &wrong) const
{
	for (std::uint32_t i = Slot::kData; i < Slot::kSize; i++) {
		if (slot.bytes[i] == kBefore)
			continue;
		bool inside = false;
		for (const auto &b : slot.buffers)
			inside = inside ||
				 (slot.gpa + i >= b.from && slot.gpa + i < b.from + b.length);
		if (!inside) {
			wrong = "storage changed outside of the program's buffers, at " +
				to_hex(slot.gpa + i, 8);
			return;
		}
	}
}

// For a moment at most: of a device that is being closed, nobody reads.
void Slots::wait_until_read(const Slot &slot) const
{
	for (int ms = 0; ms < 300 && slot.due && steps_ < slot.over_at + kQueue + 1; ms++)
		::usleep(1000);
}

Slot &Slots::next(std::string &wrong)
{
	do {
		turn_ = (turn_ + 1) % kCount;
	} while (&slots_[turn_] == running_);

	Slot &slot = slots_[turn_];
	wait_until_read(slot);
	check_filled(slot, wrong);
	slot.filled = slot.split = false;
	slot.buffers.clear();
	std::memset(slot.bytes, 0, Slot::kPage);
	std::memset(slot.bytes + Slot::kData, kBefore, Slot::kDataSize);
	return slot;
}

void Slots::begin(Slot &slot)
{
	slot.number = ++numbers_;
	slot.due = true;
}

void Slots::accepted(Slot &slot, std::string &wrong)
{
	if (running_) {
		check_outside(*running_, wrong);
		fill(*running_);
		running_->over_at = steps_;
	}
	running_ = &slot;
	returned_ = slot.number;
}

void Slots::refused(Slot &slot, std::string &wrong)
{
	if (!slot.due.exchange(false))
		wrong = "a status of a START that was refused, program at " + to_hex(slot.gpa, 8);
	check_outside(slot, wrong);
	fill(slot);
	returned_ = slot.number;
}

Slot *Slots::ended(const Irb &irb, std::uint64_t buried, std::string &wrong)
{
	const std::uint32_t cpa = irb->cpa;

	if (cpa < base_ || cpa >= end())
		return nullptr;
	Slot &slot = slots_[(cpa - base_) / Slot::kSize];
	if (!slot.due.exchange(false))
		wrong = "a final status of no program under way: " + irb->line();
	else if (slot.number <= buried)
		wrong = "a status of a program from before a reset: " + irb->line();
	else if (slot.number <= last_ended_)
		wrong = "a final status out of order: " + irb->line();
	else if (cpa < slot.gpa || cpa > slot.end)
		wrong = "a CCW address that is not the program's: " + irb->line();
	last_ended_ = slot.number;
	return &slot;
}

} // namespace client
