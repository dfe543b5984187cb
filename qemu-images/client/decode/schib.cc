// SPDX-License-Identifier: GPL-2.0-only
#include "schib.hpp"

#include "../base/bytes.hpp"
#include "bits.hpp"

namespace client {

static Value chpids(const std::uint8_t *p)
{
	Value list = Value::array();

	for (unsigned i = 0; i < 8; i++)
		if (p[11] & (0x80u >> i))	// path-installed mask
			list.push(Value::hex(p[16 + i], 2));
	return list;
}

static const char *subchannel_type(unsigned st)
{
	static const char *const names[] = {"I/O", "CHSC", "message", "EADM"};
	return st < 4 ? names[st] : "other";
}

static Value pmcw_value(const std::uint8_t *p)
{
	const unsigned f = load16(p + 4);
	const unsigned last = load32(p + 24);
	Value v = Value::object();

	v.set("type", subchannel_type((last >> 21) & 7));
	v.set("device_number", (f & 1) ? Value::hex(load16(p + 6), 4) : Value());
	v.set("intparm", Value::hex(load32(p), 8));
	v.set("enabled", (f & 0x80) != 0);
	v.set("isc", (f >> 11) & 7);
	v.set("qdio_facility", (f & 0x8000) != 0);
	v.set("limit_mode", (f >> 5) & 3);
	v.set("measurement_mode", (f >> 3) & 3);
	v.set("multipath", (f & 4) != 0);
	v.set("timing", (f & 2) != 0);
	v.set("concurrent_sense", (last & 1) != 0);
	v.set("lpm", Value::hex(p[8], 2));
	v.set("pnom", Value::hex(p[9], 2));
	v.set("lpum", Value::hex(p[10], 2));
	v.set("pim", Value::hex(p[11], 2));
	v.set("pom", Value::hex(p[14], 2));
	v.set("pam", Value::hex(p[15], 2));
	v.set("chpids", chpids(p));
	return v;
}

Value schib_value(const std::uint8_t *p)
{
	Value v = Value::object();

	v.set("pmcw", pmcw_value(p));
	v.set("scsw", Scsw::decode(p + 28).value());
	v.set("mba", Value::hex(load64(p + 40), 16));
	v.set("raw", hex_bytes(p, 52));
	return v;
}

std::string schib_text(const std::uint8_t *p, int indent)
{
	const std::string pad(static_cast<std::size_t>(indent), ' ');

	return pad + "path management control word\n" + pmcw_value(p).text(indent + 2) + "\n" + pad +
	       "subchannel status word\n" + Scsw::decode(p + 28).value().text(indent + 2);
}

static const char *reporting_source(unsigned rsc)
{
	switch (rsc) {
	case 2:
		return "monitoring facility";
	case 3:
		return "subchannel";
	case 4:
		return "channel path";
	case 9:
		return "configuration-alert facility";
	case 11:
		return "channel subsystem";
	default:
		return "other";
	}
}

static const char *recovery_code(unsigned erc)
{
	static const char *const names[] = {"event information pending", "available", "initialized",
					    "temporary error", "installed parameters initialized", "terminal",
					    "permanent error, not initialized", "permanent error, initialized",
					    "installed parameters modified"};
	return erc < std::size(names) ? names[erc] : "other";
}

Value crw_value(std::uint32_t crw)
{
	Value v = Value::object();

	v.set("word", Value::hex(crw, 8));
	v.set("solicited", (crw & 0x40000000) != 0);
	v.set("overflow", (crw & 0x20000000) != 0);
	v.set("chained", (crw & 0x10000000) != 0);
	v.set("source", reporting_source((crw >> 24) & 0xf));
	v.set("ancillary", (crw & 0x00800000) != 0);
	v.set("recovery", recovery_code((crw >> 16) & 0x3f));
	v.set("id", Value::hex(crw & 0xffff, 4));
	return v;
}

std::string crw_text(std::uint32_t crw)
{
	return "CRW " + to_hex(crw, 8) + ": " + reporting_source((crw >> 24) & 0xf) + " " +
	       to_hex(crw & 0xffff, 4) + ", " + recovery_code((crw >> 16) & 0x3f) +
	       ((crw & 0x20000000) ? ", overflow: reports were lost" : "") +
	       ((crw & 0x10000000) ? ", another one follows" : "");
}

} // namespace client
