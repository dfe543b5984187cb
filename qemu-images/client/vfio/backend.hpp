// SPDX-License-Identifier: GPL-2.0-only
// How a device is opened and how its DMA addresses are mapped: through a vfio
// container and group, or through iommufd and the device's own node.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "../base/fd.hpp"
#include "sysfs.hpp"

namespace client {

class Backend {
public:
	virtual ~Backend() = default;

	virtual const char *name() const = 0;
	// Opens a device.  All devices that one object opens share its addresses; the
	// first comes before the first map, and one that was closed may be opened again.
	virtual Fd open_device(const MdevInfo &mdev) = 0;
	// Makes [address, address+length) of this process the device's
	// [iova, iova+length).  0 or -errno.
	virtual int map(std::uint64_t iova, void *address, std::uint64_t length, bool writable) = 0;
	// 0 or -errno; succeeds only if the whole range was mapped.
	virtual int unmap(std::uint64_t iova, std::uint64_t length) = 0;
	// The descriptor of the container or of the iommufd, for requests that are
	// made by hand.
	virtual int address_space() const = 0;
};

// `which`: "type1", "iommufd" or "auto" (type1 where the kernel has it).
std::unique_ptr<Backend> make_backend(const std::string &which);
std::unique_ptr<Backend> make_type1_backend();
std::unique_ptr<Backend> make_iommufd_backend();

} // namespace client
