// SPDX-License-Identifier: GPL-2.0-only
#include "sense_id.hpp"

#include <algorithm>
#include <cstdio>

#include "../base/bytes.hpp"
#include "device_class.hpp"

namespace client {

SenseId SenseId::decode(std::span<const std::uint8_t> b)
{
	SenseId id;

	id.raw.assign(b.begin(), b.end());
	id.valid = b.size() >= 4 && b[0] == 0xff;
	if (!id.valid)
		return id;
	id.cu_type = load16(&b[1]);
	id.cu_model = b[3];
	id.has_device = b.size() >= 7;
	if (id.has_device) {
		id.dev_type = load16(&b[4]);
		id.dev_model = b[6];
	}
	for (std::size_t at = 8; at + 4 <= b.size(); at += 4) {
		const std::uint32_t w = load32(&b[at]);
		if ((w >> 30) == 1)	// 01: a command-information word
			id.ciws.push_back(w);
	}
	return id;
}

static std::string type_model(unsigned type, unsigned model)
{
	char buf[16];

	std::snprintf(buf, sizeof(buf), "%04x/%02x", type, model);
	return buf;
}

static const char *ciw_type(std::uint32_t ciw)
{
	static const char *const names[] = {"read configuration data", "set interface identifier",
					    "read node identifier", "read ESB", "establish queues",
					    "activate queues"};
	const unsigned type = (ciw >> 24) & 0xf;
	return type < std::size(names) ? names[type] : "other";
}

unsigned SenseId::command_of(unsigned type) const
{
	for (const auto w : ciws)
		if (((w >> 24) & 0xf) == type)
			return (w >> 16) & 0xff;
	return 0;
}

Value SenseId::value() const
{
	Value v = Value::object();

	v.set("valid", valid);
	v.set("class", class_name(class_of(*this)));
	if (valid) {
		v.set("cu_type", Value::hex(cu_type, 4)).set("cu_model", Value::hex(cu_model, 2));
		if (has_device)
			v.set("dev_type", Value::hex(dev_type, 4)).set("dev_model", Value::hex(dev_model, 2));
		Value list = Value::array();
		for (const auto w : ciws)
			list.push(Value::object()
					  .set("type", ciw_type(w))
					  .set("command", Value::hex((w >> 16) & 0xff, 2))
					  .set("count", w & 0xffff));
		if (!ciws.empty())
			v.set("ciws", list);
	}
	v.set("bytes", hex_bytes(raw.data(), raw.size()));
	return v;
}

std::string SenseId::text() const
{
	if (!valid)
		return "not a SENSE ID answer (" + hex_bytes(raw.data(), std::min<std::size_t>(raw.size(), 8)) + ")";
	std::string s = "control unit type/model " + type_model(cu_type, cu_model);
	if (has_device)
		s += ", device type/model " + (dev_type ? type_model(dev_type, dev_model) : "none");
	const DeviceClass kind = class_of(*this);
	if (kind == DeviceClass::kVirtio)
		s += " (a virtio device, kind " + std::to_string(cu_model) + ")";
	else if (kind != DeviceClass::kUnknown)
		s += std::string(" (") + class_text(kind) + ")";
	for (const auto w : ciws)
		s += std::string("; ") + ciw_type(w) + " is command " + to_hex((w >> 16) & 0xff, 2);
	return s;
}

} // namespace client
