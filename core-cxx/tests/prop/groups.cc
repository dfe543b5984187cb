// SPDX-License-Identifier: GPL-2.0-only
#include "maker.hpp"

namespace vccw_test {
namespace {

constexpr u8 DC = 0x80, CC = 0x40, SLI = 0x20, SKIP = 0x10, PCI = 0x08, IDA = 0x04, S = 0x02,
	     MIDA = 0x01;
constexpr u8 kReads[] = {0x02, 0x06, 0x86, 0x04, 0xe4}, kWrites[] = {0x01, 0x05, 0x07, 0x1f},
	     kSearches[] = {0x31, 0xb1, 0x29, 0x51, 0x39};

} // namespace

using ref::Flow;

u8 Maker::command(Choices &c) const
{
	if (style_.backward && c.one_in(3))
		return 0x0c;
	return c.one_in(2) ? c.of(kWrites) : c.of(kReads);
}

// A CCW that transfers data.
void Maker::data(Choices &c, u8 cmd, Flow flow, u8 flags)
{
	Item i{cmd, flags, Lists::count(c), 0, -1, 0};

	if (c.one_in(4))
		i.flags |= SLI;
	if (c.one_in(10))
		i.flags |= PCI;
	if (c.one_in(12))
		i.flags |= SKIP;
	if (style_.suspend && !(run().size() && run().back().flags & DC) && c.one_in(16))
		i.flags |= S;

	// A CCW that skips in one chain and transfers in another has to have a
	// good list: the translator can't leave it alone.
	const bool both = (i.flags & SKIP) && (style_.tics_in_chains || style_.odd_codes);
	const u32 how = both ? 0 : c.below(4);

	if (how == 2) {
		i.flags |= IDA;
		i.addr = lists_.idal(c, flow, i.count);
	} else if (how == 3 && style_.midaw && flow != Flow::kNop) {
		i.flags = u8((i.flags & ~(S | SKIP)) | MIDA);
		i.addr = lists_.midal(c, flow, i.count);
	} else {
		i.addr = lists_.direct(c, flow);
	}
	run().push_back(i);
}

// A data chain; its CCWs but the first have command codes that don't count.
void Maker::chain(Choices &c, u8 head, u8 last_flags)
{
	const Flow flow = flow_of(head);
	const u32 more = 1 + c.below(3);

	data(c, head, flow, DC);
	for (u32 i = 1; i <= more; i++) {
		u8 code = c.one_in(3) && flow != Flow::kNop ? head : u8(0);

		if (style_.odd_codes && c.one_in(2))
			code = flow == Flow::kFetch ? c.of(kReads) : c.of(kWrites);
		chained_.push_back({u32(runs_.size()) - 1, u32(run().size())});
		data(c, code, flow, i < more ? DC : last_flags);
	}
}

void Maker::tic(Choices &c)
{
	// Taken modulo what there will be.
	run().push_back({kTic, 0, 0, 0, int(c.below(1 << 16)), c.below(1 << 16)});
}

void Maker::group(Choices &c)
{
	const u32 first = u32(run().size());

	switch (c.below(25)) {
	default:
		return data(c, c.of(kReads), Flow::kStore, CC);
	case 1:
	case 2:
	case 3:
	case 4: {
		const u8 cmd = command(c);
		return data(c, cmd, flow_of(cmd), CC);
	}
	case 5:
	case 6:
	case 7:
		return chain(c, command(c), CC);
	case 8: // a no-operation: nobody looks at its data
		run().push_back({0x03, CC, u16(c.below(3000)), Lists::kHole + c.below(9), -1, 0});
		return;
	case 9: // no data
		run().push_back({0x07, CC, 0, c.below(0x1000000), -1, 0});
		return;
	case 10:
	case 11:
	case 12: { // until found
		data(c, c.of(kSearches), Flow::kFetch, CC);
		run().push_back({kTic, 0, 0, 0, Item::kSame, first});
		return;
	}
	case 13:
	case 14:
	case 15: // not found: elsewhere
		data(c, c.of(kSearches), Flow::kFetch, CC);
		return tic(c);
	case 16:
		chain(c, c.of(kSearches), CC);
		return tic(c);
	case 17: // found: the next one is left out
		return data(c, c.of(kSearches), Flow::kFetch, CC);
	case 18:
	case 19:
		data(c, c.of(kWrites), Flow::kFetch, CC);
		return tic(c);
	case 20:
	case 21:
		if (style_.tics_in_chains) {
			const u8 cmd = command(c);
			data(c, cmd, flow_of(cmd), DC);
			tic(c);
			if (c.one_in(2))
				run().back().run += Item::kChained; // into a chain
			return;
		}
		return chain(c, 0x07, CC);
	case 22: { // many alike
		const u32 n = c.one_in(6) ? c.below(200) : c.below(20);
		for (u32 i = 0; i < n; i++)
			run().push_back({0x07, CC, 1, Lists::kData, -1, 0});
		return;
	}
	case 23:
		chain(c, 0x03, CC);
		return;
	case 24:
		return odd(c);
	}
}

// Mostly a program check when the channel comes to it.
void Maker::odd(Choices &c)
{
	const u16 count = u16(c.below(100));

	switch (c.below(10)) {
	case 0:
		run().push_back({0x00, CC, 8, Lists::kData, -1, 0});
		break;
	case 1:
		run().push_back({0x10, u8(CC | SLI), 8, Lists::kData, -1, 0});
		break;
	case 2:
		run().push_back(
			{style_.read_only ? u8(0x01) : u8(0x02), DC, 0, Lists::kData, -1, 0});
		run().push_back({0x00, CC, 8, Lists::kData, -1, 0});
		break;
	case 3:
		run().push_back({0x02, CC, count, 0x80000000, -1, 0});
		break;
	case 4:
		run().push_back({0x01, u8(CC | IDA | MIDA), 8, Lists::kData, -1, 0});
		break;
	case 5:
		run().push_back({0x01, u8(CC | S), 8, Lists::kData, -1, 0});
		break;
	case 6:
		run().push_back({kTic, 0, 0, c.one_in(2) ? Lists::kHole : kPrograms + 4, -1, 0});
		break;
	case 7:
		run().push_back({kTic, u8(1 + c.below(255)), count, kPrograms, -1, 0});
		break;
	case 8:
		run().push_back({0x01, u8(CC | MIDA), 8, Lists::kData, -1, 0});
		break;
	case 9: // maybe the first CCW, maybe to another TIC
		return tic(c);
	}
}

// The last CCW of a run mostly ends the program.
void Maker::end_run(u32 seed)
{
	Choices c(seed ? seed ^ 0xe17du : 0);

	if (run().empty() || run().back().cmd == kTic) {
		if (!run().empty() && c.one_in(4))
			return;
		run().push_back({0x02, 0, 8, Lists::kData, -1, 0});
		return;
	}
	switch (c.below(6)) {
	default:
		run().back().flags &= u8(~(DC | CC));
		break;
	case 4:
		return tic(c);
	case 5:
		if (c.one_in(2))
			data(c, c.of(kSearches), Flow::kFetch, CC);
		break;
	}
}

} // namespace vccw_test
