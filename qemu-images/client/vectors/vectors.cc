// SPDX-License-Identifier: GPL-2.0-only
#include "vectors.hpp"

#include <cstdio>

#include "../base/bytes.hpp"
#include "../base/crc32.hpp"

namespace client {

std::span<const VectorSet> vector_sets()
{
	static const VectorSet sets[] = {
		{"any", "what every device takes: no data are changed", kAnyVectors, false, false},
		{"eckd", "3390: both command sets, searches, formats, writes, IDALs, data chaining", kEckdVectors, true, false},
		{"eckd-checks", "3390: unit checks of each kind, with their sense data", kEckdCheckVectors, true, false},
		{"eckd-suspend", "3390: suspended programs, halted and cleared", kEckdSuspendVectors, true, false},
		{"fba", "9336, 3370: blocks", kFbaVectors, true, false},
		{"tape", "3480 to 3590: writes from the beginning of the tape on", kTapeVectors, false, false},
		{"tape-end", "a tape of some MiB that does not compress: until its end", kTapeEndVectors, false, false},
		{"printer", "1403, 3211: carriage control", kPrinterVectors, false, false},
		{"reader", "3505: reads all cards", kReaderVectors, false, false},
		{"punch", "3525", kPunchVectors, false, false},
		{"3270", "a terminal that is connected, and somebody who presses Enter when it shows PRESS", kTerminalVectors, false, false},
		{"ctca", "a channel-to-channel adapter and its other side", kCtcaVectors, false, true},
	};
	return sets;
}

const VectorSet *find_vector_set(const std::string &name)
{
	for (const auto &s : vector_sets())
		if (name == s.name)
			return &s;
	return nullptr;
}

static void fill_in(std::string &text, const char *what, const std::string &with)
{
	for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
		text.replace(at, 2, with);
}

std::string vector_text(const Vector &v, unsigned cylinder, unsigned block)
{
	std::string text = v.program;

	fill_in(text, "$C", to_hex(cylinder & 0xffff, 4).substr(2));
	fill_in(text, "$B", to_hex(block, 8).substr(2));
	return text;
}

static std::string status_text(const Irb &irb)
{
	const std::uint8_t *const raw = irb.raw().data();
	char buf[80];

	std::snprintf(buf, sizeof(buf), "%08x %08x %08x lpum %02x erw %08x", irb->word0, irb->cpa, load32(raw + 8), raw[13],
		      irb.erw().word);
	std::string s = buf;
	if (!irb.sense().empty())
		s += " sense " + hex_bytes(irb.sense().data(), irb.sense().size());
	return s;
}

std::string vector_line(const std::string &set, const Vector &v, const VectorResult &result, const Assembled *program,
			GuestMemory &memory)
{
	std::string line = set + " " + v.name + (v.peer ? " (peer)" : "") + ": start " + result.start;
	char buf[80];

	for (const auto &irb : result.statuses)
		line += " | " + status_text(irb);
	if (result.timed_out)
		line += " | no status";
	if (!result.sense.empty())
		line += " | asked " + hex_bytes(result.sense.data(), result.sense.size());
	if (!program)
		return line;
	for (const auto &b : program->buffers) {
		std::snprintf(buf, sizeof(buf), " | %s %u %08x", b.name.c_str(), b.length,
			      crc32({memory.at(b.gpa, b.length), b.length}));
		line += buf;
	}
	return line;
}

} // namespace client
