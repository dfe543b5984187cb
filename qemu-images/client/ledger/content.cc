// SPDX-License-Identifier: GPL-2.0-only
#include "content.hpp"

#include <algorithm>

#include "../base/bytes.hpp"
#include "../base/value.hpp"
#include "../stress/random.hpp"

namespace client {

namespace {

constexpr std::size_t kHeader = 32;
constexpr std::uint32_t kMagic = 0x56434357;

} // namespace

std::string RecordName::text() const
{
	return "device " + std::to_string(device) + " cylinder " + std::to_string(track.cylinder) + " head " +
	       std::to_string(track.head) + " record " + std::to_string(record);
}

Bytes record_content(std::uint64_t seed, const RecordName &name, std::uint64_t version, std::size_t length)
{
	Bytes b(kHeader + (length + 7) / 8 * 8);

	store32(&b[0], kMagic);
	store32(&b[4], name.device);
	store16(&b[8], name.track.cylinder);
	store16(&b[10], name.track.head);
	store32(&b[12], name.record);
	store64(&b[16], version);
	store64(&b[24], seed);
	std::uint64_t state = load64(&b[0]) ^ load64(&b[8]) ^ load64(&b[16]) ^ load64(&b[24]);
	for (std::size_t at = kHeader; at < b.size(); at += 8)
		store64(&b[at], splitmix64(state));
	b.resize(length);
	return b;
}

std::string describe_content(std::span<const std::uint8_t> b, std::uint64_t seed)
{
	if (b.size() < kHeader || load32(&b[0]) != kMagic)
		return "bytes of nobody: " + hex_bytes(b.data(), std::min<std::size_t>(b.size(), 16));
	const RecordName name{load32(&b[4]), {load16(&b[8]), load16(&b[10])}, load32(&b[12])};
	const std::uint64_t version = load64(&b[16]);
	const Bytes whole = record_content(load64(&b[24]), name, version, b.size());
	const auto differs = std::mismatch(b.begin(), b.end(), whole.begin());
	std::string s = "version " + std::to_string(version) + " of " + name.text();

	if (load64(&b[24]) != seed)
		s += " of another run";
	if (differs.first != b.end())
		s += ", but from byte " + std::to_string(differs.first - b.begin()) + " on something else";
	return s;
}

} // namespace client
