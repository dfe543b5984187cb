// SPDX-License-Identifier: GPL-2.0-only
// Parameters and short programs of disks (3990 Storage Control Reference, GA32-0274; the
// 3880's, GA26-1661, for fixed blocks; layouts as in the kernel's dasd_eckd.h and dasd_fba.h).
#pragma once

#include <array>
#include <cstdint>

#include "chain.hpp"

namespace client {

struct TrackAddress {
	unsigned cylinder = 0, head = 0;

	bool operator==(const TrackAddress &) const = default;
};

enum DiskCommand : unsigned {
	kCmdWriteUpdateData = 0x85,
	kCmdLocateRecord = 0x47,
	kCmdDefineExtent = 0x63,
	kCmdReadCharacteristics = 0x64,
	kCmdReadTrack = 0xde,
	kCmdReadData = 0x06,
	kCmdReadDataMulti = 0x86,
	kCmdWriteData = 0x05,
	kCmdWriteCkd = 0x1d,
	kCmdSeek = 0x07,
	kCmdSearchIdEqual = 0x31,
	kCmdSetFileMask = 0x1f,
	kCmdFbaLocate = 0x43,
	kCmdFbaRead = 0x42,
};

enum ExtentMask : unsigned { kInhibitWrites = 0x40, kUpdateWrites = 0x80, kAllWrites = 0xc0 };

// Operations of LOCATE RECORD; the upper two bits say to what it is oriented.
enum LocateOperation : unsigned {
	kLocateWrite = 0x01,
	kLocateFormat = 0x03,
	kLocateReadData = 0x06,
	kLocateReadTracks = 0x0c,
	kLocateRead = 0x16,
	kLocateData = 0x80,	// oriented to the data area, not the count
};

using Parameters = std::array<std::uint8_t, 16>;

Parameters define_extent(unsigned mask, TrackAddress first, TrackAddress last);
struct Locate {
	unsigned operation = 0;
	unsigned count = 1;	// of records, or of tracks
	TrackAddress track;
	unsigned record = 0;
	unsigned length = 0;	// bytes of a record, 0: none said
};
Parameters locate_record(const Locate &locate);

// 8 bytes: cylinder, head, record, length of key and data.
std::array<std::uint8_t, 8> count_field(TrackAddress track, unsigned record, unsigned key, unsigned data);

Parameters fba_define_extent(unsigned mask, std::uint32_t first, std::uint32_t last, unsigned block_size);
std::array<std::uint8_t, 8> fba_locate(unsigned operation, unsigned blocks, std::uint32_t block);

// The bytes at a fresh place; its address.
std::uint32_t place_bytes(GuestMemory &memory, const std::uint8_t *bytes, std::size_t n);

// DEFINE EXTENT, LOCATE RECORD, READ TRACK; the last CCW's length is suppressed.
Chain read_track_program(GuestMemory &memory, TrackAddress track, std::uint32_t buffer, unsigned size);
// DEFINE EXTENT, LOCATE, READ of one block.
Chain read_block_program(GuestMemory &memory, std::uint32_t block, unsigned block_size, std::uint32_t buffer);

} // namespace client
