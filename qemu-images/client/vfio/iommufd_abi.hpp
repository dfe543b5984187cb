// SPDX-License-Identifier: GPL-2.0-only
// The few iommufd and vfio-cdev requests that the client uses.  Older public
// headers do not have them; where they exist, the numbers are compared.
#pragma once

#include <cstdint>
#include <linux/vfio.h>
#include <sys/ioctl.h>

#if __has_include(<linux/iommufd.h>)
#include <linux/iommufd.h>
#endif

namespace client::iommufd {

constexpr unsigned kAllocSpace = _IO(';', 0x81);
constexpr unsigned kMap = _IO(';', 0x85);
constexpr unsigned kUnmap = _IO(';', 0x86);
constexpr unsigned kBindDevice = _IO(';', 100 + 18);
constexpr unsigned kAttachDevice = _IO(';', 100 + 19);

constexpr std::uint32_t kMapFixed = 1;
constexpr std::uint32_t kMapWrite = 2;
constexpr std::uint32_t kMapRead = 4;

struct AllocSpace {
	std::uint32_t size;
	std::uint32_t flags;
	std::uint32_t space;	// out
};

struct Map {
	std::uint32_t size;
	std::uint32_t flags;
	std::uint32_t space;
	std::uint32_t zero;
	std::uint64_t address;	// in this process
	std::uint64_t length;
	std::uint64_t iova;
};

struct Unmap {
	std::uint32_t size;
	std::uint32_t space;
	std::uint64_t iova;
	std::uint64_t length;
};

struct Bind {
	std::uint32_t size;
	std::uint32_t flags;
	std::int32_t iommufd;
	std::uint32_t device;	// out
};

struct Attach {
	std::uint32_t size;
	std::uint32_t flags;
	std::uint32_t space;
};

static_assert(sizeof(AllocSpace) == 12 && sizeof(Map) == 40 && sizeof(Unmap) == 24);
static_assert(sizeof(Bind) == 16 && sizeof(Attach) == 12);
#ifdef IOMMU_IOAS_MAP
static_assert(kMap == IOMMU_IOAS_MAP && sizeof(Map) == sizeof(iommu_ioas_map));
static_assert(kUnmap == IOMMU_IOAS_UNMAP && kAllocSpace == IOMMU_IOAS_ALLOC);
#endif
#ifdef VFIO_DEVICE_BIND_IOMMUFD
static_assert(kBindDevice == VFIO_DEVICE_BIND_IOMMUFD);
static_assert(kAttachDevice == VFIO_DEVICE_ATTACH_IOMMUFD_PT);
#endif

} // namespace client::iommufd
