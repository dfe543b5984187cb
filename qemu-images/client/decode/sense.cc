// SPDX-License-Identifier: GPL-2.0-only
#include "sense.hpp"

#include <algorithm>
#include <cstdio>

#include "../base/bytes.hpp"
#include "bits.hpp"

namespace client {

std::vector<std::string> sense_words(std::uint8_t byte0)
{
	static const BitName names[] = {
		{0x80, "command reject"},  {0x40, "intervention required"},
		{0x20, "bus-out check"},   {0x10, "equipment check"},
		{0x08, "data check"},      {0x04, "overrun"},
		{0x02, "device-dependent bit 6"}, {0x01, "device-dependent bit 7"},
	};
	return bit_words(byte0, names);
}

Value sense_value(std::span<const std::uint8_t> sense)
{
	Value v = Value::object();

	v.set("meaning", Value::words(sense.empty() ? std::vector<std::string>{} : sense_words(sense[0])));
	v.set("bytes", hex_bytes(sense.data(), sense.size()));
	return v;
}

std::string sense_text(std::span<const std::uint8_t> sense)
{
	if (sense.empty())
		return "no sense data";
	const auto w = sense_words(sense[0]);
	return (w.empty() ? "nothing to report" : join(w, ", ")) + " (" +
	       hex_bytes(sense.data(), std::min<std::size_t>(sense.size(), 8)) + (sense.size() > 8 ? " ...)" : ")");
}

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

Value SenseId::value() const
{
	Value v = Value::object();

	v.set("valid", valid);
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
	if (cu_type == 0x3832)
		s += " (a virtio device, kind " + std::to_string(cu_model) + ")";
	for (const auto w : ciws)
		s += std::string("; ") + ciw_type(w) + " is command " + to_hex((w >> 16) & 0xff, 2);
	return s;
}

} // namespace client
