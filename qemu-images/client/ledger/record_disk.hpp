// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "content.hpp"

namespace client {

// What happens to a program while it runs.
enum class Disturbance { kNone, kHalt, kClear, kReset, kUnmap, kClose, kRemove, kCount };
const char *disturbance_name(Disturbance d);

enum class Ended {
	kDone,	// the device said that all is written
	kMaybe,	// broken off: each record holds what it held, or what it was to hold
};

// A disk with records, as the run sees it.  Each may throw Error.
class RecordDisk {
public:
	virtual ~RecordDisk() = default;

	// Erases the track and writes the records 1 and up.
	virtual void format(TrackAddress track, const std::vector<Bytes> &records) = 0;
	// Writes records that follow on one another, all of one length.
	virtual Ended write(TrackAddress track, unsigned first, const std::vector<Bytes> &records, Disturbance d) = 0;
	// Reads `count` records of `length` bytes; empty if it was disturbed.
	virtual std::vector<Bytes> read(TrackAddress track, unsigned first, unsigned count, std::size_t length,
					Disturbance d) = 0;
	// All records of a track but record 0.
	virtual std::vector<Bytes> read_track(TrackAddress track) = 0;
};

} // namespace client
