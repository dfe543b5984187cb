// SPDX-License-Identifier: GPL-2.0-only
// A vfio-ccw device: its regions, interrupts and the requests that it takes.
#pragma once

#include <cstdint>
#include <linux/vfio.h>
#include <linux/vfio_ccw.h>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "../base/fd.hpp"
#include "../decode/irb.hpp"
#include "../guest/orb.hpp"

namespace client {

struct Region {
	std::uint32_t index = 0;
	std::uint32_t flags = 0;
	std::uint64_t size = 0;
	std::uint64_t offset = 0;
	bool typed = false;	// has the type capability
	std::uint32_t type = 0;
	std::uint32_t subtype = 0;

	std::string name() const;
	Value value() const;
};

struct Interrupt {
	std::uint32_t index = 0;
	std::uint32_t flags = 0;
	std::uint32_t count = 0;

	std::string name() const;
	Value value() const;
};

enum class Async : std::uint32_t { kHalt = VFIO_CCW_ASYNC_CMD_HSCH, kClear = VFIO_CCW_ASYNC_CMD_CSCH };

class Device {
public:
	// Reads all information; fails with a named error when the device is
	// not a vfio-ccw one or its I/O region is not as it must be.
	explicit Device(Fd fd);

	const vfio_device_info &info() const { return info_; }
	const std::vector<Region> &regions() const { return regions_; }
	const std::vector<Interrupt> &interrupts() const { return interrupts_; }
	const Region &io_region() const { return regions_.front(); }
	const Region *find(std::uint32_t subtype) const;
	// The region, or a named error that says that the device lacks it.
	const Region &need(std::uint32_t subtype) const;

	// The requests below return 0 or -errno and repeat -EAGAIN for a while.

	// START SUBCHANNEL: one write of the whole I/O region, as QEMU does it.
	int start(const Orb &orb);
	// The same with a raw ORB and SCSW word 0.
	int start_raw(const std::uint8_t *orb, std::uint32_t scsw0);
	int async(Async which);
	int read_io(ccw_io_region &out);
	int read_schib(ccw_schib_region &out);
	int read_crw(ccw_crw_region &out);
	int reset();
	// fd -1 takes the eventfd away.
	int set_eventfd(std::uint32_t index, int fd);

	// For checks of bad input: nothing is looked at or repeated.
	// Returns the byte count or -errno.
	long read_at(std::uint64_t offset, void *p, std::size_t n);
	long write_at(std::uint64_t offset, const void *p, std::size_t n);
	int ioctl(unsigned long request, void *arg);

private:
	void read_regions();
	void read_interrupts();
	int write_request(std::uint64_t offset, const void *p, std::size_t n);

	Fd fd_;
	vfio_device_info info_{};
	std::vector<Region> regions_;
	std::vector<Interrupt> interrupts_;
};

} // namespace client
