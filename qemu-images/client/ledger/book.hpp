// SPDX-License-Identifier: GPL-2.0-only
// What must be on a disk.  A record has one version, or, after a write that was broken off, one
// of several; the read that shows which one settles it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "content.hpp"

namespace client {

// The tracks of a run on one device: cylinders `first` to `last`, all heads.
struct Layout3390 {
	static constexpr unsigned kRecords = 8;
	unsigned first = 0, last = 0, heads = 15;

	unsigned tracks() const { return (last - first + 1) * heads; }
	TrackAddress track(unsigned index) const { return {first + index / heads, index % heads}; }
	// Written at the beginning and never again: the edges, and every fifth track.
	bool canary(unsigned index) const { return index == 0 || index + 1 == tracks() || index % 5 == 4; }
	// Of all records of the track; 1 to kRecords.
	std::size_t length(unsigned index) const;
};

class Book {
public:
	Book(std::uint64_t seed, unsigned device, const Layout3390 &layout);

	const Layout3390 &layout() const { return layout_; }
	std::uint64_t seed() const { return seed_; }
	unsigned device() const { return device_; }

	// A version that no record has had, and its bytes.
	std::uint64_t next_version() { return ++version_; }
	Bytes content(unsigned track, unsigned record, std::uint64_t version) const;

	// The record holds this version: a write or a format has ended normally.
	void written(unsigned track, unsigned record, std::uint64_t version);
	// It may hold it, or what it held before.
	void maybe_written(unsigned track, unsigned record, std::uint64_t version);
	// It was read.  What is wrong, or nothing; what may be is settled.
	std::string found(unsigned track, unsigned record, std::span<const std::uint8_t> bytes);
	bool settled(unsigned track, unsigned record) const { return at(track, record).size() == 1; }

	// Lines for a file, and back.  `line` of another kind or device: false.
	std::string text() const;
	bool load_line(const std::string &line);

private:
	using Versions = std::vector<std::uint64_t>;	// the newest is the last

	Versions &at(unsigned track, unsigned record) { return held_[track * Layout3390::kRecords + record - 1]; }
	const Versions &at(unsigned track, unsigned record) const
	{
		return held_[track * Layout3390::kRecords + record - 1];
	}
	RecordName name(unsigned track, unsigned record) const { return {device_, layout_.track(track), record}; }

	std::uint64_t seed_;
	unsigned device_;
	Layout3390 layout_;
	std::uint64_t version_ = 0;
	std::vector<Versions> held_;
};

} // namespace client
