// SPDX-License-Identifier: GPL-2.0-only
// Byte 0: Common I/O-Device Commands (SA22-7204) and, for its last bits, each device's
// reference manual: 3211 (GA24-3543), 3505 and 3525 (GA21-9124), 3270 (GA23-0218); of the channel-
// to-channel adapter what the kernel's ctcm driver makes of it.
#include "sense.hpp"

#include <algorithm>

#include "bits.hpp"

namespace client {

namespace {

constexpr BitName kCommon[] = {
	{0x80, "command reject"},  {0x40, "intervention required"}, {0x20, "bus-out check"},
	{0x10, "equipment check"}, {0x08, "data check"},	    {0x04, "overrun"},
};
constexpr BitName kOther[] = {{0x02, "device-dependent bit 6"}, {0x01, "device-dependent bit 7"}};
constexpr BitName kPrinter[] = {
	{0x80, "command reject"},  {0x40, "intervention required"}, {0x20, "bus-out check"},
	{0x10, "equipment check"}, {0x08, "data check"},	    {0x04, "print check, or buffer parity check"},
	{0x02, "load check"},	   {0x01, "carriage channel 9"},
};
constexpr BitName kCards[] = {
	{0x80, "command reject"},  {0x40, "intervention required"}, {0x20, "bus-out check"},
	{0x10, "equipment check"}, {0x08, "data check"},	    {0x04, "overrun"},
	{0x02, "abnormal format reset"}, {0x01, "permanent error"},
};
constexpr BitName kTerminal[] = {
	{0x80, "command reject"},  {0x40, "intervention required: the terminal is off or not connected"},
	{0x20, "bus-out check"},   {0x10, "equipment check"}, {0x08, "data check"},
	{0x04, "unit specify"},	   {0x02, "control check"},  {0x01, "operation check"},
};
constexpr BitName kCtca[] = {
	{0x80, "command reject"},  {0x40, "intervention required: the other side is not there"},
	{0x20, "bus-out check"},   {0x10, "equipment check"}, {0x08, "data check"},
	{0x04, "data streaming time-out"}, {0x02, "device-dependent bit 6"},
	{0x01, "the other side was reset or disconnected"},
};

std::vector<std::string> byte0_words(std::uint8_t b, DeviceClass device)
{
	switch (device) {
	case DeviceClass::kPrinter:
		return bit_words(b, kPrinter);
	case DeviceClass::kReader:
	case DeviceClass::kPunch:
		return bit_words(b, kCards);
	case DeviceClass::kTerminal:
		return bit_words(b, kTerminal);
	case DeviceClass::kCtca:
		return bit_words(b, kCtca);
	case DeviceClass::kTape:
	case DeviceClass::kEckd:
	case DeviceClass::kFba:
		return bit_words(b, kCommon); // the rest is theirs
	default:
		return sense_words(b);
	}
}

bool any(std::span<const std::uint8_t> bytes)
{
	return std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b != 0; });
}

} // namespace

std::vector<std::string> sense_words(std::uint8_t byte0)
{
	auto words = bit_words(byte0, kCommon);

	for (const auto &w : bit_words(byte0, kOther))
		words.push_back(w);
	return words;
}

std::vector<std::string> sense_words(std::span<const std::uint8_t> sense, DeviceClass device)
{
	if (sense.empty())
		return {};
	auto words = byte0_words(sense[0], device);
	if (device == DeviceClass::kEckd)
		add_eckd_sense(words, sense);
	else if (device == DeviceClass::kFba)
		add_fba_sense(words, sense);
	else if (device == DeviceClass::kTape)
		add_tape_sense(words, sense);
	else if (words.empty() && any(sense.subspan(1)))
		words.emplace_back("nothing in byte 0; the other bytes are the device's own");
	return words;
}

Value sense_value(std::span<const std::uint8_t> sense, DeviceClass device)
{
	Value v = Value::object();

	v.set("meaning", Value::words(sense_words(sense, device)));
	v.set("bytes", hex_bytes(sense.data(), sense.size()));
	return v;
}

std::string sense_text(std::span<const std::uint8_t> sense, DeviceClass device)
{
	if (sense.empty())
		return "no sense data";
	const auto w = sense_words(sense, device);
	return (w.empty() ? "nothing to report" : join(w, ", ")) + " (" +
	       hex_bytes(sense.data(), std::min<std::size_t>(sense.size(), 8)) + (sense.size() > 8 ? " ...)" : ")");
}

} // namespace client
