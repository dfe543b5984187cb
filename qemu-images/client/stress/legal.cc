// SPDX-License-Identifier: GPL-2.0-only
#include "../guest/indirect.hpp"
#include "programs.hpp"

namespace client {

namespace {

// One CCW's data: where it lies in the slot, or in the flip area.
struct Data {
	std::uint32_t gpa, length;
};

Data choose_data(Random &random, Slot &slot, std::uint32_t &used)
{
	const std::uint32_t length = 1 + random.below(64);

	if (random.chance(10))
		return {static_cast<std::uint32_t>(Layout::kFlip +
						   random.below(Layout::kFlipSize - 64)),
			length};
	// Apart from each other, across page borders at times.
	const std::uint32_t from = used + random.below(1400);
	if (from + length > Slot::kDataSize)
		return {slot.data(), 0};
	used = from + length;
	slot.buffers.push_back({slot.data() + from, length});
	return {slot.data() + from, length};
}

unsigned choose_command(Random &random)
{
	static const unsigned commands[] = {kCmdNop, kCmdSense, kCmdSenseId, kCmdSenseId};

	return commands[random.below(std::size(commands))];
}

} // namespace

Orb legal_program(Random &random, GuestMemory &memory, Slot &slot)
{
	const bool format1 = random.chance(70), held = random.chance(12);
	const unsigned count = 1 + random.below(random.chance(10) ? 40 : 5);
	const unsigned suspended = held ? random.below(count) : count;
	const unsigned jump = random.chance(30) ? random.below(count) : count;
	const IdaKind kind = random.chance(50) ? IdaKind::kFormat2Of2K : IdaKind::kFormat2Of4K;
	std::uint32_t list = slot.gpa + 2048, used = 0;
	Chain chain(memory, slot.gpa, format1);
	Orb orb;

	for (unsigned i = 0; i < count; i++) {
		const Data data = choose_data(random, slot, used);
		Ccw ccw{choose_command(random), kCcwSli | (i + 1 < count ? kCcwCc : 0u),
			data.length, data.gpa};
		if (!data.length)
			ccw = {kCmdNop, ccw.flags, 1, slot.data()};
		if (i == suspended)
			ccw.flags |= kCcwSuspend;
		if (data.length && random.chance(40)) {
			const auto words = idaws_for(kind, data.gpa, data.length);
			store_idaws(memory, list, kind, words);
			ccw.flags |= kCcwIda;
			ccw.data = list;
			list += static_cast<std::uint32_t>(words.size()) * 8;
		}
		chain.add(ccw);
		if (i == jump && i + 1 < count) {
			const std::uint32_t to = slot.gpa + 1024;
			chain.tic(to);
			chain.org(to);
			slot.split = true;
		}
	}
	slot.end = chain.next();
	orb.cpa = slot.gpa;
	orb.fmt = format1;
	orb.spnd = held;
	orb.c64 = true;
	orb.i2k = kind == IdaKind::kFormat2Of2K;
	orb.pfch = random.chance(80);
	orb.ssic = random.chance(50);
	orb.intparm = random.word();
	return orb;
}

} // namespace client
