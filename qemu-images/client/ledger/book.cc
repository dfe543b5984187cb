// SPDX-License-Identifier: GPL-2.0-only
#include "book.hpp"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "../base/crc32.hpp"

namespace client {

std::size_t Layout3390::length(unsigned index) const
{
	static constexpr std::size_t lengths[] = {4096, 2048, 1000, 5000};

	return lengths[index % std::size(lengths)];
}

Book::Book(std::uint64_t seed, unsigned device, const Layout3390 &layout)
	: seed_(seed), device_(device), layout_(layout), held_(layout.tracks() * Layout3390::kRecords)
{
}

Bytes Book::content(unsigned track, unsigned record, std::uint64_t version) const
{
	return record_content(seed_, name(track, record), version, layout_.length(track));
}

void Book::written(unsigned track, unsigned record, std::uint64_t version)
{
	at(track, record) = {version};
	version_ = std::max(version_, version);
}

void Book::maybe_written(unsigned track, unsigned record, std::uint64_t version)
{
	at(track, record).push_back(version);
	version_ = std::max(version_, version);
}

std::string Book::found(unsigned track, unsigned record, std::span<const std::uint8_t> bytes)
{
	Versions &held = at(track, record);
	std::string wanted;

	for (const auto v : held) {
		const Bytes want = content(track, record, v);
		if (std::equal(want.begin(), want.end(), bytes.begin(), bytes.end())) {
			held = {v};
			return "";
		}
		wanted += (wanted.empty() ? "" : " or ") + std::to_string(v);
	}
	return name(track, record).text() + (layout_.canary(track) ? " (canary)" : "") + ": " +
	       std::to_string(bytes.size()) + " bytes, " + describe_content(bytes, seed_) + "; wanted " +
	       std::to_string(layout_.length(track)) + " bytes, version " + (wanted.empty() ? "none" : wanted);
}

std::string Book::text() const
{
	std::string out;
	char line[160];

	for (unsigned t = 0; t < layout_.tracks(); t++) {
		for (unsigned r = 1; r <= Layout3390::kRecords; r++) {
			const TrackAddress a = layout_.track(t);
			for (const auto v : at(t, r)) {
				std::snprintf(line, sizeof(line), "record %u %u %u %u %zu %s %llu %08x\n", device_, a.cylinder,
					      a.head, r, layout_.length(t),
					      layout_.canary(t) ? "canary" : settled(t, r) ? "written" : "maybe",
					      static_cast<unsigned long long>(v), crc32(content(t, r, v)));
				out += line;
			}
		}
	}
	return out;
}

bool Book::load_line(const std::string &line)
{
	std::istringstream in(line);
	std::string word, state;
	unsigned device = 0, cylinder = 0, head = 0, record = 0;
	std::size_t length = 0;
	std::uint64_t version = 0;

	if (!(in >> word >> device >> cylinder >> head >> record >> length >> state >> version) || word != "record" ||
	    device != device_)
		return false;
	if (cylinder < layout_.first || cylinder > layout_.last || head >= layout_.heads || !record ||
	    record > Layout3390::kRecords)
		return false;
	maybe_written((cylinder - layout_.first) * layout_.heads + head, record, version);
	return true;
}

} // namespace client
