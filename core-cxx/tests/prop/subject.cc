// SPDX-License-Identifier: GPL-2.0-only
#include "subject.hpp"

#include <cstdio>

namespace vccw_test {
namespace {

constexpr u32 kIdlePage = 0x7ff00000; // for the program of back_to_idle()
constexpr u32 kFormat1 = 0x00800000;
// What the guest may choose of ORB word 1, and must reach the subchannel as it
// is: key, S, modification, Y, I, U, LPM, ILS, D; see "Operation-Request Block".  ILS is what
// makes format-1 CCWs do as format-0 CCWs always do; see "Flags" of CCWs.
constexpr u32 kPassed = 0xff68ffc0, kIls = 0x80;

std::string hex(const char *what, u64 a, u64 b)
{
	char line[120];

	std::snprintf(line, sizeof(line), "%s: %llx, %llx", what, (unsigned long long)a,
		      (unsigned long long)b);
	return line;
}

} // namespace

Subject::Subject(vccw_limits limits, u16 control_unit)
	: reporter_(::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD,
		    &reported_),
	  bench_(std::make_unique<Bench>(true, limits)), idle_bytes_(bench_->stats().bytes)
{
	guest() = GuestMemory();
	vccw_core_identify(bench_->core, control_unit);
}

u32 Subject::ends_at(u32 cpa, u32 word1, ref::Device device, u32 max_steps, ref::Tics channel)
{
	GuestView own(guest());
	u8 orb[12] = {};

	put32(orb + 4, word1);
	put32(orb + 8, cpa);
	return ref::run(own, orb, device, max_steps, channel).at;
}

int Subject::start(u32 cpa, u32 word1)
{
	copies_.clear();
	bench_->port.orbs.clear();
	bench_->port.logged.clear();
	bench_->port.events.clear();
	put32(orb_.data() + 4, word1);
	put32(orb_.data() + 8, cpa);
	rc_ = bench_->start(cpa, word1);
	if (rc_) {
		if (!bench_->port.orbs.empty())
			fail("refused, but started");
		check_idle();
		return rc_;
	}
	if (bench_->port.orbs.size() != 1) {
		fail("not started once");
		return rc_;
	}

	const u8 *const orb = bench_->port.orbs.back().data();
	const u32 got = get32(orb + 4);

	if ((got ^ (word1 & kFormat1 ? word1 : word1 | kIls)) & kPassed)
		fail(hex("ORB word 1 does not pass", word1, got));
	if ((got & (kFormat1 | 0x00020000)) != (kFormat1 | 0x00020000))
		fail(hex("ORB not ours", word1, got));
	if (bench_->stats().pages_pinned != bench_->port.pins.size())
		fail(hex("pages counted", bench_->stats().pages_pinned, bench_->port.pins.size()));
	return rc_;
}

void Subject::explore()
{
	if (rc_ || !fault_.empty())
		return;

	const u8 *const orb = bench_->port.orbs.back().data();
	HostView view(bench_->port, fault_);

	vccw_test::explore(bench_->port, view, get32(orb + 4), get32(orb + 8),
			   [this](const std::string &what) { fail(what); });
}

// What the client reads after an interrupt with SCSW word 0 and the host's CPA.
u32 Subject::cpa_of_interrupt(u32 word0, u32 host_cpa)
{
	bench_->interrupt(word0, host_cpa);
	bench_->port.run_work();
	return bench_->read_cpa();
}

// Output that the core has copied: the bytes are those of the guest, and the program stores
// nothing there.
void Subject::compare_copy(const ref::Result &all, const ref::Step &want, ref::Step &got)
{
	if (got.data.size() != 1 || !(got.data[0].addr & HostView::kCopy) || want.data.size() != 1)
		return;

	const ref::Range copy = got.data[0], own = want.data[0];
	const u8 *const bytes = port().absolute(copy.addr & ~HostView::kCopy, u32(copy.len));

	for (u64 i = 0; i < copy.len && copy.len == own.len; i++)
		if (bytes[i] != *guest().at(own.addr + i))
			return fail(hex("copied, but other bytes: guest, host address", own.addr,
					copy.addr));
	if (copies_.insert(own.addr).second)
		for (const ref::Step &s : all.steps)
			for (const ref::Range &r : s.data)
				if ((s.flow == ref::Flow::kStore ||
				     s.flow == ref::Flow::kBackward) &&
				    r.addr < own.addr + own.len && own.addr < r.addr + r.len)
					fail(hex("copied, but stored into: data, store", own.addr,
						 r.addr));
	got.data[0].addr = own.addr;
}

void Subject::compare_steps(const ref::Result &want, const ref::Result &got)
{
	for (size_t i = 0; i < want.steps.size() && i < got.steps.size(); i++) {
		ref::Step w = want.steps[i], g = got.steps[i];
		const u32 cpa = cpa_of_interrupt(kIntermediate, g.ccw + 8);

		if (cpa != ((w.ccw + 8) & 0x7fffffff))
			fail(hex("CCW address shown, CCW address", cpa, w.ccw + 8));
		g.ccw = w.ccw;
		compare_copy(want, w, g);
		if (ref::show(w) != ref::show(g))
			fail("step " + std::to_string(i) + "\n  guest " + ref::show(w) +
			     "\n  host  " + ref::show(g));
	}
	if (want.steps.size() != got.steps.size())
		fail(hex("steps: guest, host", want.steps.size(), got.steps.size()));
	if (want.end != got.end)
		fail(std::string("guest: ") + ref::name_of(want.end) + hex(" at", want.at, 0) +
		     ", host: " + ref::name_of(got.end));
}

void Subject::compare(ref::Device device, u32 max_steps, ref::Tics last)
{
	for (int channel = int(last); channel >= int(ref::Tics::kByTheBook); channel--)
		if (!rc_ && fault_.empty())
			compare_on(ref::Tics(channel), device, max_steps);
}

void Subject::compare_on(ref::Tics channel, ref::Device device, u32 max_steps)
{
	const std::array<u8, 12> orb = bench_->port.orbs.back();
	GuestView own(guest());
	HostView view(bench_->port, fault_);

	guest_did_ = ref::run(own, orb_.data(), device, max_steps, channel);

	ref::Result want = guest_did_;
	const ref::Result got = ref::run(view, orb.data(), device, max_steps, channel);

	// By design: a MIDAL that has no last entry before its page's end, or
	// is not readable, makes the CCW invalid before any of its data moves.
	if (want.end == ref::End::kMidalEnd) {
		want.end = ref::End::kCheck;
		want.steps.pop_back();
	}
	compare_steps(want, got);
	// Nothing is known of an address that is not that of one of its CCWs.
	for (const u32 no : {get32(&orb[8]) + 4, get32(&orb[8]) - 8, 0x7ffffff8u})
		if (const u32 cpa = cpa_of_interrupt(kIntermediate, no))
			fail(hex("CCW address shown for no CCW", cpa, no));
	if (fault_.empty()) {
		const u32 word0 = got.end == ref::End::kSuspended ? kSuspended : kIntermediate;
		const u32 cpa = cpa_of_interrupt(word0, got.at + 8);

		if (cpa != ((want.at + 8) & 0x7fffffff))
			fail(hex("CCW address shown at the end", cpa, want.at + 8));
	}
}

void Subject::unmap(u64 gpa, u64 len)
{
	if (rc_ || !fault_.empty())
		return;

	bool used = false;
	for (const auto &[page, pin] : port().pins)
		used = used ||
		       (len && page * kPage <= gpa + (len - 1) && page * kPage + kPage > gpa);

	const size_t before = port().pins.size();

	vccw_core_unmap(bench_->core, gpa, len);
	if (port().pins.size() != (used ? 0 : before))
		fail(hex("pages pinned before and after an unmapping", before, port().pins.size()));
	if (used) {
		bench_->port.orbs.clear();
		bench_->read(); // what the client is told of it
	}
}

void Subject::finish(u32 host_cpa)
{
	if (rc_ || bench_->port.orbs.empty()) {
		check_idle();
		return;
	}
	cpa_of_interrupt(kStartEnded, host_cpa);
	check_idle();
}

void Subject::check_idle()
{
	if (!bench_->port.pins.empty())
		fail(hex("pages left pinned", bench_->port.pins.size(), 0));
	if (bench_->stats().pages_pinned)
		fail(hex("pages counted as pinned", bench_->stats().pages_pinned, 0));
	check_reported();
}

void Subject::check_reported()
{
	for (int i = 0; i < reported_.size(); i++)
		if (reported_.GetTestPartResult(i).failed())
			fail(reported_.GetTestPartResult(i).message());
}

void Subject::close()
{
	bench_.reset();
	check_reported();
}

void Subject::back_to_idle()
{
	if (!fault_.empty())
		return;
	guest() = GuestMemory();
	guest().map(kIdlePage, kPage);
	bench_->ccw(kIdlePage, 0x01, 0, 8, kIdlePage + 0x100);
	if (start(kIdlePage, 0x00c20000))
		fail("an ordinary program is refused");
	explore();
	finish();
	if (bench_->stats().bytes != idle_bytes_)
		fail(hex("bytes held, idle", bench_->stats().bytes, idle_bytes_));
}

} // namespace vccw_test
