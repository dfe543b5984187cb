// SPDX-License-Identifier: GPL-2.0-only
// The device's own node, bound to an iommufd and attached to one address space.
#include "backend.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>

#include "../base/error.hpp"
#include "iommufd_abi.hpp"

namespace client {

namespace {

class Iommufd : public Backend {
public:
	Iommufd();
	const char *name() const override { return "iommufd"; }
	Fd open_device(const MdevInfo &mdev) override;
	int map(std::uint64_t iova, void *address, std::uint64_t length, bool writable) override;
	int unmap(std::uint64_t iova, std::uint64_t length) override;
	int address_space() const override { return iommu_.get(); }

private:
	Fd iommu_;
	std::uint32_t space_ = 0;
};

Iommufd::Iommufd() : iommu_(::open("/dev/iommu", O_RDWR | O_CLOEXEC))
{
	if (!iommu_.valid())
		throw environment_error("no-iommufd", failed("opening /dev/iommu", errno),
					"this kernel may lack CONFIG_IOMMUFD: use --backend=type1");
	iommufd::AllocSpace a{};
	a.size = sizeof(a);
	if (::ioctl(iommu_.get(), iommufd::kAllocSpace, &a))
		throw environment_error("no-iommufd", failed("allocating an address space", errno), "use --backend=type1");
	space_ = a.space;
}

Fd Iommufd::open_device(const MdevInfo &mdev)
{
	if (mdev.cdev.empty())
		throw environment_error("no-cdev", "device " + mdev.uuid + " has no node in /dev/vfio/devices",
					"this kernel may lack CONFIG_VFIO_DEVICE_CDEV: use --backend=type1");
	Fd device(::open(mdev.cdev.c_str(), O_RDWR | O_CLOEXEC));
	if (!device.valid())
		throw environment_error("open-refused", failed("opening " + mdev.cdev, errno),
					"run as root; end any other user of the device");
	iommufd::Bind b{};
	b.size = sizeof(b);
	b.iommufd = iommu_.get();
	if (::ioctl(device.get(), iommufd::kBindDevice, &b))
		throw environment_error("open-refused", failed("binding " + mdev.uuid + " to iommufd", errno),
					"another process may use the device, or the subchannel is gone");
	iommufd::Attach a{};
	a.size = sizeof(a);
	a.space = space_;
	if (::ioctl(device.get(), iommufd::kAttachDevice, &a))
		throw environment_error("open-refused", failed("attaching " + mdev.uuid + " to its address space", errno),
					"see dmesg");
	return device;
}

int Iommufd::map(std::uint64_t iova, void *address, std::uint64_t length, bool writable)
{
	iommufd::Map m{};

	m.size = sizeof(m);
	m.flags = iommufd::kMapFixed | iommufd::kMapRead | (writable ? iommufd::kMapWrite : 0u);
	m.space = space_;
	m.address = reinterpret_cast<std::uintptr_t>(address);
	m.length = length;
	m.iova = iova;
	return ::ioctl(iommu_.get(), iommufd::kMap, &m) ? -errno : 0;
}

int Iommufd::unmap(std::uint64_t iova, std::uint64_t length)
{
	iommufd::Unmap m{};

	m.size = sizeof(m);
	m.space = space_;
	m.iova = iova;
	m.length = length;
	return ::ioctl(iommu_.get(), iommufd::kUnmap, &m) ? -errno : 0;
}

} // namespace

std::unique_ptr<Backend> make_iommufd_backend()
{
	return std::make_unique<Iommufd>();
}

} // namespace client
