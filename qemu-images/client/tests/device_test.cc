// SPDX-License-Identifier: GPL-2.0-only
// What devices answer, decoded.  Where a test says "seen", the bytes were read through vfio-ccw
// from Hercules 3.13's devices under Linux 6.12; the meanings are those of the reference manuals
// that the tables name.
#include <cstring>

#include "../decode/channel_command.hpp"
#include "../decode/characteristics.hpp"
#include "../decode/ebcdic.hpp"
#include "../decode/irb.hpp"
#include "../decode/label.hpp"
#include "../decode/sense.hpp"
#include "../decode/track.hpp"
#include "check.hpp"

namespace client::test {

using Bytes = std::vector<std::uint8_t>;

static bool says(const std::string &text, const char *part)
{
	return text.find(part) != std::string::npos;
}

static DeviceClass class_of_bytes(const Bytes &b)
{
	return class_of(SenseId::decode(b));
}

static void classes()
{
	CHECK(class_of_bytes({0xff, 0x39, 0x90, 0xc2, 0x33, 0x90, 0x02, 0}) == DeviceClass::kEckd);	 // seen
	CHECK(class_of_bytes({0xff, 0x63, 0x10, 0x01, 0x93, 0x36, 0x00, 0}) == DeviceClass::kFba);	 // dasdtab.c
	CHECK(class_of_bytes({0xff, 0x34, 0x80, 0x31, 0x34, 0x80, 0x31, 0}) == DeviceClass::kTape);	 // seen
	CHECK(class_of_bytes({0xff, 0x35, 0x90, 0x50, 0x35, 0x90, 0x10, 0}) == DeviceClass::kTape);	 // seen
	CHECK(class_of_bytes({0xff, 0x32, 0x74, 0x1d, 0x32, 0x78, 0x02, 0}) == DeviceClass::kTerminal); // seen
	CHECK(class_of_bytes({0xff, 0x28, 0x21, 0x01, 0x14, 0x03, 0x01, 0}) == DeviceClass::kPrinter);	 // printer.c
	CHECK(class_of_bytes({0xff, 0x28, 0x21, 0x01, 0x35, 0x05, 0x01, 0}) == DeviceClass::kReader);	 // cardrdr.c
	CHECK(class_of_bytes({0xff, 0x28, 0x21, 0x01, 0x35, 0x25, 0x01, 0}) == DeviceClass::kPunch);	 // cardpch.c
	CHECK(class_of_bytes({0xff, 0x30, 0x88, 0x08, 0, 0, 0}) == DeviceClass::kCtca);			 // kernel's ctcm
	CHECK(class_of_bytes({0xff, 0x32, 0x70, 0x00, 0, 0, 0}) == DeviceClass::kTerminal);		 // QEMU's 3270
	CHECK(class_of_bytes({0xff, 0x38, 0x32, 0x05, 0, 0, 0}) == DeviceClass::kVirtio);		 // seen on QEMU
	CHECK(class_of_bytes({0xff, 0x12, 0x34, 0x05}) == DeviceClass::kUnknown);
	CHECK(class_of_bytes({}) == DeviceClass::kUnknown);
	for (const DeviceClass c : known_classes())
		CHECK(class_named(class_name(c)) == c);
	CHECK(!class_named("eck") && says(SenseId::decode(Bytes{0xff, 0x39, 0x90, 0xc2, 0x33, 0x90, 2}).text(), "disk"));
}

// Sense data of a 3390: 32 bytes, in the 24-byte form (byte 27 bit 0).
static std::string eckd(std::uint8_t b0, std::uint8_t b1, std::uint8_t b2, std::uint8_t b7)
{
	Bytes b(32);

	b[0] = b0;
	b[1] = b1;
	b[2] = b2;
	b[7] = b7;
	b[27] = 0x80;
	b[30] = 5;
	b[31] = 3;
	return sense_text(b, DeviceClass::kEckd);
}

static void disk_sense()
{
	CHECK(says(eckd(0, 0x08, 0, 0), "no record found, at cylinder 5 head 3"));	// seen
	CHECK(says(eckd(0x80, 0, 0, 0x04), "command reject, invalid parameter"));	// seen: seek outside
	CHECK(says(eckd(0x80, 0, 0, 0x02), "invalid sequence of commands"));		// seen
	CHECK(says(eckd(0x80, 0, 0, 0x01), "command reject, invalid command"));		// seen
	CHECK(says(eckd(0, 0x04, 0, 0), "file protected"));				// ckddasd.c
	CHECK(says(eckd(0, 0x20, 0, 0), "end of cylinder"));				// ckddasd.c
	CHECK(says(eckd(0x10, 0x02, 0, 0x04), "write inhibited"));			// ckddasd.c: read-only disk
	CHECK(says(eckd(0, 0x40, 0, 0), "invalid track format"));
	CHECK(says(eckd(0x08, 0, 0, 0x43), "data check, error in the data area"));
	CHECK(says(eckd(0x08, 0, 0, 0x49), "error in the count area, offset active"));
	CHECK(says(eckd(0x08, 0, 0, 0x46), "no sync byte in the key area"));
	CHECK(says(eckd(0, 0x10, 0x10, 0x03), "environmental data present, device fenced"));
	CHECK(says(eckd(0x80, 0, 0, 0x06), "format 0, message 6"));			// the kernel: reserved
	CHECK(eckd(0, 0, 0, 0) == "nothing to report (00 00 00 00 00 00 00 00 ...)");
	Bytes other(32);
	other[25] = 0x1d; // the kernel's dasd_3990_erp.c: state change pending
	CHECK(says(sense_text(other, DeviceClass::kEckd), "32-byte form, program action code 1d"));
	CHECK(says(sense_text(Bytes{0, 8}, DeviceClass::kEckd), "no record found (00 08)"));
	CHECK(says(sense_text(Bytes{0x80}, DeviceClass::kEckd), "command reject (80)"));
	// Of an unknown device what is not in byte 0 is not called nothing.
	CHECK(!says(sense_text(Bytes{0, 8}), "nothing to report"));
	CHECK(sense_text(Bytes{0, 0}) == "nothing to report (00 00)");
}

static void other_sense()
{
	const Bytes at_load_point{0x00, 0x48, 0x20, 0x39}; // seen: 3480 asked to read backward there
	CHECK(says(sense_text(at_load_point, DeviceClass::kTape), "backward at the beginning of the tape"));
	CHECK(says(sense_text(Bytes{0x80, 0, 0, 0x27}, DeviceClass::kTape), "command reject, unknown command"));
	CHECK(says(sense_text(Bytes{0x80, 2, 0, 0x30}, DeviceClass::kTape), "write protected"));
	CHECK(says(sense_text(Bytes{0x40, 0, 0, 0x43}, DeviceClass::kTape), "no tape in it"));
	CHECK(says(sense_text(Bytes{0x01, 0, 0, 0x99}, DeviceClass::kTape), "error recovery action 0x99"));
	CHECK(says(sense_text(Bytes{0x40}, DeviceClass::kTerminal), "not connected"));	// raw3270.c: not there
	CHECK(says(sense_text(Bytes{0x01}, DeviceClass::kTerminal), "operation check"));
	CHECK(says(sense_text(Bytes{0x01}, DeviceClass::kPrinter), "carriage channel 9"));
	CHECK(says(sense_text(Bytes{0x80}, DeviceClass::kReader), "command reject"));
	CHECK(says(sense_text(Bytes{0x41}, DeviceClass::kCtca), "the other side was reset"));
	CHECK(says(sense_text(Bytes{0, 4}, DeviceClass::kFba), "file protected"));
	CHECK(says(sense_text(Bytes{0x80, 0, 0, 0, 0, 0, 0, 2}, DeviceClass::kFba), "invalid sequence"));
	CHECK(says(sense_text(Bytes{0, 0x40}, DeviceClass::kFba), "invalid block size")); // dasd_3370_erp.c
}

static void in_an_irb()
{
	Irb::Raw raw{};

	raw[1] = 0xc2; // format-1 CCWs, prefetch, extended control
	raw[2] = 0x40;
	raw[3] = 0x17;
	raw[8] = 0x0e;
	raw[16] = 0x01; // ERW 01200000, seen: 32 bytes of concurrent sense
	raw[17] = 0x20;
	raw[33] = 0x08;
	raw[59] = 0x80;
	CHECK(says(Irb(raw).text(0, DeviceClass::kEckd), "no record found"));
	CHECK(says(Irb(raw).value(DeviceClass::kEckd).json(), "no record found"));
	CHECK(!says(Irb(raw).text(0), "no record found"));
}

static void commands()
{
	CHECK(channel_command_name(DeviceClass::kEckd, 0x06) == "READ DATA");
	CHECK(channel_command_name(DeviceClass::kEckd, 0xde) == "READ TRACK");
	CHECK(channel_command_name(DeviceClass::kEckd, 0xb1) == "SEARCH ID EQUAL, multitrack");
	CHECK(channel_command_name(DeviceClass::kFba, 0x42) == "READ");
	CHECK(channel_command_name(DeviceClass::kTape, 0x1f) == "WRITE TAPE MARK");
	CHECK(channel_command_name(DeviceClass::kPrinter, 0xa9) == "WRITE, skip to channel 5"); // printer.c
	CHECK(channel_command_name(DeviceClass::kTerminal, 0x0d) == "ERASE/WRITE ALTERNATE");
	CHECK(channel_command_name(DeviceClass::kCtca, 0xe3) == "PREPARE");
	CHECK(channel_command_name(DeviceClass::kUnknown, 0x88) == "TRANSFER IN CHANNEL");
	CHECK(channel_command_name(DeviceClass::kTape, 0x1c) == "a read backward of the device's own");
	CHECK(channel_command_name(DeviceClass::kUnknown, 0x00) == "an invalid command");
	for (const DeviceClass c : known_classes()) {
		unsigned last = 0;
		for (const auto &n : channel_commands(c)) {
			CHECK(n.code > last && n.code < 0x100 && (n.code & 0xf) != 8);
			last = n.code;
		}
	}
}

// A count, a key, data: the layout of the kernel's struct eckd_count.
static void put(Bytes &b, unsigned cyl, unsigned head, unsigned rec, const Bytes &key, const Bytes &data)
{
	for (const unsigned v : {cyl >> 8, cyl, head >> 8, head, rec, static_cast<unsigned>(key.size()),
				 static_cast<unsigned>(data.size() >> 8), static_cast<unsigned>(data.size())})
		b.push_back(static_cast<std::uint8_t>(v & 0xff));
	b.insert(b.end(), key.begin(), key.end());
	b.insert(b.end(), data.begin(), data.end());
}

static void tracks()
{
	Bytes b;

	put(b, 0x123, 14, 0, {}, Bytes(8));
	put(b, 0x123, 14, 1, to_ebcdic("VOL1"), Bytes(300, 0xab));
	put(b, 0x123, 14, 2, {}, {});
	const std::size_t whole = b.size();
	b.insert(b.end(), 8, 0xff);
	const Track t = decode_track(b);
	CHECK(t.records.size() == 3 && t.ended && t.wrong.empty());
	CHECK(t.records[1].cylinder == 0x123 && t.records[1].head == 14 && t.records[1].number == 1);
	CHECK(ebcdic_text(t.records[1].key) == "VOL1" && t.records[1].data.size() == 300 && t.records[1].data[299] == 0xab);
	CHECK(t.records[2].end_of_file() && says(t.records[2].text(), "end of file"));
	const std::span<const std::uint8_t> all(b);
	CHECK(!decode_track(all.first(whole)).ended && decode_track(all.first(whole)).wrong.empty());
	CHECK(decode_track(all.first(whole - 1)).wrong == "a count of 7 bytes");
	CHECK(says(decode_track(all.first(100)).wrong, "record 1 wants 304 bytes, there are 76"));
	b.push_back(0);
	CHECK(says(decode_track(b).wrong, "1 bytes behind the end"));
	CHECK(decode_track({}).records.empty() && decode_track({}).wrong.empty());
	CHECK(dump_text(to_ebcdic("HELLO"), 100, 2).find("  0000  c8 c5 d3 d3 d6 ") == 0);
	CHECK(says(dump_text(Bytes(40, 0xc1), 16, 0), "... 24 more"));
}

static void labels()
{
	// The kernel's asm/vtoc.h: struct vtoc_volume_label_cdl without its key.
	Bytes vol1 = to_ebcdic("VOL1TEST01");
	vol1.resize(80, 0x40);
	vol1[11] = vol1[12] = vol1[13] = 0;
	vol1[14] = 1;
	vol1[15] = 5;
	const Label l = decode_label(vol1);
	CHECK(l.kind == "VOL1" && l.volume == "TEST01" && l.has_vtoc && l.vtoc_cylinder == 0 && l.vtoc_head == 1);
	CHECK(l.vtoc_record == 5 && l.owner.empty() && says(l.text(), "volume TEST01"));
	Bytes lnx1 = to_ebcdic("LNX1LNX   ");
	lnx1.resize(80, 0x40);
	CHECK(decode_label(lnx1).volume == "LNX" && !decode_label(lnx1).has_vtoc);
	Bytes hdr1 = to_ebcdic("HDR1PAYROLL.DATA     TAPE01");
	hdr1.resize(80, 0x40);
	CHECK(decode_label(hdr1).dataset == "PAYROLL.DATA" && decode_label(hdr1).volume == "TAPE01");
	CHECK(!decode_label(Bytes(80)).valid() && !decode_label(Bytes(4)).valid());
}

static void what_devices_are()
{
	// Hercules' dasdtab.c for a 3390-2 behind a 3990-c2: 2,226 cylinders of 15 tracks.
	Bytes b(64);
	const Bytes head{0x39, 0x90, 0xc2, 0x33, 0x90, 0x02, 0xd0, 0x00, 0x00, 0x00, 0x20, 0x27, 0x08, 0xb2, 0x00, 0x0f, 0xe0};
	std::copy(head.begin(), head.end(), b.begin());
	b[18] = 0xe5;
	b[19] = 0xa2;
	const auto c = EckdCharacteristics::decode(b);
	CHECK(c.valid && c.cylinders == 2226 && c.heads == 15 && c.sectors == 224 && c.track_length == 58786);
	CHECK(c.read_track && says(c.text(), "3390/02"));
	b[12] = 0xff;
	b[13] = 0xfe; // the kernel's LV_COMPAT_CYL
	b[61] = 2;
	CHECK(EckdCharacteristics::decode(b).cylinders == 0x20000);
	CHECK(!EckdCharacteristics::decode(Bytes(64)).valid && !EckdCharacteristics::decode(std::span(b).first(20)).valid);

	Bytes f(32); // fbadasd.c: a 9336 of 1,000 blocks
	f[4] = 2;
	f[16] = 3;
	f[17] = 0xe8;
	CHECK(FbaCharacteristics::decode(f).blocks == 1000 && FbaCharacteristics::decode(f).block_size == 512);

	Bytes r(256); // dasdtab.c: the device's node element and the qualifier
	r[0] = 0xc4;
	r[1] = r[2] = 1;
	const auto text = to_ebcdic("  3390002HRCZZ000000000001");
	std::copy(text.begin(), text.end(), r.begin() + 4);
	r[30] = 0x01;
	r[31] = 0x20;
	r[224] = 0x80;
	r[232] = 0x12;
	r[235] = 0x20;
	const auto conf = Configuration::decode(r);
	CHECK(conf.elements.size() == 1 && conf.elements[0].type == "3390" && conf.elements[0].model == "002");
	CHECK(conf.elements[0].what == "device (disk)" && conf.elements[0].manufacturer == "HRC" && conf.elements[0].tag == 0x120);
	CHECK(conf.has_qualifier && conf.subsystem == 0x1200 && conf.unit_address == 0x20);
}

static void letters()
{
	// RFC 1345, IBM037.
	const Bytes b{0xc1, 0xc9, 0xd1, 0xe9, 0x81, 0xa9, 0xf0, 0xf9, 0x40, 0x4b, 0x6d, 0x00};
	CHECK(ebcdic_text(b) == "AIJZaz09 ._.");
	CHECK(to_ebcdic("AZ az.9") == Bytes({0xc1, 0xe9, 0x40, 0x81, 0xa9, 0x4b, 0xf9}));
	for (char c = ' '; c < 127; c++)
		CHECK(ebcdic_char(to_ebcdic(std::string(1, c))[0]) == c);
	CHECK(trimmed("  AB  ..") == "AB" && trimmed("  ") == "");
}

void test_devices()
{
	classes();
	disk_sense();
	other_sense();
	in_an_irb();
	commands();
	tracks();
	labels();
	what_devices_are();
	letters();
}

} // namespace client::test
