// SPDX-License-Identifier: GPL-2.0-only
// What a record holds: a header that says whose it is, then random bytes that follow from it.
// Anybody can make them again:
//
//	bytes 0-3 "VCCW", 4-7 device, 8-9 cylinder, 10-11 head, 12-15 record, 16-23 version,
//	24-31 seed, all big-endian; then splitmix64 in big-endian doublewords, its state begun
//	with the XOR of the header's four doublewords, cut to the record's length.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "../guest/disk.hpp"

namespace client {

struct RecordName {
	unsigned device = 0;
	TrackAddress track;
	unsigned record = 0;

	bool operator==(const RecordName &) const = default;
	std::string text() const;
};

using Bytes = std::vector<std::uint8_t>;

Bytes record_content(std::uint64_t seed, const RecordName &name, std::uint64_t version, std::size_t length);
// In words what these bytes seem to be: whose version, or nobody's.
std::string describe_content(std::span<const std::uint8_t> bytes, std::uint64_t seed);

} // namespace client
