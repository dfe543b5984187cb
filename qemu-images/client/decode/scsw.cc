// SPDX-License-Identifier: GPL-2.0-only
#include "scsw.hpp"

#include "../base/bytes.hpp"
#include "bits.hpp"

namespace client {

Scsw Scsw::decode(const std::uint8_t *p)
{
	Scsw s;

	s.word0 = load32(p);
	s.cpa = load32(p + 4);
	s.dstat = p[8];
	s.cstat = p[9];
	s.count = load16(p + 10);
	return s;
}

// Principles of Operation, "TEST SUBCHANNEL"; QEMU's css.c and Hercules' channel.c clear
// the pending bits there as well.
bool Scsw::clears_functions() const
{
	return pending() && stctl() != (kStctlPending | kStctlIntermediate);
}

bool Scsw::deferred() const
{
	return deferred_cc() && pending() && !(stctl() & (kStctlPrimary | kStctlSecondary));
}

bool Scsw::final() const
{
	const unsigned busy = kActlSubchannelActive | kActlDeviceActive | kActlSuspended;

	if (fctl() & (kFctlHalt | kFctlClear))
		return pending();
	return clears_functions() && !(actl() & busy);
}

std::vector<std::string> fctl_words(unsigned fctl)
{
	static const BitName names[] = {{kFctlStart, "start"}, {kFctlHalt, "halt"}, {kFctlClear, "clear"}};
	return bit_words(fctl, names);
}

std::vector<std::string> actl_words(unsigned actl)
{
	static const BitName names[] = {
		{kActlResumePending, "resume-pending"},
		{kActlStartPending, "start-pending"},
		{kActlHaltPending, "halt-pending"},
		{kActlClearPending, "clear-pending"},
		{kActlSubchannelActive, "subchannel-active"},
		{kActlDeviceActive, "device-active"},
		{kActlSuspended, "suspended"},
	};
	return bit_words(actl, names);
}

std::vector<std::string> stctl_words(unsigned stctl)
{
	static const BitName names[] = {
		{kStctlAlert, "alert"},
		{kStctlIntermediate, "intermediate"},
		{kStctlPrimary, "primary"},
		{kStctlSecondary, "secondary"},
		{kStctlPending, "status-pending"},
	};
	return bit_words(stctl, names);
}

std::vector<std::string> dstat_words(unsigned dstat)
{
	static const BitName names[] = {
		{kDstatAttention, "attention"},
		{kDstatModifier, "status-modifier"},
		{kDstatCuEnd, "control-unit-end"},
		{kDstatBusy, "busy"},
		{kDstatChannelEnd, "channel-end"},
		{kDstatDeviceEnd, "device-end"},
		{kDstatUnitCheck, "unit-check"},
		{kDstatUnitException, "unit-exception"},
	};
	return bit_words(dstat, names);
}

std::vector<std::string> cstat_words(unsigned cstat)
{
	static const BitName names[] = {
		{kCstatPci, "program-controlled-interruption"},
		{kCstatIncorrectLength, "incorrect-length"},
		{kCstatProgramCheck, "program-check"},
		{kCstatProtectionCheck, "protection-check"},
		{kCstatDataCheck, "channel-data-check"},
		{kCstatControlCheck, "channel-control-check"},
		{kCstatInterfaceCheck, "interface-control-check"},
		{kCstatChainingCheck, "chaining-check"},
	};
	return bit_words(cstat, names);
}

Value Scsw::value() const
{
	Value v = Value::object();

	v.set("key", key());
	v.set("suspend_control", suspend_control());
	v.set("eswf", eswf());
	v.set("deferred_cc", deferred_cc());
	v.set("format", format1() ? 1 : 0);
	v.set("prefetch", prefetch());
	v.set("initial_status", initial_status());
	v.set("address_limit", address_limit());
	v.set("suppress_suspended", suppress_suspended());
	v.set("zero_cc", zero_cc());
	v.set("extended_control", extended_control());
	v.set("path_not_operational", path_not_operational());
	v.set("fctl", Value::words(fctl_words(fctl())));
	v.set("actl", Value::words(actl_words(actl())));
	v.set("stctl", Value::words(stctl_words(stctl())));
	v.set("cpa", Value::hex(cpa, 8));
	v.set("dstat", Value::words(dstat_words(dstat)));
	v.set("cstat", Value::words(cstat_words(cstat)));
	v.set("count", count);
	return v;
}

static std::string words(const std::vector<std::string> &w)
{
	return w.empty() ? "-" : join(w, "+");
}

std::string Scsw::line() const
{
	std::string s = "fctl=" + words(fctl_words(fctl())) + " actl=" + words(actl_words(actl())) +
			" stctl=" + words(stctl_words(stctl())) + " cpa=" + to_hex(cpa, 8) +
			" dstat=" + words(dstat_words(dstat)) + " cstat=" + words(cstat_words(cstat)) +
			" count=" + std::to_string(count);

	if (deferred_cc())
		s += " deferred-cc=" + std::to_string(deferred_cc());
	if (zero_cc())
		s += " initial-status-cc-0";
	if (path_not_operational())
		s += " path-not-operational";
	return s;
}

} // namespace client
