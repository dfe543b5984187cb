// SPDX-License-Identifier: GPL-2.0-only
// Runs the core with the host tests' port and prints what it does, for scripts/check/pictures:
//
//   record io     one I/O, from the client's START to its read of the status
//   record race   CLEAR, its interrupt, a START, and only then the work item
//
// A line is FROM, TO, TEXT and what the subchannel lock is, separated by tabs.  The race has
// the CPU in place of FROM and TO.
#include "../fake_port.hpp"

#include <unistd.h>

namespace {

using namespace vccw_test;

constexpr u32 kProgram = 0x10000;
constexpr u32 kData = 0x20000;
constexpr u32 kClearEndedWord = 0x00001001;

FakePort port;
vccw_port real;
vccw_core *core;
bool locked;
int cpu;           // 0: not a race
bool quiet = true; // before the part that is drawn
u64 running;       // the program that the channel runs; 0: none
u64 started;       // how many programs were started

void line(const char *from, const char *to, const std::string &text)
{
	if (quiet)
		return;
	if (cpu)
		std::printf("%d\t%d\t%s\t%s\n", cpu, cpu, text.c_str(), locked ? "locked" : "");
	else
		std::printf("%s\t%s\t%s\t%s\n", from, to, text.c_str(), locked ? "locked" : "");
}

// Only in the picture of an I/O, where every step counts.
void step(const char *from, const char *to, const std::string &text)
{
	if (!cpu)
		line(from, to, text);
}

std::string count(u64 n, const char *what)
{
	return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

int start(void *ctx, vccw_u8 *orb)
{
	const int cc = real.start(ctx, orb);

	started += cc == 0;
	running = cc ? running : started;
	line("core", "channel", "START SUBCHANNEL: cc " + std::to_string(cc));
	if (cpu && !cc)
		line("", "", "program " + std::to_string(started) + " runs");
	return cc;
}

int clear(void *ctx)
{
	const int cc = real.clear(ctx);

	line("core", "channel", "CLEAR SUBCHANNEL: cc " + std::to_string(cc));
	return cc;
}

void trace(void *ctx, vccw_trace_kind kind, vccw_u64 a, vccw_u64 b)
{
	if (kind == VCCW_TRACE_IRQ)
		line("core", "core",
		     b ? "it ends program " + std::to_string(b) : "it ends no program");
	if (kind == VCCW_TRACE_RELEASE)
		line("core", "memory",
		     "release program " + std::to_string(a) + ": unpin " + count(b, "page") +
			     (a == running ? " WHILE IT RUNS" : ""));
	real.trace(ctx, kind, a, b);
}

vccw_port recording_port()
{
	vccw_port t = real;

	t.lock = [](void *c) { return locked = true, real.lock(c); };
	t.unlock = [](void *c, unsigned long flags) { locked = false, real.unlock(c, flags); };
	t.start = start;
	t.clear = clear;
	t.trace = trace;
	t.read_guest = [](void *c, vccw_u64 gpa, void *to, vccw_u32 len) {
		step("core", "memory", "read the program, " + count(len, "byte"));
		return real.read_guest(c, gpa, to, len);
	};
	t.pin = [](void *c, vccw_u64 gpa, vccw_u32 n, int write, vccw_u64 *host) {
		step("core", "memory",
		     "pin " + count(n, "page") + (write ? ", to be stored into" : ""));
		return real.pin(c, gpa, n, write, host);
	};
	t.signal = [](void *c, vccw_trigger which) {
		step("core", "client", "publish the IRB, signal the eventfd");
		real.signal(c, which);
	};
	t.queue_work_later = [](void *c) {
		line("core", "core", "queue the work item");
		real.queue_work_later(c);
	};
	return t;
}

void interrupt(const char *what, u32 word0, u32 cpa)
{
	u8 irb[VCCW_IRB_SIZE] = {};

	put32(irb, word0);
	put32(irb + 4, cpa);
	put32(irb + 8, 0x0c000000);
	locked = true;
	line("channel", "core", what);
	running = word0 & 0x4000 ? 0 : running;
	port.interrupt(irb);
	locked = false;
}

int client_start()
{
	u8 region[VCCW_IO_REGION_SIZE] = {};

	put32(region + 4, 0x00C2ff00);
	put32(region + 8, kProgram);
	put32(region + 12, 4u << 12);
	return vccw_core_write_io(core, 0, region, sizeof(region));
}

void open_device()
{
	static const vccw_limits limits = {4096, 256, 16384, 4u << 20};
	u8 schib[VCCW_SCHIB_SIZE];

	real = FakePort::table();

	const vccw_port t = recording_port();

	if (vccw_core_create(&t, &port, &limits, &core))
		_exit(1);
	port.core = core;
	port.guest.map(kProgram, 0x40000);
	vccw_core_trigger(core, VCCW_TRIGGER_IO, 1);
	if (vccw_core_open(core) || vccw_core_read_schib(core, schib))
		_exit(1);
	quiet = false;
}

// A control command, then 64 bytes from the device.
void write_program()
{
	const u8 ccws[] = {0x03, 0x60, 0, 1, 0, 2, 0, 0, 0xe4, 0x20, 0, 64, 0, 2, 0, 0};

	port.guest.write(kProgram, ccws, sizeof(ccws));
}

void one_io()
{
	u8 region[VCCW_IO_REGION_SIZE];

	write_program();
	line("client", "core", "write the I/O region: START, ORB");
	line("core", "client", "the write returns " + std::to_string(client_start()));
	interrupt("interrupt: IRB", kStartEnded, get32(port.orbs.back().data() + 8) + 16);
	line("client", "core", "read the I/O region");

	const u64 token = vccw_core_read_io(core, region);

	line("core", "client",
	     "IRB, CPA " + std::string(get32(region + 28) == kProgram + 16
					       ? "in the guest's addresses"
					       : "WRONG"));
	vccw_core_ack_io(core, token, 0, VCCW_IO_REGION_SIZE);
}

void race()
{
	u32 clear_command[2] = {2, 0};

	write_program();
	cpu = 1;
	if (vccw_core_write_async(core, 0, clear_command, sizeof(clear_command)))
		_exit(1);
	interrupt("interrupt of CLEAR", kClearEndedWord, 0);
	cpu = 2;
	if (client_start())
		_exit(1);
	cpu = 1;
	if (!port.work_queued) {
		line("", "", "no work item: nothing to release");
	} else {
		line("", "", "work item:");
		port.run_work();
	}
	if (running && port.pins.empty()) {
		line("", "", "the channel stores into memory that was given back");
		return;
	}
	interrupt("interrupt of START", kStartEnded, get32(port.orbs.back().data() + 8) + 16);
	line("", "", "work item, or the client's read:");
	port.run_work();
}

} // namespace

int main(int argc, char **argv)
{
	const std::string what = argc > 1 ? argv[1] : "";

	open_device();
	if (what == "io")
		one_io();
	else if (what == "race")
		race();
	else
		return 2;
	std::fflush(stdout);
	_exit(0); // the device stays open, and a broken core's storage is a mess
}
