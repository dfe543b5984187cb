// SPDX-License-Identifier: GPL-2.0-only
#include "../base/bytes.hpp"
#include "../decode/irb.hpp"
#include "../decode/schib.hpp"
#include "../decode/sense.hpp"
#include "check.hpp"

namespace client::test {

static Irb irb_of(std::uint32_t w0, std::uint32_t cpa, std::uint32_t w2)
{
	Irb::Raw raw{};

	store32(&raw[0], w0);
	store32(&raw[4], cpa);
	store32(&raw[8], w2);
	return Irb(raw);
}

static void normal_end()
{
	const Irb i = irb_of(0x00804007, 0x10008, 0x0c000000);

	CHECK(i->format1() && !i->prefetch() && i->fctl() == kFctlStart && i->actl() == 0);
	CHECK(i->stctl() == (kStctlPrimary | kStctlSecondary | kStctlPending));
	CHECK(i->final() && i->cpa == 0x10008 && i->dstat == 0x0c && i->cstat == 0 && i->count == 0);
	CHECK(join(dstat_words(i->dstat), "+") == "channel-end+device-end");
	CHECK(!i.empty() && Irb().empty() && i.sense().empty());
}

static void what_is_final()
{
	CHECK(!irb_of(0x00804020, 0, 0)->final());	// suspended, no status
	CHECK(!irb_of(0x00804029, 0, 0)->final());	// suspended, intermediate
	CHECK(!irb_of(0x00804045, 0, 0)->final());	// primary, device active
	CHECK(irb_of(0x00804011, 0, 0)->final());	// alert alone
	CHECK(irb_of(0x00801001, 0, 0)->final());	// CLEAR
	CHECK(irb_of(0x00802001, 0, 0)->final());	// HALT
	CHECK(!irb_of(0x00804009, 0, 0)->final());	// intermediate alone
	CHECK(irb_of(0x03804011, 0, 0)->deferred_cc() == 3);
	CHECK(irb_of(0x03c04411, 0, 0)->final());	// deferred cc 3, start-pending still shown
	CHECK(irb_of(0x01804411, 0, 0)->final());	// deferred cc 1
	CHECK(irb_of(0x01804411, 0, 0)->deferred() && !irb_of(0x00804011, 0, 0)->deferred());
	CHECK(!irb_of(0x03804007, 0, 0)->deferred());	// an end, by a QEMU that has presented one
}

static void what_clears_functions()
{
	CHECK(irb_of(0x00804007, 0, 0)->clears_functions());
	CHECK(irb_of(0x00804045, 0, 0)->clears_functions());	// primary, device active
	CHECK(irb_of(0x03c04411, 0, 0)->clears_functions());	// deferred cc 3
	CHECK(irb_of(0x00802001, 0, 0)->clears_functions());	// HALT: pending alone
	CHECK(irb_of(0x0080400f, 0, 0)->clears_functions());	// PCI together with the end
	CHECK(!irb_of(0x008040c9, 0, 0)->clears_functions());	// PCI alone
	CHECK(!irb_of(0x00804029, 0, 0)->clears_functions());	// suspended
	CHECK(!irb_of(0x00804420, 0, 0)->clears_functions());	// nothing pending
}

static void concurrent_sense()
{
	Irb::Raw raw{};

	store32(&raw[0], 0x04824017);	// ESW format, extended control
	raw[8] = 0x02;
	store32(&raw[16], 0x01020000);	// concurrent sense, two bytes
	raw[32] = 0x80;
	raw[33] = 0x11;
	CHECK(Irb(raw).sense().size() == 2 && Irb(raw).sense()[1] == 0x11);
	store32(&raw[16], 0x01002000);	// count in the wrong place
	CHECK(Irb(raw).sense().size() == 32);
	raw[32] = raw[33] = 0;
	CHECK(Irb(raw).sense().empty());
	raw[32] = 0x80;
	store32(&raw[16], 0);
	CHECK(Irb(raw).sense().empty());
	store32(&raw[16], 0x013f0000);	// more than there is room for
	CHECK(Irb(raw).sense().size() == 32);
}

static void sense_id()
{
	const std::uint8_t b[] = {0xff, 0x39, 0x90, 0xe9, 0x33, 0x90, 0x0c, 0, 0x40, 0xfa, 0x01, 0x00};
	const SenseId id = SenseId::decode(b);

	CHECK(id.valid && id.cu_type == 0x3990 && id.cu_model == 0xe9);
	CHECK(id.has_device && id.dev_type == 0x3390 && id.dev_model == 0x0c);
	CHECK(id.ciws.size() == 1 && id.ciws[0] == 0x40fa0100);
	CHECK(id.text().find("3990/e9") != std::string::npos);
	CHECK(!SenseId::decode(std::span(b).first(3)).valid);
	CHECK(!SenseId::decode(std::span(b).first(4)).has_device);
	CHECK(!SenseId::decode(std::span(b).subspan(1)).valid);
	CHECK(sense_text(std::span(b).first(0)) == "no sense data");
	const std::uint8_t reject[] = {0x80, 0};
	CHECK(sense_text(reject) == "command reject (80 00)");
}

static void schib()
{
	std::uint8_t b[52] = {};

	store16(b + 4, 0x1881);	// ISC 3, enabled, device number valid
	store16(b + 6, 0x0a01);
	b[11] = 0x80;
	b[16] = 0x42;
	store32(b + 24, 1);	// concurrent sense
	store32(b + 28, 0x00804007);
	const std::string json = schib_value(b).json();
	for (const char *want : {"\"enabled\": true", "\"isc\": 3", "\"device_number\": 2561", "\"chpids\": [66]",
				 "\"concurrent_sense\": true", "\"fctl\": [\"start\"]", "\"type\": \"I/O\""})
		CHECK(json.find(want) != std::string::npos);
	CHECK(crw_text(0x04010042).find("channel path 0x0042, available") != std::string::npos);
}

void test_decode()
{
	normal_end();
	what_is_final();
	what_clears_functions();
	concurrent_sense();
	sense_id();
	schib();
}

} // namespace client::test
