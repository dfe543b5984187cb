// SPDX-License-Identifier: GPL-2.0-only
// Invariants of the translated program after every CCW that a channel could
// come to: along data chaining, command chaining, TICs, and with any CCW left
// out on status modifier, which a device may present when it likes.
//
// Errs on the side of more paths: program checks on data don't end one here.
#include "subject.hpp"

#include <algorithm>
#include <deque>

namespace vccw_test {
namespace {

using ref::Flow;

constexpr u8 kCd = 0x80, kCc = 0x40, kSkip = 0x10, kIda = 0x04, kMida = 0x01;
constexpr u32 kI2K = 0x00010000, kMidaw = 0x40;

class Explorer {
	// A CCW, and the flow that a data chain brings to it, or -1.
	struct Place {
		u32 at;
		int chained;
		auto operator<=>(const Place &) const = default;
	};
	FakePort &port_;
	HostView &view_;
	const u32 word1_;
	const std::function<void(const std::string &)> &fail_;
	std::set<Place> seen_;
	std::set<u64> own_;                       // doublewords that are CCWs or list words
	std::vector<std::pair<u64, u64>> copies_; // address and length of data in storage
	std::deque<Place> todo_;

public:
	Explorer(FakePort &port, HostView &view, u32 word1,
		 const std::function<void(const std::string &)> &fail)
		: port_(port), view_(view), word1_(word1), fail_(fail)
	{
	}
	void run(u32 cpa)
	{
		go({cpa, -1});
		while (!todo_.empty()) {
			const Place p = todo_.front();
			todo_.pop_front();
			visit(p);
		}
		// What a device is given must not tell host addresses.
		for (const auto &[at, bytes] : copies_) {
			const auto next = own_.lower_bound(at & ~7ull);

			if (next != own_.end() && *next < at + bytes)
				fail("a CCW or a list as data", u32(at));
		}
	}

private:
	void go(const Place &p)
	{
		if (seen_.insert(p).second)
			todo_.push_back(p);
	}
	void fail(const char *what, u32 at)
	{
		char line[120];
		std::snprintf(line, sizeof(line), "%s, CCW at %x", what, at);
		fail_(line);
	}
	void visit(const Place &p);
	void check_data(const Place &p, const u8 *c, Flow flow);
	void check_idal(const Place &p, u32 list, u32 count, Flow flow);
	void check_midal(const Place &p, u32 list, u32 count, Flow flow);
	void piece(u64 addr, u64 len, Flow flow);
	void copy(const Place &p, u64 addr, u64 len, Flow flow);
};

void Explorer::visit(const Place &p)
{
	const u8 *const c = port_.absolute(p.at, 8);

	if (!c)
		return fail("the channel leaves the core's storage", p.at);
	own_.insert(p.at);

	const u8 cmd = c[0], flags = c[1];
	const u16 count = get16(c + 2);
	const u32 cda = get32(c + 4);

	if (cda >> 31)
		return; // program check
	if (cmd == 0x08) {
		if (!flags && !count && cda % 8 == 0)
			go({cda, p.chained});
		return;
	}
	if (p.chained < 0 && (!(cmd & 0xf) || (cmd & 0xf) == 8))
		return;
	if (!count && (p.chained >= 0 || (flags & kCd)))
		return;
	if ((flags & (kIda | kSkip)) && (flags & kMida))
		return;
	if ((flags & kMida) && !(word1_ & kMidaw))
		return;

	const Flow own = cmd == 3             ? Flow::kNop
			 : (cmd & 0xf) == 0xc ? Flow::kBackward
			 : (cmd & 1)          ? Flow::kFetch
					      : Flow::kStore;
	const Flow flow = p.chained < 0 ? own : Flow(p.chained);

	check_data(p, c, flow);
	if (flags & kCd) {
		go({p.at + 8, int(flow)});
	} else if (flags & kCc) {
		go({p.at + 8, -1});
		go({p.at + 16, -1});
	}
}

void Explorer::check_data(const Place &p, const u8 *c, Flow flow)
{
	const u8 flags = c[1];
	const u16 count = get16(c + 2);
	const bool stores = flow == Flow::kStore || flow == Flow::kBackward;

	if (!count || ((flags & kSkip) && stores))
		return;
	if (flags & kIda)
		check_idal(p, get32(c + 4), count, flow);
	else if (flags & kMida)
		check_midal(p, get32(c + 4), count, flow);
	else
		copy(p, get32(c + 4), count, flow);
}

void Explorer::copy(const Place &p, u64 addr, u64 len, Flow flow)
{
	if (flow != Flow::kFetch || !port_.absolute(addr, u32(len)))
		return fail("a host address in the CCW itself", p.at);
	copies_.push_back({addr, len});
}

void Explorer::piece(u64 addr, u64 len, Flow flow)
{
	u64 guest;

	view_.data(addr, u32(len), flow, &guest); // nowhere is fine
}

void Explorer::check_idal(const Place &p, u32 list, u32 count, Flow flow)
{
	const u64 block = word1_ & kI2K ? 2048 : 4096;
	const bool back = flow == Flow::kBackward;
	u64 left = count;

	if (list % 8)
		return; // program check
	for (u32 i = 0; left; i++) {
		const u8 *const word = port_.absolute(u64{list} + i * 8, 8);

		if (!word)
			return fail("IDAL runs out of the core's storage", p.at);
		own_.insert(u64{list} + i * 8);

		const u64 addr = get64(word);
		const u64 offset = addr % block;

		if (addr >> 12 == HostView::kNowhere >> 12)
			return; // the channel gets no further
		if (i && offset != (back ? block - 1 : 0))
			return fail("IDAW not on a block's boundary", p.at);

		const u64 n = std::min(left, back ? offset + 1 : block - offset);

		piece(back ? addr - (n - 1) : addr, n, flow);
		left -= n;
	}
}

void Explorer::check_midal(const Place &p, u32 list, u32 count, Flow flow)
{
	const bool back = flow == Flow::kBackward;
	const bool stores = back || flow == Flow::kStore;
	u64 left = count;

	if (list % 16)
		return;
	for (u64 at = list; left; at += 16) {
		const u8 *const m = port_.absolute(at, 16);

		if (!m)
			return fail("MIDAL runs out of the core's storage", p.at);
		own_.insert(at);
		own_.insert(at + 8);
		if (at / kPage != list / kPage)
			return fail("MIDAL over the end of a page", p.at);

		const u64 addr = get64(m + 8);
		const u64 n = get16(m + 6);
		const u64 offset = addr % kPage;
		const bool last = m[5] & 0x80;

		if (!n)
			return; // ends the list with a program check
		if (last ? n != left : n >= left)
			return fail("MIDAW counts disagree with the CCW's", p.at);
		if (!((m[5] & 0x40) && stores)) {
			if (addr >> 12 == HostView::kNowhere >> 12)
				return;
			if (n > (back ? offset + 1 : kPage - offset))
				return fail("MIDAW over the end of a page", p.at);
			piece(back ? addr - (n - 1) : addr, n, flow);
		}
		left -= n;
	}
}

} // namespace

void explore(FakePort &port, HostView &view, u32 word1, u32 cpa,
	     const std::function<void(const std::string &)> &fail)
{
	Explorer(port, view, word1, fail).run(cpa);
}

} // namespace vccw_test
