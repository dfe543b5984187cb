// SPDX-License-Identifier: GPL-2.0-only
// Regions and interrupts: how they are asked for and what they are called.
#include <cstring>

#include "../base/error.hpp"
#include "device.hpp"

namespace client {

// Fills in the type capability, walking the chain inside `size` bytes.
static void find_type(Region &r, const std::uint8_t *info, std::size_t size, std::size_t at)
{
	for (int hops = 0; hops < 16 && at; hops++) {
		vfio_region_info_cap_type cap{};
		if (at + sizeof(cap.header) > size)
			throw unexpected_error("bad-capability", "a region's capability lies outside its information");
		std::memcpy(&cap.header, info + at, sizeof(cap.header));
		if (cap.header.id == VFIO_REGION_INFO_CAP_TYPE && at + sizeof(cap) <= size) {
			std::memcpy(&cap, info + at, sizeof(cap));
			r.typed = true;
			r.type = cap.type;
			r.subtype = cap.subtype;
		}
		at = cap.header.next;
	}
}

void Device::read_regions()
{
	for (std::uint32_t i = 0; i < info_.num_regions; i++) {
		alignas(8) std::uint8_t bytes[4096] = {};
		vfio_region_info head{};
		head.argsz = sizeof(bytes);
		head.index = i;
		std::memcpy(bytes, &head, sizeof(head));
		if (const int err = ioctl(VFIO_DEVICE_GET_REGION_INFO, bytes))
			throw unexpected_error("no-region-info", failed("asking for region " + std::to_string(i), err));
		std::memcpy(&head, bytes, sizeof(head));
		Region r;
		r.index = i;
		r.flags = head.flags;
		r.size = head.size;
		r.offset = head.offset;
		if (head.flags & VFIO_REGION_INFO_FLAG_CAPS)
			find_type(r, bytes, sizeof(bytes), head.cap_offset);
		regions_.push_back(r);
	}
}

std::string Region::name() const
{
	if (index == VFIO_CCW_CONFIG_REGION_INDEX && !typed)
		return "I/O";
	if (typed && type == VFIO_REGION_TYPE_CCW) {
		switch (subtype) {
		case VFIO_REGION_SUBTYPE_CCW_ASYNC_CMD:
			return "async command";
		case VFIO_REGION_SUBTYPE_CCW_SCHIB:
			return "SCHIB";
		case VFIO_REGION_SUBTYPE_CCW_CRW:
			return "CRW";
		}
	}
	return "unknown";
}

Value Region::value() const
{
	Value v = Value::object();

	v.set("index", index).set("name", name()).set("size", size).set("offset", Value::hex(offset, 1));
	v.set("read", (flags & VFIO_REGION_INFO_FLAG_READ) != 0);
	v.set("write", (flags & VFIO_REGION_INFO_FLAG_WRITE) != 0);
	v.set("mmap", (flags & VFIO_REGION_INFO_FLAG_MMAP) != 0);
	if (typed)
		v.set("type", type).set("subtype", subtype);
	return v;
}

std::string Interrupt::name() const
{
	switch (index) {
	case VFIO_CCW_IO_IRQ_INDEX:
		return "I/O";
	case VFIO_CCW_CRW_IRQ_INDEX:
		return "CRW";
	case VFIO_CCW_REQ_IRQ_INDEX:
		return "device request";
	default:
		return "unknown";
	}
}

Value Interrupt::value() const
{
	Value v = Value::object();

	v.set("index", index).set("name", name()).set("count", count);
	v.set("eventfd", (flags & VFIO_IRQ_INFO_EVENTFD) != 0);
	return v;
}

} // namespace client
