// SPDX-License-Identifier: GPL-2.0-only
// Records of a count-key-data disk, as READ TRACK, READ MULTIPLE COUNT KEY AND DATA and
// READ COUNT KEY AND DATA give them: count (8 bytes), key, data, one after the other.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "../base/value.hpp"

namespace client {

struct Record {
	unsigned cylinder = 0, head = 0, number = 0;
	std::span<const std::uint8_t> key, data;

	bool end_of_file() const { return data.empty(); }
	// Count in words, with the sizes.
	std::string text() const;
	Value value(std::size_t most) const;
};

struct Track {
	std::vector<Record> records;
	bool ended = false;	// by the eight bytes ff that READ TRACK ends with
	std::string wrong;	// why not all bytes were used; or nothing
};

// The records point into `bytes`.
Track decode_track(std::span<const std::uint8_t> bytes);

// Lines of 16 bytes, hexadecimal and as EBCDIC text; at most `most` bytes.
std::string dump_text(std::span<const std::uint8_t> bytes, std::size_t most, int indent);

} // namespace client
