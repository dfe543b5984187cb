// SPDX-License-Identifier: GPL-2.0-only
#include "disk.hpp"

#include <cstring>

#include "../base/bytes.hpp"

namespace client {

static void put_track(std::uint8_t *p, TrackAddress t)
{
	store16(p, t.cylinder);
	store16(p + 2, t.head);
}

Parameters define_extent(unsigned mask, TrackAddress first, TrackAddress last)
{
	constexpr unsigned kExtendedMode = 0xc0;
	Parameters p{};

	store8(&p[0], mask);
	store8(&p[1], kExtendedMode);
	put_track(&p[8], first);
	put_track(&p[12], last);
	return p;
}

Parameters locate_record(const Locate &l)
{
	constexpr unsigned kLengthValid = 0x80, kNoSector = 0xff;
	Parameters p{};

	store8(&p[0], l.operation);
	store8(&p[1], l.length ? kLengthValid : 0);
	store8(&p[3], l.count);
	put_track(&p[4], l.track);
	put_track(&p[8], l.track);
	store8(&p[12], l.record);
	store8(&p[13], kNoSector);
	store16(&p[14], l.length);
	return p;
}

std::array<std::uint8_t, 8> count_field(TrackAddress track, unsigned record, unsigned key, unsigned data)
{
	std::array<std::uint8_t, 8> c{};

	put_track(&c[0], track);
	store8(&c[4], record);
	store8(&c[5], key);
	store16(&c[6], data);
	return c;
}

Parameters fba_define_extent(unsigned mask, std::uint32_t first, std::uint32_t last, unsigned block_size)
{
	Parameters p{};

	store8(&p[0], mask);
	store16(&p[2], block_size);
	store32(&p[4], first);
	store32(&p[12], last - first);
	return p;
}

std::array<std::uint8_t, 8> fba_locate(unsigned operation, unsigned blocks, std::uint32_t block)
{
	std::array<std::uint8_t, 8> p{};

	store8(&p[0], operation);
	store16(&p[2], blocks);
	store32(&p[4], block);
	return p;
}

std::uint32_t place_bytes(GuestMemory &memory, const std::uint8_t *bytes, std::size_t n)
{
	const std::uint32_t at = memory.alloc(n);

	std::memcpy(memory.at(at, n), bytes, n);
	return at;
}

Chain read_track_program(GuestMemory &memory, TrackAddress track, std::uint32_t buffer, unsigned size)
{
	const auto extent = define_extent(kInhibitWrites, track, track);
	const auto locate = locate_record({.operation = kLocateReadTracks, .count = 1, .track = track, .record = 0, .length = 0});
	const std::uint32_t e = place_bytes(memory, extent.data(), extent.size());
	const std::uint32_t l = place_bytes(memory, locate.data(), locate.size());
	Chain c = Chain::fresh(memory, 3);

	c.add({kCmdDefineExtent, kCcwCc, 16, e});
	c.add({kCmdLocateRecord, kCcwCc, 16, l});
	c.add({kCmdReadTrack, kCcwSli, size, buffer});
	return c;
}

Chain read_block_program(GuestMemory &memory, std::uint32_t block, unsigned block_size, std::uint32_t buffer)
{
	constexpr unsigned kRead = 6;
	const auto extent = fba_define_extent(kInhibitWrites, 0, block, block_size);
	const auto locate = fba_locate(kRead, 1, block);
	const std::uint32_t e = place_bytes(memory, extent.data(), extent.size());
	const std::uint32_t l = place_bytes(memory, locate.data(), locate.size());
	Chain c = Chain::fresh(memory, 3);

	c.add({kCmdDefineExtent, kCcwCc, 16, e});
	c.add({kCmdFbaLocate, kCcwCc, 8, l});
	c.add({kCmdFbaRead, 0, block_size, buffer});
	return c;
}

} // namespace client
