// SPDX-License-Identifier: GPL-2.0-only
#include "maker.hpp"

namespace vccw_test {

// Chooses where a run lies: in a page, up to its end with nothing behind it,
// from its last doubleword on, at the end of addresses.
void Maker::place(u32 length)
{
	const u32 end = style_.format1 ? 0x80000000 : 0x1000000;
	const u32 bytes = length * 8;
	u32 base = kPrograms;

	for (u32 r = 0; r < at_.size(); r++)
		if (at_[r] < Lists::kData)
			base = (at_[r] + u32(runs_[r].size()) * 8 + 3 * kPage) & ~(kPage - 1);

	u32 at = base + c_.below(512) * 8;

	switch (c_.below(8)) {
	case 5:
		at = base + kPage - 8;
		break;
	case 6:
		at = ((base + bytes) / kPage + 1) * kPage - bytes;
		break;
	case 7:
		if (bytes <= 2 * kPage && !at_the_end_) {
			at = end - bytes;
			at_the_end_ = true;
		}
		break;
	}
	memory_.map(at, bytes);
	if (at + bytes < end && c_.one_in(2))
		memory_.map(at, bytes + 8);
	at_.push_back(at);
}

Program Maker::write()
{
	Program p;

	for (u32 r = 0; r < runs_.size(); r++) {
		for (u32 n = 0; n < runs_[r].size(); n++) {
			Item i = runs_[r][n];
			u8 b[8];

			if (i.run >= 0) {
				u32 to = u32(i.run) % u32(runs_.size());
				u32 index = i.index;

				if (i.run >= Item::kChained && !chained_.empty()) {
					const auto &in = chained_[u32(i.index) % chained_.size()];
					to = in.first;
					index = in.second;
				}
				i.addr = at_[to] + index % u32(runs_[to].size()) * 8;
			} else if (i.run == Item::kSame) {
				i.addr = at_[r] + i.index * 8;
			}
			if (style_.format1) {
				b[0] = i.cmd;
				b[1] = i.flags;
				put16(b + 2, i.count);
				put32(b + 4, i.addr);
			} else {
				// A TIC has no more than half a code.
				const bool tic = i.cmd == kTic;

				put32(b, u32(i.cmd | (tic ? n << 4 & 0xf0 : 0)) << 24 |
						 (i.addr & 0xffffff));
				b[4] = u8(i.flags | (tic ? n * 0x35 : 0));
				b[5] = 0x5a; // ignored
				put16(b + 6, u16(i.count + (tic ? n * 3 : 0)));
			}
			memory_.write(at_[r] + n * 8, b, 8);
			p.ccws++;
		}
		p.runs.push_back({at_[r], u32(runs_[r].size()) * 8});
	}
	p.word1 = style_.word1();
	p.cpa = at_[0];
	p.device.found = c_.next();
	return p;
}

Program make_program(GuestMemory &memory, const Plan &plan)
{
	return Maker(memory, plan).write();
}

} // namespace vccw_test
