// SPDX-License-Identifier: GPL-2.0-only
// What a device says of itself, and what its commands are called.
#include "../decode/channel_command.hpp"
#include "../decode/characteristics.hpp"
#include "../guest/disk.hpp"
#include "ask.hpp"
#include "command.hpp"

namespace client {

namespace {

void show_characteristics(Report &r, Session &s, DeviceClass device)
{
	r.step("READ DEVICE CHARACTERISTICS");
	const Answered a = ask(s, kCmdReadCharacteristics, 64, "READ DEVICE CHARACTERISTICS");
	if (!r.expect(a.normal(), "a normal end", a.irb->line()))
		return;
	if (device == DeviceClass::kEckd) {
		const auto c = EckdCharacteristics::decode(a.bytes);
		r.add("characteristics", c.value(), c.text());
	} else if (device == DeviceClass::kFba) {
		const auto c = FbaCharacteristics::decode(a.bytes);
		r.add("characteristics", c.value(), c.text());
	}
	r.add("characteristics_bytes", hex_bytes(a.bytes.data(), a.bytes.size()));
}

void show_configuration(Report &r, Session &s, unsigned command)
{
	r.step("READ CONFIGURATION DATA");
	const Answered a = ask(s, command, 256, "READ CONFIGURATION DATA");
	if (!r.expect(a.normal(), "a normal end", a.irb->line()))
		return;
	const auto c = Configuration::decode(a.bytes);
	const std::string text = c.text(3);
	r.add("configuration", c.value(), "\n" + text.substr(0, text.size() - !text.empty()));
}

int identify(Context &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	r.step("SENSE ID");
	const Answered a = ask(s, kCmdSenseId, 64, "SENSE ID");
	const SenseId id = SenseId::decode(a.bytes);
	const DeviceClass device = class_of(id);
	r.set_device(device);
	r.add("sense_id", id.value(), id.text());
	r.expect(a.normal() && id.valid, "an answer that starts with ff", hex_bytes(a.bytes.data(), a.bytes.size()));
	if (device == DeviceClass::kEckd || device == DeviceClass::kFba)
		show_characteristics(r, s, device);
	constexpr unsigned kReadConfiguration = 0;
	if (const unsigned command = id.command_of(kReadConfiguration))
		show_configuration(r, s, command);
	return kOk;
}

int sense(Context &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);

	// First SENSE: SENSE ID may take away what there is to sense.
	const Answered a = ask(s, kCmdSense, 32, "SENSE");
	const DeviceClass device = learn_device(r, s);
	r.irb("irb", a.irb);
	r.add("sense", sense_value(a.bytes, device), std::string(class_text(device)) + ": " + sense_text(a.bytes, device));
	r.say("        bytes " + hex_bytes(a.bytes.data(), a.bytes.size()));
	r.expect(a.normal(), "a normal end", a.irb->line());
	return kOk;
}

int commands_of_class(Context &ctx)
{
	Report &r = ctx.report;
	std::string names;

	for (const DeviceClass c : known_classes())
		names += std::string(names.empty() ? "" : ", ") + class_name(c);
	if (ctx.args.positional().empty())
		throw usage_error("of which class of devices?", "one of " + names);
	const auto device = class_named(ctx.args.positional()[0]);
	if (!device)
		throw usage_error("there is no class '" + ctx.args.positional()[0] + "'", "one of " + names);
	Value list = Value::array();
	for (const auto &c : channel_commands(*device)) {
		list.push(Value::object().set("code", Value::hex(c.code, 2)).set("name", c.name));
		r.say(to_hex(c.code, 2).substr(2) + "  " + c.name);
	}
	r.add("commands", list, "");
	return kOk;
}

} // namespace

Command identify_command()
{
	return {"identify",
		"",
		"all that the device says of itself, decoded",
		"SENSE ID; of disks READ DEVICE CHARACTERISTICS (size, tracks, blocks); and, where SENSE\n"
		"ID names a command for it, READ CONFIGURATION DATA (type, maker, serial number).",
		{},
		0,
		identify};
}

Command sense_command()
{
	return {"sense",
		"",
		"the device's sense data (SENSE), decoded for its class",
		"Disks behind a 3990, 9336 and 3370; 3480, 3490 and 3590 tapes; printers, card readers\n"
		"and punches; 3270 terminals; channel-to-channel adapters.  Sense data that came with a\n"
		"status (concurrent sense) are shown by the command that got the status.",
		{},
		0,
		sense};
}

Command commands_command()
{
	return {"commands",
		"CLASS",
		"list the channel commands of a class of devices",
		"CLASS: eckd, fba, tape, reader, punch, printer, console, 3270 or ctca.  Needs no device.",
		{},
		1,
		commands_of_class};
}

} // namespace client
