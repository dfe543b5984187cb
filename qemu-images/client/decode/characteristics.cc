// SPDX-License-Identifier: GPL-2.0-only
// Layouts: 3990/9390 Storage Control Reference (GA32-0274), the kernel's dasd_eckd.h and
// dasd_fba.h, Common I/O-Device Commands (SA22-7204: node-element descriptors), Hercules'
// dasdtab.c.
#include "characteristics.hpp"

#include <cstdio>

#include "../base/bytes.hpp"
#include "ebcdic.hpp"

namespace client {

static std::string type_model(unsigned type, unsigned model)
{
	char buf[16];

	std::snprintf(buf, sizeof(buf), "%04x/%02x", type, model);
	return buf;
}

EckdCharacteristics EckdCharacteristics::decode(std::span<const std::uint8_t> b)
{
	EckdCharacteristics c;

	if (b.size() < 46 || !load16(&b[0]))
		return c;
	c.valid = true;
	c.cu_type = load16(&b[0]);
	c.cu_model = b[2];
	c.dev_type = load16(&b[3]);
	c.dev_model = b[5];
	c.read_track = b[6] & 0x40;
	c.xrc = b[8] & 0x40;
	c.striping = b[8] & 0x10;
	c.cache = b[9] & 0x10;
	c.fast_write = b[9] & 0x04;
	c.cylinders = load16(&b[12]);
	c.heads = load16(&b[14]);
	c.sectors = b[16];
	c.track_length = load16(&b[18]);
	c.max_record_zero = load16(&b[44]);
	// More cylinders than 16 bits hold are told in bytes 60 to 63.
	if (c.cylinders == 0xfffe && b.size() >= 64)
		c.cylinders = load32(&b[60]);
	return c;
}

std::string EckdCharacteristics::text() const
{
	if (!valid)
		return "no characteristics";
	std::string s = type_model(cu_type, cu_model) + ", " + type_model(dev_type, dev_model) + ": " +
			std::to_string(cylinders) + " cylinders of " + std::to_string(heads) + " tracks of " +
			std::to_string(track_length) + " bytes, " + std::to_string(sectors) + " sectors a track";
	if (read_track)
		s += "; READ TRACK";
	if (cache)
		s += "; cache";
	if (fast_write)
		s += "; fast write";
	return s;
}

Value EckdCharacteristics::value() const
{
	Value v = Value::object();

	v.set("valid", valid);
	if (!valid)
		return v;
	v.set("cu_type", Value::hex(cu_type, 4)).set("cu_model", Value::hex(cu_model, 2));
	v.set("dev_type", Value::hex(dev_type, 4)).set("dev_model", Value::hex(dev_model, 2));
	v.set("cylinders", cylinders).set("heads", heads).set("sectors", sectors);
	v.set("track_length", track_length).set("max_record_zero", max_record_zero);
	v.set("read_track", read_track).set("xrc", xrc).set("striping", striping);
	v.set("cache", cache).set("fast_write", fast_write);
	return v;
}

FbaCharacteristics FbaCharacteristics::decode(std::span<const std::uint8_t> b)
{
	FbaCharacteristics c;

	if (b.size() < 18 || !load16(&b[4]))
		return c;
	c.valid = true;
	c.device_class = b[2];
	c.unit_type = b[3];
	c.block_size = load16(&b[4]);
	c.blocks_per_cylinder = load32(&b[6]);
	c.blocks_per_position = load32(&b[10]);
	c.blocks = load32(&b[14]);
	return c;
}

std::string FbaCharacteristics::text() const
{
	if (!valid)
		return "no characteristics";
	return std::to_string(blocks) + " blocks of " + std::to_string(block_size) + " bytes, " +
	       std::to_string(blocks_per_cylinder) + " a cylinder, " + std::to_string(blocks_per_position) + " an access position";
}

Value FbaCharacteristics::value() const
{
	Value v = Value::object();

	v.set("valid", valid);
	if (!valid)
		return v;
	v.set("device_class", Value::hex(device_class, 2)).set("unit_type", Value::hex(unit_type, 2));
	v.set("block_size", block_size).set("blocks", blocks);
	return v.set("blocks_per_cylinder", blocks_per_cylinder).set("blocks_per_position", blocks_per_position);
}

std::string NodeElement::text() const
{
	char id[8];

	std::snprintf(id, sizeof(id), "%04x", tag);
	return what + " " + type + "-" + model + ", made by " + manufacturer + " in " + plant + ", serial " +
	       serial + ", tag " + id;
}

Value NodeElement::value() const
{
	return Value::object()
		.set("what", what)
		.set("type", type)
		.set("model", model)
		.set("manufacturer", manufacturer)
		.set("plant", plant)
		.set("serial", serial)
		.set("tag", Value::hex(tag, 4));
}

// By the descriptor's type (byte 1) and the device class (byte 2).
static std::string what_of(const std::uint8_t *b)
{
	static const char *const classes[] = {"unspecified", "disk", "tape", "reader", "punch", "printer", "communication",
					      "terminal", "console", "adapter"};

	if (b[0] & 0x20)
		return "token";
	if (b[1] == 1)
		return b[2] < std::size(classes) ? std::string("device (") + classes[b[2]] + ")" : "device";
	return b[1] == 2 ? "control unit" : "node";
}

Configuration Configuration::decode(std::span<const std::uint8_t> b)
{
	constexpr std::size_t kElement = 32;
	Configuration c;

	for (std::size_t at = 0; at + kElement <= b.size(); at += kElement) {
		const std::uint8_t *const e = &b[at];
		const unsigned identifier = e[0] >> 6;
		if (identifier == 3) { // a node-element descriptor
			const auto text = [e](std::size_t from, std::size_t n) { return trimmed(ebcdic_text({e + from, n})); };
			NodeElement n;
			n.what = what_of(e);
			n.type = text(4, 6);
			n.model = text(10, 3);
			n.manufacturer = text(13, 3);
			n.plant = text(16, 2);
			n.serial = text(18, 12);
			n.tag = load16(e + 30);
			c.elements.push_back(n);
		} else if (identifier == 2) { // a general node-element qualifier
			c.has_qualifier = true;
			c.interface_id = load16(e + 2);
			c.subsystem = load16(e + 8);
			c.unit_address = e[11];
		}
	}
	return c;
}

std::string Configuration::text(int indent) const
{
	const std::string pad(static_cast<std::size_t>(indent), ' ');
	std::string out;

	for (const auto &e : elements)
		out += pad + e.text() + "\n";
	if (has_qualifier)
		out += pad + "subsystem " + to_hex(subsystem, 4) + ", unit address " + to_hex(unit_address, 2) +
		       ", interface " + to_hex(interface_id, 4) + "\n";
	return out;
}

Value Configuration::value() const
{
	Value list = Value::array();

	for (const auto &e : elements)
		list.push(e.value());
	Value v = Value::object().set("elements", list);
	if (has_qualifier)
		v.set("subsystem", Value::hex(subsystem, 4)).set("unit_address", Value::hex(unit_address, 2))
			.set("interface", Value::hex(interface_id, 4));
	return v;
}

} // namespace client
