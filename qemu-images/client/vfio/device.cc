// SPDX-License-Identifier: GPL-2.0-only
#include "device.hpp"

#include <cstring>
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../base/bytes.hpp"
#include "../base/error.hpp"
#include "eventfd.hpp"

namespace client {

static constexpr int kAgainMs = 2000;	// how long -EAGAIN is repeated

Device::Device(Fd fd) : fd_(std::move(fd))
{
	info_.argsz = sizeof(info_);
	if (const int err = ioctl(VFIO_DEVICE_GET_INFO, &info_))
		throw unexpected_error("no-device-info", failed("asking for device information", err));
	if (!(info_.flags & VFIO_DEVICE_FLAGS_CCW))
		throw environment_error("not-ccw", "this vfio device is not of the vfio-ccw kind",
					"choose another one with -d: see `vccw list`");
	read_regions();
	read_interrupts();
	if (regions_.empty() || regions_[0].size != sizeof(ccw_io_region))
		throw unexpected_error("bad-io-region", "the I/O region is missing or has the wrong size");
}

void Device::read_interrupts()
{
	for (std::uint32_t i = 0; i < info_.num_irqs; i++) {
		vfio_irq_info q{};
		q.argsz = sizeof(q);
		q.index = i;
		if (const int err = ioctl(VFIO_DEVICE_GET_IRQ_INFO, &q))
			throw unexpected_error("no-irq-info", failed("asking for interrupt " + std::to_string(i), err));
		interrupts_.push_back({i, q.flags, q.count});
	}
}

const Region *Device::find(std::uint32_t subtype) const
{
	for (const auto &r : regions_)
		if (r.typed && r.type == VFIO_REGION_TYPE_CCW && r.subtype == subtype)
			return &r;
	return nullptr;
}

const Region &Device::need(std::uint32_t subtype) const
{
	if (const Region *r = find(subtype))
		return *r;
	Region wanted;
	wanted.typed = true;
	wanted.type = VFIO_REGION_TYPE_CCW;
	wanted.subtype = subtype;
	throw unexpected_error("no-region", "the device offers no " + wanted.name() + " region",
			       "its driver is too old or incomplete: see `vccw info`");
}

long Device::read_at(std::uint64_t offset, void *p, std::size_t n)
{
	const ssize_t done = ::pread(fd_.get(), p, n, static_cast<off_t>(offset));
	return done < 0 ? -errno : done;
}

long Device::write_at(std::uint64_t offset, const void *p, std::size_t n)
{
	const ssize_t done = ::pwrite(fd_.get(), p, n, static_cast<off_t>(offset));
	return done < 0 ? -errno : done;
}

int Device::ioctl(unsigned long request, void *arg)
{
	return ::ioctl(fd_.get(), request, arg) < 0 ? -errno : 0;
}

int Device::write_request(std::uint64_t offset, const void *p, std::size_t n)
{
	std::int64_t end = 0;

	for (;;) {
		const long done = write_at(offset, p, n);
		if (done >= 0)
			return static_cast<std::size_t>(done) == n ? 0 : -EIO;
		if (done != -EAGAIN)
			return static_cast<int>(done);
		if (!end)
			end = now_ms() + kAgainMs;
		if (now_ms() > end)
			return -EAGAIN;
		::sched_yield();
	}
}

int Device::start_raw(const std::uint8_t *orb, std::uint32_t scsw0)
{
	ccw_io_region r;

	std::memset(&r, 0, sizeof(r));
	std::memcpy(r.orb_area, orb, sizeof(r.orb_area));
	store32(r.scsw_area, scsw0);
	return write_request(io_region().offset, &r, sizeof(r));
}

int Device::start(const Orb &orb)
{
	const auto bytes = orb.encode();

	return start_raw(bytes.data(), std::uint32_t{kFctlStart} << 12);
}

int Device::async(Async which)
{
	ccw_cmd_region r{};

	r.command = static_cast<std::uint32_t>(which);
	return write_request(need(VFIO_REGION_SUBTYPE_CCW_ASYNC_CMD).offset, &r, sizeof(r));
}

static int whole(long done, std::size_t n)
{
	if (done < 0)
		return static_cast<int>(done);
	return static_cast<std::size_t>(done) == n ? 0 : -EIO;
}

int Device::read_io(ccw_io_region &out)
{
	return whole(read_at(io_region().offset, &out, sizeof(out)), sizeof(out));
}

int Device::read_schib(ccw_schib_region &out)
{
	return whole(read_at(need(VFIO_REGION_SUBTYPE_CCW_SCHIB).offset, &out, sizeof(out)), sizeof(out));
}

int Device::read_crw(ccw_crw_region &out)
{
	return whole(read_at(need(VFIO_REGION_SUBTYPE_CCW_CRW).offset, &out, sizeof(out)), sizeof(out));
}

int Device::reset()
{
	return ioctl(VFIO_DEVICE_RESET, nullptr);
}

int Device::set_eventfd(std::uint32_t index, int fd)
{
	alignas(vfio_irq_set) std::uint8_t bytes[sizeof(vfio_irq_set) + sizeof(std::int32_t)] = {};
	vfio_irq_set head{};

	head.argsz = sizeof(bytes);
	head.flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
	head.index = index;
	head.count = 1;
	std::memcpy(bytes, &head, sizeof(head));
	std::memcpy(bytes + sizeof(head), &fd, sizeof(fd));
	return ioctl(VFIO_DEVICE_SET_IRQS, bytes);
}

} // namespace client
