// SPDX-License-Identifier: GPL-2.0-only
// The sets of channel programs: each can be laid out, names are used once, and a line says what
// two runs have to agree in.
#include <cstring>
#include <set>

#include "../base/bytes.hpp"
#include "../base/crc32.hpp"
#include "../vectors/vectors.hpp"
#include "check.hpp"
#include "fake_backend.hpp"

namespace client::test {

static constexpr std::uint64_t kSize = 16 << 20;

static bool starts_no_program(Act act)
{
	return act == Act::kFinish || act == Act::kStatus;
}

static void all_can_be_laid_out()
{
	std::set<std::string> sets;

	for (const auto &set : vector_sets()) {
		std::set<std::string> names;
		CHECK(sets.insert(set.name).second && find_vector_set(set.name) == &set && !set.vectors.empty());
		for (const auto &v : set.vectors) {
			CHECK(names.insert(v.name).second);
			CHECK(set.peer || !v.peer);
			if (starts_no_program(v.act))
				continue;
			FakeBackend fake;
			GuestMemory m(fake);
			m.add(0, kSize, true);
			const std::string said = usage_of([&] {
				const auto a = assemble(parse_script(vector_text(v, 0x0123, 0x4567)), m, kSize);
				CHECK(a.ccws > 0);
			});
			if (!said.empty())
				check(false, (std::string(set.name) + " " + v.name + ": " + said).c_str(), __FILE__, __LINE__);
			CHECK(set.scratch || std::string(v.program).find('$') == std::string::npos);
		}
	}
	CHECK(!find_vector_set("none"));
}

static void places_are_filled_in()
{
	const Vector v{"v", "buf a size=8 hex=$C0000$B\n"};

	CHECK(vector_text(v, 0x12, 0x345) == "buf a size=8 hex=0012000000000345\n");
}

static void line()
{
	FakeBackend fake;
	GuestMemory m(fake);
	m.add(0, kSize, true);
	const Vector v{"read", "buf a size=9 hex=313233343536373839\nccw1 cmd=02 count=9 data=a\n"};
	const auto a = assemble(parse_script(v.program), m, kSize);
	Irb::Raw raw{};
	store32(&raw[0], 0x00c04017);
	store32(&raw[4], a.orb.cpa + 8);
	store32(&raw[8], 0x0e400003);
	raw[13] = 0x80;
	VectorResult r;
	r.statuses = {Irb(raw)};
	r.sense = {0, 8};
	// The CRC's check value is the one that its catalogues give for "123456789".
	CHECK(vector_line("s", v, r, &a, m) ==
	      "s read: start 0 | 00c04017 00010008 0e400003 lpum 80 erw 00000000 | asked 00 08 | a 9 cbf43926");
	r = {};
	r.start = "EINVAL";
	CHECK(vector_line("s", v, r, nullptr, m) == "s read: start EINVAL");
	r = {};
	r.timed_out = true;
	CHECK(vector_line("s", v, r, nullptr, m) == "s read: start 0 | no status");
	store32(&raw[0], 0x04c24017); // concurrent sense
	store32(&raw[16], 0x01020000);
	raw[33] = 8;
	r = {};
	r.statuses = {Irb(raw)};
	CHECK(vector_line("s", v, r, nullptr, m) ==
	      "s read: start 0 | 04c24017 00010008 0e400003 lpum 80 erw 01020000 sense 00 08");
	CHECK(crc32({}) == 0);
}

static void text_in_ebcdic()
{
	FakeBackend fake;
	GuestMemory m(fake);
	m.add(0, kSize, true);
	const auto a = assemble(parse_script("buf t size=8 fill=ff text=A_B1\nccw1 cmd=03\n"), m, kSize);

	CHECK(load64(m.at(a.buffers[0].gpa, 8)) == 0xc140c2f1ffffffff);
	CHECK(usage_of([&] { assemble(parse_script("buf t size=8 text=A hex=00\nccw1 cmd=03\n"), m, kSize); }) != "");
}

void test_vectors()
{
	all_can_be_laid_out();
	places_are_filled_in();
	line();
	text_in_ebcdic();
}

} // namespace client::test
