// SPDX-License-Identifier: GPL-2.0-only
#include <cstring>

#include "../base/bytes.hpp"
#include "programs.hpp"

namespace client {

namespace {

constexpr std::uint32_t kLists = 4096, kData = 8192; // in the scratch

// Commands that leave the devices of the test as they are, and some that
// nothing defines; TIC is made apart.
unsigned choose_command(Random &random)
{
	static const unsigned commands[] = {kCmdNop, kCmdSense, kCmdSenseId, 0x00, 0xfe,
					    0x10,    0x18,      0xf0,        0x5c};

	return commands[random.below(std::size(commands))];
}

// An address to store to or to fetch a list from.
std::uint32_t choose_address(Random &random, const Scratch &s)
{
	switch (random.below(8)) {
	case 0:
		return static_cast<std::uint32_t>(Layout::kFlip + random.below(Layout::kFlipSize));
	case 1:
		return static_cast<std::uint32_t>(Layout::kReadOnly +
						  random.below(Layout::kReadOnlySize));
	case 2: // nothing mapped
		return static_cast<std::uint32_t>(Layout::kMemory + 4096 + random.below(1 << 20));
	case 3: // the end of 31-bit storage, and what lies beyond
		return 0x7ffff000 + random.below(0x2000);
	case 4: // not for the data of anything that could be stored
		return s.gpa + kLists + random.below(4096);
	default:
		return s.gpa + kData + random.below(Scratch::kSize - kData - 4096);
	}
}

void fill_lists(Random &random, std::uint8_t *at, const Scratch &s)
{
	for (std::uint32_t i = 0; i < 4096; i += 8) {
		std::uint64_t word = choose_address(random, s);
		if (word >= s.gpa + kLists && word < s.gpa + kData)
			word = s.gpa + kData;
		if (random.chance(70))
			word &= ~std::uint64_t{random.chance(50) ? 2047u : 4095u};
		store64(at + i, word | (random.chance(3) ? random.next() << 40 : 0));
	}
}

Ccw choose_ccw(Random &random, const Scratch &s)
{
	Ccw c{choose_command(random), random.below(256), 0, choose_address(random, s)};

	c.count = random.chance(80) ? random.below(100) : random.below(65536);
	if (c.flags & kCcwIda) // a channel stores through lists, never into them
		c.data = random.chance(80) ? s.gpa + kLists + random.below(500) * 8 : c.data;
	else if (c.data >= s.gpa + kLists && c.data < s.gpa + kData)
		c.data = s.gpa + kData;
	if (random.chance(90))
		c.flags &= ~unsigned{kCcwMida};
	if (random.chance(80))
		c.flags |= kCcwSli;
	return c;
}

// Logical-path masks: the devices have one path, 80.
unsigned choose_paths(Random &random)
{
	static const unsigned masks[] = {0x80, 0xff, 0x40, 0xc0, 0x7f, 0x00};

	return random.chance(80) ? masks[random.below(std::size(masks))] : random.below(256);
}

} // namespace

Orb hostile_program(Random &random, GuestMemory &memory, const Scratch &s, bool any_paths)
{
	const bool format1 = random.chance(70);
	const std::uint32_t room = 4096 / 8, count = 1 + random.below(random.chance(5) ? room : 12);
	std::uint8_t *const bytes = memory.at(s.gpa, Scratch::kSize);
	Orb orb;

	std::memset(bytes, 0, 4096);
	fill_lists(random, bytes + kLists, s);
	for (std::uint32_t i = 0; i < count; i++) {
		Ccw ccw = choose_ccw(random, s);
		if (random.chance(10)) {
			// Forward, to itself (a TIC to a TIC), or to a bad place.
			const std::uint32_t to = i + random.below(room - i);
			ccw = {kCmdTic, random.below(256), random.below(65536), s.gpa + to * 8};
			if (random.chance(20))
				ccw.data = Layout::kMemory + random.below(65536);
			if (random.chance(10))
				ccw.data |= random.below(8);
		}
		encode_ccw(bytes + i * 8, ccw, format1);
	}
	orb.cpa = s.gpa + (random.chance(5) ? random.below(4096) : 0);
	orb.fmt = format1;
	orb.key = random.chance(5) ? random.below(16) : 0;
	orb.lpm = choose_paths(random) | (any_paths ? 0 : 0x80);
	orb.intparm = random.word();
	for (bool Orb::*flag : {&Orb::strm, &Orb::modif, &Orb::sync, &Orb::isic, &Orb::alcc,
				&Orb::transport, &Orb::midaw, &Orb::extended})
		orb.*flag = random.chance(3);
	for (bool Orb::*flag :
	     {&Orb::spnd, &Orb::pfch, &Orb::ssic, &Orb::c64, &Orb::i2k, &Orb::ils})
		orb.*flag = random.chance(60);
	return orb;
}

} // namespace client
