// SPDX-License-Identifier: GPL-2.0-only
#include "program.hpp"

#include "names.hpp"

namespace guest {

namespace {

constexpr u32 kIntparm = 0xcafe0000;
u32 serial;

} // namespace

Chain &Chain::ccw(u8 command, u8 flags, u16 count, u32 data)
{
	if (format1_)
		*storage<Ccw1>(next_) = {command, flags, count, data};
	else
		*storage<Ccw0>(next_) = {u32{command} << 24 | (data & 0xffffff), flags, 0, count};
	next_ += 8;
	return *this;
}

Chain &Chain::at(u32 address)
{
	next_ = address;
	return *this;
}

Orb Chain::orb(u32 control) const
{
	Orb o;
	o.intparm = kIntparm | (++serial & 0xffff);
	o.control = kOrbAnyPath | control | (format1_ ? kOrbFormat1 : 0) |
		    (options.prefetch ? kOrbPrefetch : 0);
	o.cpa = first_;
	return o;
}

void make_list(u32 list, u64 data, u32 length, u32 block)
{
	auto *word = storage<u64>(list);
	const u64 end = data + length;
	while (data < end) {
		*word++ = data;
		data = (data | (block - 1)) + 1;
	}
}

void tell(const char *name, const Answer &a)
{
	tally.programs++;
	put("   ");
	put(name);
	if (a.cc) {
		say(": cc ", a.cc);
	} else if (!a.came) {
		say(": cc 0, no interrupt");
	} else {
		const Scsw &s = a.irb.scsw;
		say(": SCSW ", hex(s.control, 8), " ", hex(s.cpa, 8), " ", hex(s.status, 8), s);
	}
}

void judge(Subchannel &s, const Answer &a, const Orb &orb, const End &end)
{
	if (!check("condition code", static_cast<u64>(a.cc), 0, 1))
		return;
	if (!check("interrupt came", a.came, true, 1))
		return;
	check("interruption parameter", a.io.intparm, orb.intparm);
	check("interruption word", a.io.word >> 27 & 7, kIsc, 1);
	// An emulated device never shows P, and F stays once it was set.
	const u32 shown = options.passed_through ? kFormat1 | kPrefetch : 0;
	const u32 asked = orb.control | (options.forced ? kOrbPrefetch : 0);
	const u32 echoed = end.control & kStart ? asked & shown : 0;
	check("SCSW word 0", a.irb.scsw.control & ~((kFormat1 | kPrefetch) & ~shown),
	      end.control | echoed);
	check("ESW word 0: the path that was used", a.irb.esw[0], kFirstPathUsed);
	check("SCSW CPA", a.irb.scsw.cpa, end.cpa);
	check("device status", a.irb.scsw.dstat(), end.dstat, 2);
	check("subchannel status", a.irb.scsw.cstat(), end.cstat, 2);
	check("residual count", a.irb.scsw.count(), end.count, 4);
	check_quiet(s);
}

Answer run(Subchannel &s, const char *name, const Orb &orb, const End &end)
{
	const Answer a = s.run(orb);
	tell(name, a);
	judge(s, a, orb, end);
	return a;
}

void check_quiet(Subchannel &s)
{
	Irb irb;
	check("TEST SUBCHANNEL finds nothing more: cc", static_cast<u64>(s.test(irb)), 1, 1);
	check("functions and activity left", irb.scsw.control & (kFunctions | kActivity), 0);
}

} // namespace guest
