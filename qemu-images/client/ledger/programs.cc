// SPDX-License-Identifier: GPL-2.0-only
#include "programs.hpp"

#include <cstring>

#include "../guest/indirect.hpp"

namespace client {

static constexpr std::uint32_t kCcwBytes = 4096;

void LedgerPrograms::begin()
{
	ccws_ = next_ccw_ = places_.area;
	next_ = places_.area + kCcwBytes;
	kind_ = static_cast<int>(random_.below(3));
	at_.clear();
}

std::uint32_t LedgerPrograms::take(std::size_t n, std::size_t align)
{
	next_ = static_cast<std::uint32_t>((next_ + align - 1) / align * align);
	const std::uint32_t at = next_;
	next_ += static_cast<std::uint32_t>(n);
	return at;
}

std::uint32_t LedgerPrograms::put(const std::uint8_t *bytes, std::size_t n)
{
	const std::uint32_t at = take(n, 8);

	std::memcpy(memory_.at(at, n), bytes, n);
	return at;
}

void LedgerPrograms::add(unsigned command, unsigned flags, std::size_t count, std::uint32_t data)
{
	encode_ccw(memory_.at(next_ccw_, 8), {command, flags, static_cast<unsigned>(count), data}, true);
	next_ccw_ += 8;
}

// `count` bytes at `data`, in one of the shapes.
void LedgerPrograms::add_data(unsigned command, unsigned flags, std::size_t count, std::uint32_t data)
{
	static constexpr IdaKind kinds[] = {IdaKind::kFormat1, IdaKind::kFormat2Of2K, IdaKind::kFormat2Of4K};
	const std::uint32_t shape = random_.below(4);

	if (shape == 0) {
		add(command, flags, count, data);
	} else if (shape == 1) {
		const std::size_t first = 1 + random_.below(static_cast<std::uint32_t>(count) - 1);
		// Command chaining means nothing beside data chaining; Hercules' 3390 (ckddasd.c) wants it
		// in the domain of a LOCATE RECORD whose records are not all read yet.
		add(command, kCcwCd | (flags & kCcwCc), first, data);
		add(command, flags, count - first, data + static_cast<std::uint32_t>(first));
	} else {
		const IdaKind kind = kinds[kind_];
		const auto words = idaws_for(kind, data, static_cast<std::uint32_t>(count));
		const std::uint32_t list = take(words.size() * ida_word_size(kind), 8);
		store_idaws(memory_, list, kind, words);
		add(command, flags | kCcwIda, count, list);
	}
}

Transfer LedgerPrograms::finish(std::size_t length)
{
	Transfer t;

	t.orb.cpa = ccws_;
	t.orb.c64 = kind_ != 0;
	t.orb.i2k = kind_ == 1;
	t.orb.pfch = random_.chance(80);
	t.end = next_ccw_;
	t.at = at_;
	t.length = length;
	return t;
}

void LedgerPrograms::by_search(TrackAddress track, unsigned record, bool write)
{
	std::uint8_t seek[6] = {};
	const auto id = count_field(track, record, 0, 0);
	const std::uint8_t mask = kUpdateWrites;

	std::memcpy(seek + 2, id.data(), 4);
	add(kCmdSeek, kCcwCc, 6, put(seek, sizeof(seek)));
	add(kCmdSetFileMask, kCcwCc, 1, put(&mask, 1));
	const std::uint32_t search = next_ccw_;
	add(kCmdSearchIdEqual, kCcwCc, 5, put(id.data(), 5));
	add(kCmdTic, 0, 0, search);
	(void)write;
}

void LedgerPrograms::by_locate(TrackAddress track, unsigned first, unsigned count, std::size_t length, bool write)
{
	const auto extent = define_extent(write ? kUpdateWrites : kInhibitWrites, track, track);
	const auto locate = locate_record({.operation = write ? kLocateWrite : kLocateReadData,
					   .count = count,
					   .track = track,
					   .record = first,
					   .length = write ? static_cast<unsigned>(length) : 0});

	add(kCmdDefineExtent, kCcwCc, extent.size(), put(extent.data(), extent.size()));
	add(kCmdLocateRecord, kCcwCc, locate.size(), put(locate.data(), locate.size()));
}

Transfer LedgerPrograms::transfer(TrackAddress track, unsigned first, unsigned count, std::size_t length, bool write)
{
	const bool search = count == 1 && random_.chance(40);
	const std::uint32_t gap = random_.chance(50) ? random_.below(2000) : 0;

	begin();
	for (unsigned i = 0; i < count; i++)
		at_.push_back(places_.data + gap / 2 + i * static_cast<std::uint32_t>(length + gap));
	if (search)
		by_search(track, first, write);
	else
		by_locate(track, first, count, length, write);
	const unsigned command = write ? (search ? kCmdWriteData : kCmdWriteUpdateData) : (search ? kCmdReadData : kCmdReadDataMulti);
	for (unsigned i = 0; i < count; i++)
		add_data(command, i + 1 < count ? kCcwCc : 0u, length, at_[i]);
	return finish(length);
}

Transfer LedgerPrograms::write(TrackAddress track, unsigned first, const std::vector<Bytes> &records)
{
	Transfer t = transfer(track, first, static_cast<unsigned>(records.size()), records[0].size(), true);

	for (std::size_t i = 0; i < records.size(); i++)
		std::memcpy(memory_.at(t.at[i], t.length), records[i].data(), t.length);
	return t;
}

Transfer LedgerPrograms::read(TrackAddress track, unsigned first, unsigned count, std::size_t length)
{
	Transfer t = transfer(track, first, count, length, false);

	for (const auto at : t.at)
		std::memset(memory_.at(at, length), 0xdb, length);
	return t;
}

// SEARCH ID of record 0, then WRITE COUNT KEY AND DATA for each.
Transfer LedgerPrograms::format(TrackAddress track, const std::vector<Bytes> &records)
{
	std::uint8_t seek[6] = {};
	const auto id = count_field(track, 0, 0, 0);
	const std::uint8_t mask = kAllWrites;
	std::uint32_t data = places_.data;

	begin();
	std::memcpy(seek + 2, id.data(), 4);
	add(kCmdSeek, kCcwCc, 6, put(seek, sizeof(seek)));
	add(kCmdSetFileMask, kCcwCc, 1, put(&mask, 1));
	const std::uint32_t search = next_ccw_;
	add(kCmdSearchIdEqual, kCcwCc, 5, put(id.data(), 5));
	add(kCmdTic, 0, 0, search);
	for (std::size_t i = 0; i < records.size(); i++) {
		const auto count = count_field(track, static_cast<unsigned>(i + 1), 0, static_cast<unsigned>(records[i].size()));
		const std::size_t n = count.size() + records[i].size();
		std::memcpy(memory_.at(data, n), count.data(), count.size());
		std::memcpy(memory_.at(data + 8, records[i].size()), records[i].data(), records[i].size());
		add(kCmdWriteCkd, i + 1 < records.size() ? kCcwCc : 0u, n, data);
		data += static_cast<std::uint32_t>(n);
	}
	return finish(0);
}

Transfer LedgerPrograms::read_track(TrackAddress track)
{
	const auto extent = define_extent(kInhibitWrites, track, track);
	const auto locate = locate_record({.operation = kLocateReadTracks, .count = 1, .track = track, .record = 0, .length = 0});

	begin();
	std::memset(memory_.at(places_.data, kTrackSize), 0xdb, kTrackSize);
	add(kCmdDefineExtent, kCcwCc, extent.size(), put(extent.data(), extent.size()));
	add(kCmdLocateRecord, kCcwCc, locate.size(), put(locate.data(), locate.size()));
	add(kCmdReadTrack, kCcwSli, kTrackSize, places_.data);
	at_.push_back(places_.data);
	return finish(kTrackSize);
}

} // namespace client
