// SPDX-License-Identifier: GPL-2.0-only
#include "ask.hpp"

#include <algorithm>
#include <cstring>

#include "../base/error.hpp"

namespace client {

Answered ask(Session &s, unsigned command, unsigned size, const std::string &what)
{
	const std::uint32_t buffer = s.memory().alloc(size);
	Chain chain = Chain::fresh(s.memory(), 1);

	std::memset(s.memory().at(buffer, size), 0, size);
	chain.add({command, kCcwSli, size, buffer});
	const Irb irb = s.must_run(chain, what);
	const unsigned got = irb->count <= size ? size - irb->count : 0;
	const std::uint8_t *const p = s.memory().at(buffer, size);
	return {irb, std::vector<std::uint8_t>(p, p + got)};
}

SenseId ask_sense_id(Session &s)
{
	const Answered a = ask(s, kCmdSenseId, 64, "SENSE ID");

	return a.normal() ? SenseId::decode(a.bytes) : SenseId{};
}

std::vector<std::uint8_t> ask_sense(Session &s)
{
	return ask(s, kCmdSense, 32, "SENSE").bytes;
}

std::vector<std::uint8_t> sense_of(Session &s, const Irb &irb)
{
	const auto bytes = irb.sense();

	return bytes.empty() ? ask_sense(s) : std::vector<std::uint8_t>(bytes.begin(), bytes.end());
}

DeviceClass learn_device(Report &r, Session &s)
{
	const DeviceClass c = class_of(ask_sense_id(s));

	r.set_device(c);
	return c;
}

DeviceClass need_device(Report &r, Session &s, std::initializer_list<DeviceClass> classes)
{
	const DeviceClass c = learn_device(r, s);

	if (std::find(classes.begin(), classes.end(), c) == classes.end())
		throw unexpected_error("wrong-device", std::string("this is a ") + class_text(c), "see `vccw sense-id`");
	return c;
}

Irb run_normally(Report &r, Session &s, const Chain &chain, const std::string &what)
{
	const Irb irb = s.must_run(chain, what);

	if (!irb->cstat && irb->dstat == (kDstatChannelEnd | kDstatDeviceEnd))
		return irb;
	r.irb("irb", irb);
	if (irb->dstat & kDstatUnitCheck) {
		const auto sense = sense_of(s, irb);
		r.add("sense", sense_value(sense, r.device()), "sense data: " + sense_text(sense, r.device()));
	}
	throw unexpected_error("device-error", what + " did not end normally: " + irb->line());
}

} // namespace client
