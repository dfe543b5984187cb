// SPDX-License-Identifier: GPL-2.0-only
#include "shared.hpp"

#include <algorithm>

#include "../base/error.hpp"

namespace client {

Shared::Shared(const SessionOptions &options, std::size_t count)
	: options_(options), backend_(make_backend(options.backend)), memory_(*backend_)
{
	auto mdevs = find_mdevs();

	if (!options.uuid.empty())
		std::ranges::stable_partition(mdevs, [&](const MdevInfo &m) { return m.uuid == options.uuid; });
	options_.memory_bytes = kMemory;
	if (mdevs.size() < count)
		throw environment_error("no-device", std::to_string(count) + " devices are needed, there are " +
						     std::to_string(mdevs.size()),
					"create more: see `vccw list --help`");
	for (std::size_t i = 0; i < count; i++) {
		members_.push_back(std::make_unique<Member>());
		members_[i]->mdev = mdevs[i];
		open(i);
		if (i)
			continue;
		if (const int err = memory_.add(0, options_.memory_bytes, true))
			throw environment_error("no-dma-map", failed("mapping the guest memory area", err),
						"is vfio_iommu_type1 loaded?");
	}
}

void Shared::open(std::size_t i)
{
	Member &m = *members_[i];

	m.device.emplace(backend_->open_device(m.mdev));
	if (const int err = m.device->set_eventfd(VFIO_CCW_IO_IRQ_INDEX, m.io.fd()))
		throw unexpected_error("no-eventfd", failed("arming the I/O interrupt", err));
}

// A status may be read between a wake and its own, which then comes without one.
bool Shared::wait_irb(Member &m, Irb &irb)
{
	do {
		ccw_io_region r{};
		Irb::Raw raw{};

		if (!m.io.wait(options_.timeout_ms))
			return false;
		m.io.take();
		if (const int err = m.device->read_io(r))
			throw unexpected_error("read-failed", failed("reading the I/O region", err));
		std::copy(std::begin(r.irb_area), std::end(r.irb_area), raw.begin());
		irb = Irb(raw);
	} while (!(irb->stctl() & kStctlPending));
	return true;
}

std::string Shared::works(std::size_t i)
{
	Member &m = *members_[i];
	Chain nop = Chain::fresh(memory_, 1);
	Orb orb;
	Irb irb;

	if (const int err = m.device->async(Async::kClear))
		return failed("CLEAR", err);
	do {
		if (!wait_irb(m, irb))
			return "no status of CLEAR";
	} while (!(irb->fctl() & kFctlClear));
	nop.add({kCmdNop, kCcwSli, 1, nop.first()});
	orb.cpa = nop.first();
	if (const int err = m.device->start(orb))
		return failed("START of a NOP", err);
	if (!wait_irb(m, irb))
		return "no status of a NOP";
	return irb->cpa == nop.next() && irb->dstat == (kDstatChannelEnd | kDstatDeviceEnd) && !irb->cstat
		       ? ""
		       : "a NOP's status: " + irb->line();
}

Orb suspended_program(GuestMemory &memory, std::uint32_t data)
{
	Chain chain = Chain::fresh(memory, 1);
	Orb orb;

	chain.add({kCmdSenseId, kCcwSuspend | kCcwSli, 64, data});
	orb.cpa = chain.first();
	orb.spnd = true;
	return orb;
}

} // namespace client
