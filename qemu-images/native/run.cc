// SPDX-License-Identifier: GPL-2.0-only
#include "run.hpp"

#include "insn.hpp"
#include "outcome.hpp"

namespace native {

namespace {

// As the client's, in seconds.
constexpr unsigned kLimit = 5, kSuspendedLimit = 1, kBusyLimit = 1;
constexpr u64 kHaltTicks = 3 * 4096000000ull;

constinit Outcome outcome;

const Piece *next_piece(const Piece *p)
{
	return reinterpret_cast<const Piece *>(reinterpret_cast<const u8 *>(p + 1) + p->length.get());
}

const Vector *next_vector(const Vector *v)
{
	const auto *p = reinterpret_cast<const Piece *>(reinterpret_cast<const Buffer *>(v + 1) + v->buffers.get());
	for (u32 n = v->pieces.get(); n; n--)
		p = next_piece(p);
	return reinterpret_cast<const Vector *>(p);
}

void place(const Vector *v)
{
	auto *const end = reinterpret_cast<u64 *>(storage(v->end.get()));
	for (auto *w = reinterpret_cast<u64 *>(storage(v->first.get())); w < end; w++)
		*w = 0;
	const auto *p = reinterpret_cast<const Piece *>(reinterpret_cast<const Buffer *>(v + 1) + v->buffers.get());
	for (u32 n = v->pieces.get(); n; n--, p = next_piece(p))
		__builtin_memcpy(storage(p->address.get()), p + 1, p->length.get());
}

const char *name_of_cc(int cc)
{
	return cc == 0 ? "0" : cc == 3 ? "ENODEV" : "EBUSY";
}

bool pending(const Scsw &s)
{
	return s.control & kPending;
}

// Nothing more will come for the function (client/decode/scsw.cc).
bool final(const Scsw &s)
{
	if (s.control & (kHalt | kClear))
		return pending(s);
	return pending(s) && (s.control & kStatusControl) != (kPending | kIntermediate) &&
	       !(s.control & 0xe0);	// subchannel-active, device-active, suspended
}

bool take(Device &d, unsigned seconds)
{
	return outcome.count < kMostStatuses && d.take(outcome.statuses[outcome.count], seconds) && ++outcome.count;
}

int halt_or_clear(Device &d, bool halt)
{
	const u64 end = clock() + kHaltTicks;
	int cc;
	while ((cc = halt ? d.halt() : d.clear()) == 1 || cc == 2) {
		if (clock() > end)
			break;
		Device::look();
	}
	return cc;
}

void give_up(Device &d)
{
	Irb irb;
	outcome.timed_out = true;
	outcome.stuck = true;
	if (halt_or_clear(d, false))
		return;
	for (unsigned i = 0; i < kMostStatuses && d.take(irb, kLimit); i++)
		if (irb.scsw.control & kClear) {
			outcome.stuck = false;
			return;
		}
}

void ask_sense(Device &d)
{
	alignas(8) static Ccw1 ccw;
	Orb orb;
	Irb irb;
	for (u8 &b : outcome.sense)
		b = 0;
	ccw = {kSense, kSli, kSenseSize, static_cast<u32>(reinterpret_cast<u64>(outcome.sense))};
	orb.control = kOrbAnyPath | kOrbFormat1 | kOrbPrefetch;
	orb.cpa = static_cast<u32>(reinterpret_cast<u64>(&ccw));
	if (d.start(orb))
		return;
	while (d.take(irb, kLimit))
		if (final(irb.scsw) && irb.scsw.control & kStart)
			break;
	outcome.sense_count = kSenseSize - irb.scsw.count();
}

bool begin(Device &d, const Vector *v)
{
	Orb orb;
	place(v);
	orb.intparm = 0;
	orb.control = v->control.get();
	orb.cpa = v->cpa.get();
	if (v->act.get() == kActCross)
		outcome.timed_out = !d.wait_pending(kLimit);
	int cc = d.start(orb);
	for (unsigned i = 0; (cc == 1 || cc == 2) && i < kMostStatuses; i++) {
		if (!take(d, kBusyLimit))
			outcome.busy = true;
		cc = d.start(orb);
	}
	outcome.start = name_of_cc(cc);
	return !cc;
}

void finish(Device &d)
{
	do {
		if (!take(d, kLimit))
			return give_up(d);
	} while (!final(outcome.last()) || !(outcome.last().control & kStart));
	if (outcome.last().dstat() & kUnitCheck && !concurrent_sense(outcome.statuses[outcome.count - 1]))
		ask_sense(d);
}

void end_suspended(Device &d, bool halt)
{
	take(d, kSuspendedLimit);
	if (const int cc = halt_or_clear(d, halt)) {
		outcome.function = halt ? ", HALT " : ", CLEAR ";
		outcome.function_end = name_of_cc(cc);
	}
	do {
		if (!take(d, kLimit))
			return give_up(d);
	} while (!(outcome.last().control & (halt ? kHalt : kClear)));
}

void run(Device &d, const Vector *v)
{
	const u32 act = v->act.get();
	if (act == kActStatus) {
		outcome.timed_out = !take(d, kLimit);
		return;
	}
	if ((act != kActFinish && !begin(d, v)) || act == kActBegin)
		return;
	if (act == kActHalt || act == kActClear)
		end_suspended(d, act == kActHalt);
	else
		finish(d);
}

} // namespace

const Set *find_set(const u8 *image, const char *name, unsigned length)
{
	const auto *const header = reinterpret_cast<const Header *>(image);
	const auto *set = reinterpret_cast<const Set *>(header + 1);
	for (u32 n = header->sets.get(); n; n--) {
		unsigned i = 0;
		while (i < length && set->name[i] == name[i])
			i++;
		if (i == length && !set->name[i])
			return set;
		const auto *v = reinterpret_cast<const Vector *>(set + 1);
		for (u32 m = set->vectors.get(); m; m--)
			v = next_vector(v);
		set = reinterpret_cast<const Set *>(v);
	}
	return nullptr;
}

bool run_set(const Set *set, Device &device, Device *peer, const char *prefix)
{
	const auto *v = reinterpret_cast<const Vector *>(set + 1);
	const Vector *here = nullptr, *there = nullptr; // what each side was given last
	for (u32 n = set->vectors.get(); n; n--, v = next_vector(v)) {
		const bool at_peer = v->peer.get();
		const Vector *&program = at_peer ? there : here;
		if (at_peer && !peer)
			return false;
		outcome.begin();
		if (v->has_program.get())
			program = v;
		else if (v->act.get() == kActStatus)
			program = nullptr;
		run(at_peer ? *peer : device, v);
		say_line(prefix, set->name, *v, program, outcome);
		if (outcome.stuck)
			return false;
	}
	return true;
}

} // namespace native
