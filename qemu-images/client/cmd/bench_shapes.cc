// SPDX-License-Identifier: GPL-2.0-only
#include <cstring>
#include <initializer_list>

#include "../base/bytes.hpp"
#include "../base/error.hpp"
#include "../base/number.hpp"
#include "../guest/disk.hpp"
#include "../guest/indirect.hpp"
#include "bench.hpp"

namespace client {

static constexpr std::uint32_t kPage = 4096;
static constexpr unsigned kPiece = 64;	// bytes of data a CCW
static constexpr unsigned kCmdWriteConfiguration = 0x21;	// of a virtio device
static constexpr unsigned kPrefixBytes = 64;

const char *shapes_help()
{
	return "shapes\n"
	       "  ccws=N    N command-chained CCWs of 64 bytes each, their data in one page (N up to 16384)\n"
	       "  pages=N   N CCWs, the data of each in another page\n"
	       "  ladder=N  N segments of one such CCW and a TIC to the next\n"
	       "  64k       65535 bytes on a page boundary in one CCW\n"
	       "  idal      16 CCWs of 65535 bytes, each with 16 IDAWs (format 2, 4K): 256 words, 1 MiB\n"
	       "  block-read, block-write  PREFIX and a block of 4 KiB from or to the device, as Linux has a disk do it:\n"
	       "            64 bytes and an IDAW right behind the CCWs (to a virtio device: WRITE CONFIGURATION)\n"
	       "  block-read=N, block-write=N  the same with N blocks, an IDAW each (N up to 256)\n"
	       "  old-read  DEFINE EXTENT and LOCATE RECORD, 16 bytes each, and a block of 4 KiB from the device\n"
	       "  disk-read, disk-write  the same from and to record 1 of cylinder 1, head 0, of a real ECKD disk formatted\n"
	       "            with such blocks; disk-write overwrites it with zeros\n"
	       "  tape-read  a byte to the device and 32 KiB from it by IDAWs, as Linux has a tape do it\n"
	       "  screen    1924 bytes to the device: ERASE/WRITE of a 3270's 24 lines\n"
	       "  clear     CLEAR SUBCHANNEL, no program\n"
	       "The command is SENSE ID with the length suppressed: harmless, and every device answers it.";
}

static Shape finish(const Chain &chain, unsigned ccws)
{
	Shape s;

	s.orb = Session::orb_for(chain);
	s.end = chain.next();
	s.ccws = ccws;
	return s;
}

// `data(i)`: where the data of CCW i lie.
template <typename F> static Shape chained(GuestMemory &m, unsigned n, unsigned cmd, unsigned count, unsigned flags, F data)
{
	Chain chain = Chain::fresh(m, n);

	for (unsigned i = 0; i < n; i++)
		chain.add({cmd, kCcwSli | flags | (i + 1 < n ? +kCcwCc : 0u), count, data(i)});
	return finish(chain, n);
}

static Shape ladder(GuestMemory &m, unsigned n, unsigned cmd)
{
	constexpr std::uint32_t kRung = 128;	// bytes from one to the next
	const std::uint32_t first = m.alloc(std::uint64_t{n} * kRung, kPage), data = m.alloc(kPage, kPage);
	Chain chain(m, first);

	for (unsigned i = 0; i < n; i++) {
		const bool last = i + 1 == n;

		chain.org(first + i * kRung);
		chain.add({cmd, kCcwSli | (last ? 0u : +kCcwCc), kPiece, data});
		if (!last)
			chain.tic(first + (i + 1) * kRung);
	}
	return finish(chain, n);
}

static unsigned amount(const std::string &name, std::size_t at, unsigned most = 16384)
{
	const std::uint64_t n = parse_number(name.substr(at), name);

	if (n < 1 || n > most)
		throw usage_error("'" + name + "': the number must be from 1 to " + std::to_string(most));
	return static_cast<unsigned>(n);
}

static unsigned blocks_of(const std::string &name)
{
	return amount(name, name.find('=') + 1, 256);
}

static Shape idal(GuestMemory &m, unsigned cmd)
{
	constexpr unsigned kCcws = 16, kCount = 65535;
	const std::uint32_t data = m.alloc(kCcws * 65536, kPage);
	std::uint32_t lists[kCcws];

	for (unsigned i = 0; i < kCcws; i++)
		lists[i] = make_idal(m, IdaKind::kFormat2Of4K, data + i * 65536, kCount);
	Shape s = chained(m, kCcws, cmd, kCount, kCcwIda, [&](unsigned i) { return lists[i]; });
	s.orb.c64 = true;
	return s;
}

// Data that only go to the device: what takes any number of bytes from the guest.  A virtio device
// without a configuration, such as the source of random numbers, takes anything for one.
static void tell(Chain &chain, GuestMemory &m, std::uint32_t &arguments, unsigned count)
{
	std::memset(m.at(arguments, count), 0, count);
	chain.add({kCmdWriteConfiguration, kCcwSli | kCcwCc, count, arguments});
	arguments += count;
}

// Blocks of 4 KiB behind commands with arguments of so many bytes; an IDAW for each block.
static Shape blocks(GuestMemory &m, unsigned cmd, unsigned n, std::initializer_list<unsigned> before)
{
	const auto ccws = static_cast<unsigned>(before.size()) + n;
	const std::uint32_t data = m.alloc(std::uint64_t{n} * kPage, kPage);
	const std::uint32_t first = m.alloc(2 * kPage, kPage);
	std::uint32_t arguments = first + 8 * ccws;
	Chain chain(m, first);

	for (const unsigned count : before)
		tell(chain, m, arguments, count);
	arguments = (arguments + 7) & ~7u;
	for (unsigned i = 0; i < n; i++) {
		store64(m.at(arguments + 8 * i, 8), data + std::uint64_t{i} * kPage);
		chain.add({cmd, kCcwSli | kCcwIda | (i + 1 < n ? +kCcwCc : 0u), kPage, arguments + 8 * i});
	}
	Shape s = finish(chain, ccws);
	s.orb.c64 = true;
	return s;
}

// DEFINE EXTENT, LOCATE RECORD and a block, as Linux's dasd_eckd has them without PREFIX.
static Shape disk(GuestMemory &m, bool write)
{
	constexpr TrackAddress kTrack{1, 0};
	const auto extent = define_extent(write ? kUpdateWrites : kInhibitWrites, kTrack, kTrack);
	const auto locate = locate_record({.operation = write ? kLocateWrite : kLocateReadData, .count = 1, .track = kTrack,
					   .record = 1, .length = kPage});
	const std::uint32_t data = m.alloc(kPage, kPage);
	Chain chain = Chain::fresh(m, 3);

	chain.add({kCmdDefineExtent, kCcwCc, 16, place_bytes(m, extent.data(), extent.size())});
	chain.add({kCmdLocateRecord, kCcwCc, 16, place_bytes(m, locate.data(), locate.size())});
	chain.add({write ? kCmdWriteUpdateData : kCmdReadDataMulti, 0, kPage, data});
	return finish(chain, 3);
}

// A tape's mode, then a block of 32 KiB.
static Shape tape_read(GuestMemory &m, unsigned cmd)
{
	constexpr unsigned kCount = 32768;
	const std::uint32_t data = m.alloc(kCount, kPage), first = m.alloc(kPage, kPage);
	const std::uint32_t list = make_idal(m, IdaKind::kFormat2Of4K, data, kCount);
	std::uint32_t mode = first + 16;
	Chain chain(m, first);

	tell(chain, m, mode, 1);
	chain.add({cmd, kCcwSli | kCcwIda, kCount, list});
	Shape s = finish(chain, 2);
	s.orb.c64 = true;
	return s;
}

// Orders and 24 lines of 80 characters.
static Shape screen(GuestMemory &m)
{
	constexpr unsigned kCount = 1 + 3 + 24 * 80;
	const std::uint32_t data = m.alloc(kPage, kPage);

	return chained(m, 1, kCmdWriteConfiguration, kCount, 0, [&](unsigned) { return data; });
}

Shape make_shape(GuestMemory &m, const std::string &name, unsigned cmd)
{
	if (name == "clear") {
		Shape s;
		s.clear = true;
		return s;
	}
	if (name == "64k") {
		const std::uint32_t data = m.alloc(65536, kPage);
		return chained(m, 1, cmd, 65535, 0, [&](unsigned) { return data; });
	}
	if (name == "block-read")
		return blocks(m, cmd, 1, {kPrefixBytes});
	if (name == "block-write")
		return blocks(m, kCmdWriteConfiguration, 1, {kPrefixBytes});
	if (name.rfind("block-read=", 0) == 0)
		return blocks(m, cmd, blocks_of(name), {kPrefixBytes});
	if (name.rfind("block-write=", 0) == 0)
		return blocks(m, kCmdWriteConfiguration, blocks_of(name), {kPrefixBytes});
	if (name == "old-read")
		return blocks(m, cmd, 1, {16, 16});
	if (name == "disk-read" || name == "disk-write")
		return disk(m, name == "disk-write");
	if (name == "tape-read")
		return tape_read(m, cmd);
	if (name == "screen")
		return screen(m);
	if (name == "idal")
		return idal(m, cmd);
	if (name.rfind("ccws=", 0) == 0) {
		const unsigned n = amount(name, 5);
		const std::uint32_t data = m.alloc(kPage, kPage);
		return chained(m, n, cmd, kPiece, 0, [&](unsigned i) { return data + i % (kPage / kPiece) * kPiece; });
	}
	if (name.rfind("ladder=", 0) == 0)
		return ladder(m, amount(name, 7), cmd);
	if (name.rfind("pages=", 0) == 0) {
		const unsigned n = amount(name, 6);
		const std::uint32_t data = m.alloc(std::uint64_t{n} * kPage, kPage);
		return chained(m, n, cmd, kPiece, 0, [&](unsigned i) { return data + i * kPage; });
	}
	throw usage_error("there is no shape '" + name + "'", shapes_help());
}

} // namespace client
