// SPDX-License-Identifier: GPL-2.0-only
#include "device.hpp"

#include "console.hpp"
#include "insn.hpp"

namespace native {

constexpr u16 kIsc = 3;
constexpr u32 kFirstId = 0x10000, kEndOfIds = 0x20000;

Device *Device::all_;

Device::Device(u16 devno) : devno_(devno)
{
	for (id_ = kFirstId; id_ < kEndOfIds && !found_; id_++) {
		Schib schib;
		if (stsch(id_, schib))
			return;
		found_ = schib.flags & kDeviceValid && schib.devno == devno;
	}
	id_--;
	next_ = all_;
	all_ = this;
	found_ = modify(true);
}

Device::~Device()
{
	Device **at = &all_;
	while (*at && *at != this)
		at = &(*at)->next_;
	if (*at)
		*at = next_;
	if (found_)
		modify(false);
}

// As the kernel's common I/O layer enables them: with concurrent sense.
bool Device::modify(bool enabled)
{
	Schib schib;
	if (stsch(id_, schib))
		return false;
	schib.flags = static_cast<u16>(enabled ? schib.flags | kEnabled | kIsc << kIscShift : schib.flags & ~kEnabled);
	schib.chars |= kConcurrentSense;
	return !msch(id_, schib);
}

int Device::start(const Orb &orb)
{
	return ssch(id_, orb);
}
int Device::halt()
{
	return hsch(id_);
}
int Device::clear()
{
	return csch(id_);
}

void Device::sort(const IoInterrupt &io)
{
	for (Device *d = all_; d; d = d->next_) {
		if (d->id_ == io.id)
			d->test();
	}
}

void Device::test()
{
	Irb irb;
	if (!tsch(id_, irb) && number_ < kMost)
		statuses_[(first_ + number_++) % kMost] = irb;
}

void Device::look()
{
	IoInterrupt io;
	if (wait_io_on_its_way(io))
		sort(io);
}

// The interruption is taken; TEST SUBCHANNEL is not executed.
bool Device::wait_pending(unsigned seconds)
{
	IoInterrupt io;
	while (wait_io(io, seconds)) {
		if (io.id == id_)
			return left_pending_ = true;
		sort(io);
	}
	return false;
}

bool Device::take(Irb &irb, unsigned seconds)
{
	IoInterrupt io;
	if (left_pending_)
		test();
	left_pending_ = false;
	while (!number_) {
		if (!wait_io(io, seconds))
			return false;
		sort(io);
	}
	irb = statuses_[first_];
	first_ = (first_ + 1) % kMost;
	number_--;
	return true;
}

} // namespace native
