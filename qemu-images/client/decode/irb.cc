// SPDX-License-Identifier: GPL-2.0-only
#include "irb.hpp"

#include <algorithm>

#include "../base/bytes.hpp"
#include "bits.hpp"
#include "sense.hpp"

namespace client {

namespace {
constexpr std::size_t kEsw = 12;
constexpr std::size_t kErw = kEsw + 4;
constexpr std::size_t kEcw = 32;
constexpr std::size_t kEcwSize = 32;

std::vector<std::string> esf_words(unsigned esf)
{
	static const BitName names[] = {
		{0x40, "key-check"},         {0x20, "measurement-block-program-check"},
		{0x10, "measurement-block-data-check"}, {0x08, "measurement-block-protection-check"},
		{0x04, "ccw-check"},         {0x02, "idaw-check"},
	};
	return bit_words(esf, names);
}
} // namespace

bool Irb::empty() const
{
	return std::all_of(raw_.begin(), raw_.end(), [](std::uint8_t b) { return b == 0; });
}

Erw Irb::erw() const
{
	return Erw{load32(raw_.data() + kErw)};
}

std::span<const std::uint8_t> Irb::sense() const
{
	const std::span<const std::uint8_t> ecw = std::span(raw_).subspan(kEcw, kEcwSize);

	if (!scsw_.extended_control() || !erw().concurrent_sense())
		return {};
	if (erw().sense_count())
		return ecw.first(std::min<std::size_t>(kEcwSize, erw().sense_count()));
	return std::any_of(ecw.begin(), ecw.end(), [](std::uint8_t b) { return b != 0; }) ? ecw : ecw.first(0);
}

Value Irb::esw_value() const
{
	const std::uint8_t *e = raw_.data() + kEsw;
	const Erw w = erw();
	Value v = Value::object();

	v.set("lpum", Value::hex(e[1], 2));
	if (scsw_.eswf()) {
		const unsigned log = load16(e + 2);
		v.set("format", 0);
		v.set("flags", Value::words(esf_words(e[0] & 0x7f)));
		v.set("ancillary_report", (log & 0x8000) != 0);
		v.set("field_validity", Value::hex((log >> 10) & 0x1f, 2));
		v.set("storage_access", (log >> 8) & 3);
		v.set("termination", (log >> 6) & 3);
		v.set("device_status_check", (log & 0x20) != 0);
		v.set("secondary_error", (log & 0x10) != 0);
		v.set("io_error_alert", (log & 0x08) != 0);
		v.set("sequence", log & 7);
	}
	v.set("erw", Value::hex(w.word, 8));
	if (w.authorization_check())
		v.set("authorization_check", true);
	if (w.path_verification())
		v.set("path_verification", true);
	if (w.path_timeout())
		v.set("path_timeout", true);
	if (w.concurrent_sense())
		v.set("concurrent_sense_count", w.sense_count());
	if (w.failing_address_valid())
		v.set("failing_storage_address",
		      Value::hex(w.failing_address_format2() ? load64(e + 8) : load32(e + 8), 8));
	if (w.secondary_ccw_valid())
		v.set("secondary_ccw_address", Value::hex(load32(e + 16), 8));
	return v;
}

std::string Irb::esw_text() const
{
	const std::uint8_t *e = raw_.data() + kEsw;
	const Erw w = erw();
	std::vector<std::string> out;

	if (scsw_.eswf())
		out = esf_words(e[0] & 0x7f);
	if (w.authorization_check())
		out.emplace_back("authorization check");
	if (w.path_verification())
		out.emplace_back("path verification required");
	if (w.path_timeout())
		out.emplace_back("channel-path timeout");
	if (w.failing_address_valid())
		out.push_back("failing storage address " +
			      to_hex(w.failing_address_format2() ? load64(e + 8) : load32(e + 8), 8));
	if (w.secondary_ccw_valid())
		out.push_back("secondary CCW address " + to_hex(load32(e + 16), 8));
	return join(out, ", ");
}

Value Irb::value(DeviceClass device) const
{
	Value v = scsw_.value();

	v.set("esw", esw_value());
	if (!sense().empty())
		v.set("sense", sense_value(sense(), device));
	v.set("raw", hex_bytes(raw_.data(), raw_.size()));
	return v;
}

std::string Irb::text(int indent, DeviceClass device) const
{
	const std::string pad(static_cast<std::size_t>(indent), ' ');
	const Scsw &s = scsw_;
	auto list = [](const std::vector<std::string> &w) { return w.empty() ? std::string("-") : join(w, ", "); };

	std::string out = pad + "IRB function " + list(fctl_words(s.fctl())) + "; activity " +
			  list(actl_words(s.actl())) + "; status " + list(stctl_words(s.stctl())) + "\n";
	out += pad + "    CPA " + to_hex(s.cpa, 8) + "; device status " + list(dstat_words(s.dstat)) +
	       "; subchannel status " + list(cstat_words(s.cstat)) + "; residual count " +
	       std::to_string(s.count) + "\n";
	out += pad + "    key " + std::to_string(s.key()) + "; deferred cc " + std::to_string(s.deferred_cc()) +
	       "; format-" + (s.format1() ? "1" : "0") + " CCWs" + (s.prefetch() ? ", prefetch" : "") +
	       (s.suspend_control() ? ", suspend control" : "") +
	       (s.path_not_operational() ? ", path not operational" : "") + "; path used " +
	       to_hex(raw_[kEsw + 1], 2) + "; ERW " + to_hex(erw().word, 8) + "\n";
	if (!esw_text().empty())
		out += pad + "    extended status: " + esw_text() + "\n";
	if (!sense().empty())
		out += pad + "    sense that came with it: " + sense_text(sense(), device) + "\n";
	return out;
}

} // namespace client
