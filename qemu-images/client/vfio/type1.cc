// SPDX-License-Identifier: GPL-2.0-only
// Container, group, device: the classic vfio way.  The container must be of
// the v2 kind; mediated devices cannot pin pages through the first one.
#include "backend.hpp"

#include <fcntl.h>
#include <linux/vfio.h>
#include <map>
#include <sys/ioctl.h>

#include "../base/error.hpp"

namespace client {

namespace {

Fd open_node(const std::string &path, const char *missing_hint)
{
	Fd fd(::open(path.c_str(), O_RDWR | O_CLOEXEC));

	if (fd.valid())
		return fd;
	const int err = errno;
	const char *hint = err == EACCES || err == EPERM ? "run as root, or get access to that file"
			 : err == EBUSY			 ? "another process uses the device: end it first"
							 : missing_hint;
	throw environment_error(err == EBUSY ? "device-in-use" : "no-vfio", failed("opening " + path, err), hint);
}

class Type1 : public Backend {
public:
	Type1();
	const char *name() const override { return "type1"; }
	Fd open_device(const MdevInfo &mdev) override;
	int map(std::uint64_t iova, void *address, std::uint64_t length, bool writable) override;
	int unmap(std::uint64_t iova, std::uint64_t length) override;

	int address_space() const override { return container_.get(); }

private:
	int add_group(const MdevInfo &mdev);

	Fd container_;
	std::map<std::string, Fd> groups_;
};

Type1::Type1() : container_(open_node("/dev/vfio/vfio", "load the vfio module (modprobe vfio)"))
{
	if (::ioctl(container_.get(), VFIO_GET_API_VERSION) != VFIO_API_VERSION)
		throw environment_error("vfio-version", "the kernel's vfio has another API version",
					"use a client built for this kernel");
	if (::ioctl(container_.get(), VFIO_CHECK_EXTENSION, VFIO_TYPE1v2_IOMMU) <= 0)
		throw environment_error("no-type1", "the kernel's vfio offers no type1 v2 container",
					"load vfio_iommu_type1 (modprobe vfio_iommu_type1)");
}

// The descriptor of the device's group, which is in the container.
int Type1::add_group(const MdevInfo &mdev)
{
	if (const auto there = groups_.find(mdev.group); there != groups_.end())
		return there->second.get();
	Fd group = open_node("/dev/vfio/" + mdev.group, "is the device bound to its vfio driver?");
	vfio_group_status status{};
	status.argsz = sizeof(status);
	if (::ioctl(group.get(), VFIO_GROUP_GET_STATUS, &status) || !(status.flags & VFIO_GROUP_FLAGS_VIABLE))
		throw environment_error("group-not-viable", "iommu group " + mdev.group + " is not viable",
					"bind every device of the group to a vfio driver");
	int container = container_.get();
	if (::ioctl(group.get(), VFIO_GROUP_SET_CONTAINER, &container))
		throw environment_error("no-container", failed("adding group " + mdev.group + " to a container", errno),
					"another process uses the group: end it first");
	// The back end is chosen once, when the container has its first group.
	if (groups_.empty() && ::ioctl(container_.get(), VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		throw environment_error("no-type1", failed("choosing the type1 v2 back end", errno),
					"load vfio_iommu_type1");
	return groups_.emplace(mdev.group, std::move(group)).first->second.get();
}

Fd Type1::open_device(const MdevInfo &mdev)
{
	if (mdev.group.empty())
		throw environment_error("no-group", "device " + mdev.uuid + " is in no iommu group",
					"is its driver bound? try --backend=iommufd");
	Fd device(::ioctl(add_group(mdev), VFIO_GROUP_GET_DEVICE_FD, mdev.uuid.c_str()));
	if (!device.valid())
		throw environment_error("open-refused", failed("opening device " + mdev.uuid, errno),
					"the subchannel may be gone or not operational: see dmesg and `vccw list`");
	return device;
}

int Type1::map(std::uint64_t iova, void *address, std::uint64_t length, bool writable)
{
	vfio_iommu_type1_dma_map m{};

	m.argsz = sizeof(m);
	m.flags = VFIO_DMA_MAP_FLAG_READ | (writable ? VFIO_DMA_MAP_FLAG_WRITE : 0u);
	m.vaddr = reinterpret_cast<std::uintptr_t>(address);
	m.iova = iova;
	m.size = length;
	return ::ioctl(container_.get(), VFIO_IOMMU_MAP_DMA, &m) ? -errno : 0;
}

int Type1::unmap(std::uint64_t iova, std::uint64_t length)
{
	vfio_iommu_type1_dma_unmap m{};

	m.argsz = sizeof(m);
	m.iova = iova;
	m.size = length;
	if (::ioctl(container_.get(), VFIO_IOMMU_UNMAP_DMA, &m))
		return -errno;
	return m.size == length ? 0 : -ENOENT;
}

} // namespace

std::unique_ptr<Backend> make_type1_backend()
{
	return std::make_unique<Type1>();
}

} // namespace client
