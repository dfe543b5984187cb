// SPDX-License-Identifier: GPL-2.0-only
// Tracks and volume labels.
#include <algorithm>
#include <cstring>

#include "../base/number.hpp"
#include "../decode/characteristics.hpp"
#include "../decode/ebcdic.hpp"
#include "../decode/label.hpp"
#include "../decode/track.hpp"
#include "../guest/disk.hpp"
#include "ask.hpp"
#include "command.hpp"

namespace client {

namespace {

constexpr unsigned kMostOfTrack = 65535;

std::vector<std::uint8_t> read_track(Report &r, Session &s, TrackAddress t)
{
	const std::uint32_t buffer = s.memory().alloc(kMostOfTrack, 4096);
	const Chain chain = read_track_program(s.memory(), t, buffer, kMostOfTrack);

	r.say("START: DEFINE EXTENT (0x63), LOCATE RECORD (0x47), READ TRACK (0xde) of cylinder " +
	      std::to_string(t.cylinder) + " head " + std::to_string(t.head));
	const Irb irb = run_normally(r, s, chain, "READ TRACK");
	const std::uint8_t *const p = s.memory().at(buffer, kMostOfTrack);
	return std::vector<std::uint8_t>(p, p + (kMostOfTrack - irb->count));
}

int track(Context &ctx)
{
	Report &r = ctx.report;
	const auto &words = ctx.args.positional();
	const std::size_t most = ctx.args.number("dump", 64, 0, kMostOfTrack);

	if (words.size() != 2)
		throw usage_error("which track?", "give its cylinder and head");
	const TrackAddress at{static_cast<unsigned>(parse_number(words[0], "the cylinder")),
			      static_cast<unsigned>(parse_number(words[1], "the head"))};
	if (at.cylinder > 0xffff || at.head > 0xffff)
		throw usage_error("a cylinder and a head are at most 65535");
	Session s(ctx.session);
	need_device(r, s, {DeviceClass::kEckd});
	const auto bytes = read_track(r, s, at);
	const Track t = decode_track(bytes);
	Value list = Value::array();
	for (const auto &rec : t.records) {
		list.push(rec.value(most));
		r.say(rec.text());
		if (!rec.key.empty())
			r.say("   key  " + hex_bytes(rec.key.data(), rec.key.size()) + "  " + ebcdic_text(rec.key));
		const std::string dump = dump_text(rec.data, most, 3);
		if (!dump.empty())
			r.say(dump.substr(0, dump.size() - 1));
	}
	r.add("records", list, "");
	r.expect(t.ended && t.wrong.empty(), std::to_string(t.records.size()) + " records and the end of the track",
		 t.wrong.empty() ? "no end" : t.wrong);
	return kOk;
}

bool show_label(Report &r, std::span<const std::uint8_t> data, const std::string &where)
{
	const Label l = decode_label(data);

	if (!l.valid())
		return false;
	r.add("label", l.value(), where + ": " + l.text());
	return true;
}

void label_of_track(Report &r, Session &s)
{
	const auto bytes = read_track(r, s, {0, 0});
	const Track t = decode_track(bytes);
	bool found = false;

	for (const auto &rec : t.records)
		if (!found && rec.number)
			found = show_label(r, rec.data, "record " + std::to_string(rec.number));
	r.expect(found, "a volume label on cylinder 0 head 0", std::to_string(t.records.size()) + " records without one");
}

// The kernel's fs/partitions/ibm.c: block 1 of a disk with fixed blocks.
void label_of_block(Report &r, Session &s)
{
	const auto c = FbaCharacteristics::decode(ask(s, kCmdReadCharacteristics, 64, "READ DEVICE CHARACTERISTICS").bytes);
	const unsigned size = c.valid ? c.block_size : 512;
	const std::uint32_t buffer = s.memory().alloc(size, 4096);

	r.say("START: DEFINE EXTENT (0x63), LOCATE (0x43), READ (0x42) of block 1");
	run_normally(r, s, read_block_program(s.memory(), 1, size, buffer), "READ");
	r.expect(show_label(r, {s.memory().at(buffer, size), size}, "block 1"), "a volume label in block 1", "none");
}

void label_of_tape(Report &r, Session &s)
{
	constexpr unsigned kRewind = 0x07, kRead = 0x02, kSize = 80;
	const std::uint32_t buffer = s.memory().alloc(kSize);
	Chain chain = Chain::fresh(s.memory(), 2);

	chain.add({kRewind, kCcwCc | kCcwSli, 1, buffer});
	chain.add({kRead, kCcwSli, kSize, buffer});
	r.say("START: REWIND (0x07), READ FORWARD (0x02)");
	const Irb irb = run_normally(r, s, chain, "REWIND and READ");
	const unsigned got = irb->count <= kSize ? kSize - irb->count : 0;
	r.expect(show_label(r, {s.memory().at(buffer, kSize), got}, "first block"), "a volume label at the beginning", "none");
}

int label(Context &ctx)
{
	Report &r = ctx.report;
	Session s(ctx.session);
	const DeviceClass device = need_device(r, s, {DeviceClass::kEckd, DeviceClass::kFba, DeviceClass::kTape});

	if (device == DeviceClass::kEckd)
		label_of_track(r, s);
	else if (device == DeviceClass::kFba)
		label_of_block(r, s);
	else if (ctx.args.has("rewind"))
		label_of_tape(r, s);
	else
		throw usage_error("a tape's label is at its beginning", "allow that it is rewound: --rewind");
	return kOk;
}

} // namespace

Command track_command()
{
	return {"track",
		"CYLINDER HEAD",
		"read a track of a 3390 or 3380 and show its records",
		"Reads the whole track (DEFINE EXTENT, LOCATE RECORD, READ TRACK; writes are inhibited)\n"
		"and shows each record: count, key, and data as bytes and as EBCDIC text.",
		{{"dump", "N", "show at most N bytes of each record's data (default 64)"}},
		2,
		track};
}

Command label_command()
{
	return {"label",
		"",
		"the volume label of a disk or tape, in text",
		"Of a count-key-data disk the label among the records of cylinder 0 head 0, of one with\n"
		"fixed blocks block 1, of a tape the first block.  Knows VOL1, LNX1, CMS1 and HDR1.",
		{{"rewind", "", "of a tape: it may be rewound"}},
		0,
		label};
}

} // namespace client
