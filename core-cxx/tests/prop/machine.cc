// SPDX-License-Identifier: GPL-2.0-only
#include "machine.hpp"

#include <algorithm>

namespace vccw_test::ref {
namespace {

constexpr u8 kCd = 0x80, kCc = 0x40, kSkp = 0x10, kIda = 0x04, kSus = 0x02, kMida = 0x01;
constexpr u8 kMidawLast = 0x80, kMidawSkip = 0x40, kMidawReserved = 0x1f;

struct Word {
	u8 command, flags;
	u16 count;
	u32 address;
	bool tic;
};

bool stores(Flow flow)
{
	return flow == Flow::kStore || flow == Flow::kBackward;
}

// Low bits of the command code: m m m m x x x x.
Flow flow_of(u8 command)
{
	if (command == 0x03)
		return Flow::kNop;
	if ((command & 0x0f) == 0x0c)
		return Flow::kBackward;
	return command & 1 ? Flow::kFetch : Flow::kStore; // write, control; read, sense
}

class Channel {
	Storage &storage_;
	const u32 orb_;
	const bool format1_, ida2_;
	const u64 block_; // bytes an IDAW covers
	const u64 limit_; // of addresses in CCWs
	Device device_;
	const Tics tics_;
	Result result_{};

public:
	Channel(Storage &storage, u32 orb, Device device, Tics tics)
		: storage_(storage), orb_(orb), format1_(orb >> 23 & 1), ida2_(orb >> 17 & 1),
		  block_(ida2_ && !(orb >> 16 & 1) ? 4096 : 2048),
		  limit_(format1_ ? 1ull << 31 : 1ull << 24), device_(device), tics_(tics)
	{
	}
	Result run(u64 at, u32 max_steps);

private:
	bool fetch(u64 at, Word &w);
	bool valid_tic(const Word &w) const;
	bool valid(const Word &w, bool data_chained, Flow flow) const;
	bool transfers(const Word &w, Flow flow) const
	{
		return flow != Flow::kNop && w.count && !(w.flags & kSkp && stores(flow));
	}
	bool transfer(const Word &w, Step &step, End *end);
	bool by_idaws(const Word &w, Step &step);
	bool by_midaws(const Word &w, Step &step, End *end);
	bool move(u64 addr, u64 len, u64 limit, Step &step);
	Result &&ended(End end, u64 at)
	{
		result_.end = end;
		result_.at = u32(at);
		return std::move(result_);
	}
};

bool Channel::fetch(u64 at, Word &w)
{
	u8 b[8];

	if (at % 8 || at >= limit_ || !storage_.fetch(at, b, 8))
		return false;
	w.command = b[0];
	if (format1_) {
		w.flags = b[1];
		w.count = get16(b + 2);
		w.address = get32(b + 4);
		w.tic = w.command == 0x08;
	} else {
		w.address = get32(b) & 0xffffff;
		w.flags = b[4];
		w.count = get16(b + 6);
		w.tic = (w.command & 0x0f) == 0x08;
	}
	return true;
}

// In format 0 a TIC has only its code and its address.
bool Channel::valid_tic(const Word &w) const
{
	return w.address < limit_ && w.address % 8 == 0 && !(format1_ && (w.flags || w.count));
}

bool Channel::valid(const Word &w, bool data_chained, Flow flow) const
{
	const u8 low = w.command & 0x0f;

	if (!data_chained && (low == 0 || low == 8))
		return false;
	if (w.count == 0 && (!format1_ || data_chained || (w.flags & kCd)))
		return false;
	if (w.address >= limit_)
		return false;
	if ((w.flags & (kIda | kSkp)) && (w.flags & kMida))
		return false;
	if ((w.flags & kMida) && !(orb_ & 0x40))
		return false;
	if ((w.flags & kSus) && (data_chained || !(orb_ >> 27 & 1)))
		return false;
	if (!transfers(w, flow))
		return true;
	if (w.flags & kIda)
		return w.address % (ida2_ ? 8 : 4) == 0;
	return !(w.flags & kMida) || w.address % 16 == 0;
}

void note(Step &step, u64 addr, u64 len)
{
	if (!step.data.empty()) {
		Range &last = step.data.back();

		if (step.flow == Flow::kBackward ? addr + len == last.addr
						 : last.addr + last.len == addr) {
			last = {std::min(addr, last.addr), last.len + len};
			return;
		}
	}
	step.data.push_back({addr, len});
}

// `len` bytes from `addr` upwards, or downwards when reading backward.
bool Channel::move(u64 addr, u64 len, u64 limit, Step &step)
{
	const bool back = step.flow == Flow::kBackward;

	while (len) {
		const u64 in_page = back ? addr % kPage + 1 : kPage - addr % kPage;
		const u64 n = std::min(len, in_page);
		const u64 low = back ? addr - (n - 1) : addr;
		u64 guest = 0;

		if (low >= limit || !storage_.data(low, u32(n), step.flow, &guest))
			return false;
		note(step, guest, n);
		len -= n;
		addr = back ? low - 1 : addr + n;
	}
	return true;
}

bool Channel::by_idaws(const Word &w, Step &step)
{
	const bool back = step.flow == Flow::kBackward;
	const u32 size = ida2_ ? 8 : 4;
	u64 list = w.address;
	u64 left = w.count;

	for (bool first = true; left; first = false, list += size) {
		u8 b[8];

		if (list + size > limit_ || !storage_.fetch(list, b, size))
			return false;

		const u64 addr = ida2_ ? get64(b) : get32(b);
		const u64 offset = addr % block_;

		if (!ida2_ && addr >> 31)
			return false;
		if (!first && offset != (back ? block_ - 1 : 0))
			return false;

		const u64 n = std::min(left, back ? offset + 1 : block_ - offset);

		if (!move(addr, n, ~0ull, step))
			return false;
		left -= n;
	}
	return true;
}

bool Channel::by_midaws(const Word &w, Step &step, End *end)
{
	const bool back = step.flow == Flow::kBackward;
	u64 left = w.count;
	bool moved = true; // no data after a failure, but the list's end is told

	for (u64 at = w.address;; at += 16) {
		u8 b[16];

		if (at / kPage != w.address / kPage || !storage_.fetch(at, b, 16)) {
			*end = End::kMidalEnd;
			return false;
		}

		const u8 flags = b[5];
		const u64 count = get16(b + 6);
		const u64 addr = get64(b + 8);
		const u64 in_page = back ? addr % kPage + 1 : kPage - addr % kPage;
		const bool last = flags & kMidawLast;

		if (std::any_of(b, b + 5, [](u8 x) { return x != 0; }) ||
		    (flags & kMidawReserved) || !count || count > in_page ||
		    (last ? count != left : count >= left))
			return false;
		if (moved) {
			step.midaws.push_back(flags);
			moved = ((flags & kMidawSkip) && stores(step.flow)) ||
				move(addr, count, ~0ull, step);
		}
		left -= count;
		if (last)
			return moved;
	}
}

bool Channel::transfer(const Word &w, Step &step, End *end)
{
	if (!transfers(w, step.flow))
		return true;
	if (w.flags & kIda)
		return by_idaws(w, step);
	if (w.flags & kMida)
		return by_midaws(w, step, end);
	return move(w.address, w.count, limit_, step);
}

Result Channel::run(u64 at, u32 max_steps)
{
	bool may_tic = tics_ != Tics::kByTheBook;
	u32 tics = 0; // since the last command
	bool data_chained = false;
	u8 command = 0;
	u64 tic = ~0ull; // the last word, if it was one
	Word w;

	for (;;) {
		// The CCW address is that of the TIC + 8 where a TIC leads to no storage (GA22-7000,
		// "Contents of the Command-Address Field"; Hercules 3.13, channel.c).
		if (!fetch(at, w))
			return ended(End::kCheck, tic != ~0ull ? tic : at);
		tic = w.tic ? at : ~0ull;
		if (w.tic) {
			if (!may_tic || !valid_tic(w))
				return ended(End::kCheck, at);
			if (++tics > max_steps)
				return ended(End::kSteps, at);
			may_tic = tics_ == Tics::kAnywhere;
			at = w.address;
			continue;
		}
		may_tic = true;
		tics = 0;
		if (!data_chained)
			command = w.command;

		const Flow flow = flow_of(command);

		if (!valid(w, data_chained, flow))
			return ended(End::kCheck, at);
		if (w.flags & kSus)
			return ended(End::kSuspended, at);
		if (result_.steps.size() == max_steps)
			return ended(End::kSteps, at);

		End end = End::kCheck;
		Step &step = result_.steps.emplace_back();

		step.ccw = u32(at);
		step.command = command;
		step.flow = flow;
		step.flags = u8(w.flags & ~(kIda | kMida));
		step.count = w.count;
		if (!transfer(w, step, &end))
			return ended(end, at);

		data_chained = w.flags & kCd;
		if (!data_chained && !(w.flags & kCc))
			return ended(End::kNormal, at);
		if (!data_chained && device_.status_modifier(command))
			at += 8;
		at += 8;
	}
}

} // namespace

// SEARCH HOME ADDRESS, ID, KEY of count-key-data devices, with and without
// multitrack.
bool Device::is_search(u8 command)
{
	switch (command & 0x7f) {
	case 0x29:
	case 0x49:
	case 0x69: // key: equal, high, equal or high
	case 0x31:
	case 0x51:
	case 0x71: // identifier
	case 0x39: // home address
		return true;
	default:
		return false;
	}
}

Result run(Storage &storage, const u8 *orb, Device device, u32 max_steps, Tics tics)
{
	return Channel(storage, get32(orb + 4), device, tics).run(get32(orb + 8), max_steps);
}

} // namespace vccw_test::ref
