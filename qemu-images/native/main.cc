// SPDX-License-Identifier: GPL-2.0-only
// Runs compiled channel programs on a machine without an operating system, so without a driver:
// what a device and its channel themselves make of them.
//
// The orders are those that a Linux with our init would get: /etc/ports (where text goes), the
// key of the verdict, and in /etc/cmd a line for each run: SET DEVICE [PEER], such as
// "eckd 0.0.0120".
#include "console.hpp"
#include "orders.hpp"
#include "port.hpp"
#include "run.hpp"

extern "C" [[noreturn]] void native_main();

namespace native {

namespace {

// The number of the disk behind the port of this name, 0: there is none.
u16 port_number(Text ports, const char *name)
{
	while (ports.length) {
		Text line = ports.line();
		const Text bus_id = line.word();
		if (line.word().is(name))
			return devno_of(bus_id);
	}
	return 0;
}

void copy(char *to, unsigned room, Text from)
{
	unsigned i = 0;
	for (; i < from.length && i + 1 < room; i++)
		to[i] = from.at[i];
	to[i] = 0;
}

struct Prefix {
	char text[32] = "native ";
};

Prefix prefix_of(Text bus_id)
{
	Prefix p;
	unsigned n = 7;
	for (unsigned i = 0; i < bus_id.length && n < sizeof(p.text) - 2; i++)
		p.text[n++] = bus_id.at[i];
	p.text[n] = ' ';
	return p;
}

// Hercules connects an adapter with its other side when each gets its first command, on threads of
// its own; until both have accepted, what one side writes is lost, and nothing tells.
void connect(Device &device, Device &peer)
{
	constexpr u8 kSenseCommandByte = 0x14;
	constexpr unsigned kEnough = 3;
	alignas(8) static Ccw1 ccw;
	static u8 byte;
	Irb irb;
	for (Device *d : {&device, &peer}) {
		Orb orb;
		ccw = {kSenseCommandByte, 0, 1, static_cast<u32>(reinterpret_cast<u64>(&byte))};
		orb.control = kOrbAnyPath | kOrbFormat1 | kOrbPrefetch;
		orb.cpa = static_cast<u32>(reinterpret_cast<u64>(&ccw));
		if (!d->start(orb))
			d->take(irb, kEnough);
	}
	while (device.take(irb, kEnough))
		;
}

// Why it failed, or nullptr.
const char *run_line(const u8 *image, Text line)
{
	const Text name = line.word(), at = line.word(), other = line.word();
	const Set *const set = find_set(image, name.at, name.length);
	if (!set)
		return "no such set in the image";
	Device device(devno_of(at));
	if (!device.found())
		return "no such device";
	if (!other.length)
		return run_set(set, device, nullptr, prefix_of(at).text) ? nullptr : "a program cannot be ended";
	Device peer(devno_of(other));
	if (!peer.found())
		return "no such other side";
	connect(device, peer);
	return run_set(set, device, &peer, prefix_of(at).text) ? nullptr : "a program cannot be ended";
}

} // namespace

} // namespace native

void native_main()
{
	using namespace native;
	const u8 *const image = loaded_image();
	const auto *const header = reinterpret_cast<const Header *>(image);
	const u8 *const archive = image + header->length.get();
	const Text ports = file_of_archive(archive, "etc/ports");
	char key[64];
	copy(key, sizeof(key), file_of_archive(archive, "etc/verdict-key").line());

	interrupts_open();
	Port lines(port_number(ports, "vectors")), result(port_number(ports, "vccw.result"));
	say_to(lines);
	const char *why = nullptr;
	Text failed;
	for (Text orders = file_of_archive(archive, "etc/cmd"); orders.length && !why;) {
		const Text line = orders.line();
		if (line.length && (why = run_line(image, line)))
			failed = line;
	}
	say_to(result);
	put(key);
	put(" VCCW-RESULT: ");
	if (why) {
		char line[64];
		copy(line, sizeof(line), failed);
		say("fail: ", line, ": ", why);
	} else {
		say("ok");
	}
	power_off();
}
