// SPDX-License-Identifier: GPL-2.0-only
// A machine in an operator's hands: devices come and go, it is suspended, reset, loaded
// again, asked to shut down.  It finds its devices, keeps each of them at work with one
// SENSE ID after the other, and says what changes:
//
//   start N                              of this machine; 1: its storage was new
//   device DEVNO: PIM PAM POM CHPIDS     is there; the words are lscss's
//   device DEVNO works: N                N programs ended well; every kTold of them, and
//                                        the first one after it did not take any
//   device DEVNO: no path                START has cc 3, but the device is there; or what
//                                        is_refused() takes for that
//   device DEVNO: gone
//   shut down: N programs, N wrong       asked to; the last line
#include "../insn.hpp"
#include "../program.hpp"

namespace guest {

namespace {

constexpr u32 kFirstSubchannel = 0x10000;
constexpr unsigned kDevices = 8, kTold = 20;
constexpr unsigned kIdBytes = 4;

struct Seen {
	bool there = false;
	u16 devno = 0;
	u8 paths = 0;
	bool takes_programs = false;
	unsigned programs = 0;
	u8 id[kIdBytes] = {};
};
Seen seen[kDevices];

u32 word(const u8 *bytes)
{
	u32 w = 0;
	for (unsigned i = 0; i < 4; i++)
		w = w << 8 | bytes[i];
	return w;
}

void came(Subchannel &s, const Schib &schib, Seen &d)
{
	say("device ", hex(s.devno(), 4), ": ", hex(schib.pim, 2), " ", hex(schib.pam, 2), " ",
	    hex(schib.pom, 2), " ", hex(word(schib.chpid), 8), " ", hex(word(schib.chpid + 4), 8));
	adopt(s);
	d.there = true;
	d.devno = s.devno();
	d.paths = schib.pim;
}

bool is_there(Subchannel &s)
{
	Schib schib;
	return !s.store(schib) && (schib.flags & kDeviceValid);
}

// Waits for the status of a program; none comes from a device that has gone meanwhile.
bool ended(Subchannel &s, Irb &irb)
{
	IoInterrupt got;
	for (unsigned seconds = 0; seconds < kLimit && is_there(s); seconds += !wait_io(got, 1))
		if (!s.test(irb) && (irb.scsw.control & kFunctions))
			return true;
	check("the program's status came, or the device went", is_there(s), false, 1);
	return false;
}

// The condition code of a START by the installed paths, as an operating system names them;
// status of the device's own is in its way once at most.
int start(Subchannel &s, const Seen &d, const Chain &c)
{
	Irb irb;
	Orb orb = c.orb();
	orb.control = (orb.control & ~kOrbAnyPath) | u32{d.paths} << 8;
	const int cc = s.start(orb);
	if (cc != 1)
		return cc;
	s.test(irb);
	return s.start(orb);
}

void judge_id(Seen &d, const Irb &irb, const Chain &c)
{
	const u8 *id = storage<u8>(kBuffers);
	const unsigned before = tally.failures;
	check("function", irb.scsw.control & kFunctions, kStart);
	check("CPA", irb.scsw.cpa, c.next());
	check("device status", irb.scsw.dstat(), kGood, 2);
	check("subchannel status", irb.scsw.cstat(), 0, 2);
	if (!d.programs)
		__builtin_memcpy(d.id, id, kIdBytes);
	check("first byte of its identification", id[0], 0xff, 2);
	check_bytes("its identification", id, d.id, kIdBytes);
	if (tally.failures != before) {
		say("   WRONG: device ", hex(d.devno, 4), ", SCSW ", hex(irb.scsw.control, 8), " ", hex(irb.scsw.cpa, 8),
		    " ", hex(irb.scsw.status, 8));
		return;
	}
	if (d.programs++ % kTold == 0 || !d.takes_programs)
		say("device ", hex(d.devno, 4), " works: ", d.programs);
	d.takes_programs = true;
	tally.programs++;
}

// QEMU writes a message where the host refuses a START, and only then looks at errno.  Where
// that has overwritten errno (seen with 7.2, its log in a file), it presents unit exception for cc 3.
bool is_refused(const Irb &irb)
{
	return irb.scsw.dstat() == kUnitException && !irb.scsw.cstat();
}

void cannot_start(Subchannel &s, Seen &d)
{
	if (d.takes_programs && is_there(s))
		say("device ", hex(d.devno, 4), ": no path");
	d.takes_programs = false;
}

void work(Subchannel &s, Seen &d)
{
	const Chain c = Chain(kPrograms + d.programs % 256 * 8).ccw(kSenseId, kSli, 4, kBuffers);
	__builtin_memset(storage<u8>(kBuffers), 0xee, kIdBytes);
	const int cc = start(s, d, c);
	if (cc == 3)
		return cannot_start(s, d);
	Irb irb;
	if (!check("START: cc", static_cast<u64>(cc), 0, 1) || !ended(s, irb))
		return;
	if (is_refused(irb))
		cannot_start(s, d);
	else
		judge_id(d, irb, c);
}

// As the last thing of this start, with a program's status not taken.
void reboot(Subchannel &s, const Seen &d)
{
	say("loads itself again");
	const Chain c = Chain(kPrograms).ccw(kSenseId, kSli, 4, kBuffers);
	check("START: cc", static_cast<u64>(start(s, d, c)), 0, 1);
	load_again();
}

// `at` is the place of a subchannel.  A device in the place of one that has just gone is not enabled.
void look(unsigned at, unsigned starts)
{
	Subchannel s(kFirstSubchannel + at);
	Seen &d = seen[at];
	Schib schib{};
	const bool there = !s.store(schib) && (schib.flags & kDeviceValid);
	if (d.there && !(there && s.devno() == d.devno && (schib.flags & kEnabled))) {
		say("device ", hex(d.devno, 4), ": gone");
		d = {};
	}
	if (!there)
		return;
	if (!d.there)
		came(s, schib, d);
	work(s, d);
	// Its interrupt, where TEST SUBCHANNEL came first: the next device may be one to adopt,
	// which takes no other's.
	IoInterrupt got;
	wait_io_on_its_way(got);
	if (d.programs >= kTold && starts <= options.reboots)
		reboot(s, d);
}

void take_reports()
{
	u32 crw;
	while (!stcrw(crw))
		;
}

} // namespace

void run_operated()
{
	const unsigned starts = count_start();
	IoInterrupt got;

	say("start ", starts);
	while (!shutdown_asked()) {
		take_reports();
		for (unsigned at = 0; at < kDevices; at++)
			look(at, starts);
		wait_io_on_its_way(got);
	}
	say("shut down: ", tally.programs, " programs, ", tally.failures, " wrong");
	power_off();
}

} // namespace guest
