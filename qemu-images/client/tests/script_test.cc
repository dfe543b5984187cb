// SPDX-License-Identifier: GPL-2.0-only
#include "../base/bytes.hpp"
#include "../guest/script.hpp"
#include "check.hpp"
#include "fake_backend.hpp"

namespace client::test {

static constexpr std::uint64_t kSize = 4 << 20;

static void example()
{
	FakeBackend fake;
	GuestMemory m(fake);
	m.add(0, kSize, true);
	const auto a = assemble(parse_script("# a comment\n"
					     "buf id size=64 fill=ff\n"
					     "ccw1 cmd=03 flags=cc,sli count=1 data=id+8\n"
					     "tic to=more\n"
					     "org 0x200000\n"
					     "more:\n"
					     "ccw1 cmd=e4 flags=sli count=64 data=id # behind\n"
					     "orb key=3 pfch=0 spnd lpm=80\n"
					     "expect dstat=0c cstat=0 cpa=more+8 start=0\n"),
				m, kSize);
	const auto id = static_cast<std::uint32_t>(a.buffers.at(0).gpa);

	CHECK(a.ccws == 3 && a.orb.fmt && !a.orb.pfch && a.orb.spnd && a.orb.key == 3 && a.orb.lpm == 0x80);
	CHECK(load64(m.at(a.orb.cpa, 8)) == (0x0360000100000000ull | (id + 8)));
	CHECK(load64(m.at(a.orb.cpa + 8, 8)) == 0x0800000000200000ull);
	CHECK(load64(m.at(0x200000, 8)) == (0xe420004000000000ull | id));
	CHECK(a.expectations.size() == 1 && a.expectations[0].cpa == 0x200008u && a.expectations[0].dstat == 0x0cu);
	CHECK(*m.at(id + 63, 1) == 0xff);
}

static void repeated()
{
	FakeBackend fake;
	GuestMemory m(fake);
	m.add(0, kSize, true);
	const auto a = assemble(parse_script("buf b size=8 hex=0102\nrepeat 3\nl%i:\n"
					     "ccw0 cmd=03 flags=cc,sli count=1 data=b\ntic to=l%n\nend\n"
					     "l3: \nccw0 cmd=03 flags=20 count=1 data=b\n"),
				m, kSize);

	CHECK(a.ccws == 7 && !a.orb.fmt);
	CHECK(load32(m.at(a.orb.cpa + 8, 4)) == (0x08000000u | (a.orb.cpa + 16)));
	CHECK(load32(m.at(a.orb.cpa + 40, 4)) == (0x08000000u | (a.orb.cpa + 48)));
	CHECK(load16(m.at(a.buffers[0].gpa, 2)) == 0x0102);
}

static void lists_and_areas()
{
	FakeBackend fake;
	GuestMemory m(fake);
	m.add(0, kSize, true);
	const auto a = assemble(parse_script("buf b size=8192 align=4096\nbuf r size=16 hex=aabb ro\n"
					     "idal i kind=2k data=b+4 len=4096\nmidal w b:8 b+64:16:skip\n"
					     "ccw1 cmd=02 flags=ida count=4096 data=i\n"
					     "store 0x300000 hex=cafe\nexpect data=b hex=0000\n"),
				m, kSize + 4096);

	CHECK(a.orb.c64 && a.orb.i2k && a.orb.midaw && fake.maps == 2);
	CHECK(a.buffers[1].gpa == kSize + 4096 && *m.at(kSize + 4096, 1) == 0xaa);
	CHECK(load16(m.at(0x300000, 2)) == 0xcafe);
	CHECK(a.expectations[0].data == a.buffers[0].gpa);
}

static void errors()
{
	const auto said = [](const char *text) {
		return usage_of([&] {
			FakeBackend fake;
			GuestMemory m(fake);
			m.add(0, kSize, true);
			assemble(parse_script(text), m, kSize);
		});
	};

	CHECK(said("ccw1 cmd=03\nccw1 cmd=03 data=x\n") == "line 2: nothing is called 'x'");
	CHECK(said("ccw1 cmd=03\nnonsense\n") == "line 2: 'nonsense' is no statement, or lacks a word");
	CHECK(said("ccw1 count=1\n") == "line 1: 'ccw1' needs cmd=");
	CHECK(said("ccw1 cmd=03 count=65536\n") == "line 1: count= is at most 65535");
	CHECK(said("ccw1 cmd=03 cmd=04\n") == "line 1: cmd= is given twice");
	CHECK(said("ccw1 cmd=03\nccw0 cmd=03\n") == "line 2: a program has CCWs of one format only");
	CHECK(said("a:\na:\nccw1 cmd=03\n") == "line 2: 'a' is defined twice");
	CHECK(said("repeat 2\nccw1 cmd=03\n") == "line 1: 'repeat' without 'end'");
	CHECK(said("end\n") == "line 1: 'end' without 'repeat'");
	CHECK(said("repeat 99999999\nccw1 cmd=03\nend\n") != "");
	CHECK(said("buf b\nccw1 cmd=03\n") == "line 1: size= is missing or wrong");
	CHECK(said("ccw1 cmd=03\norb shiny\n") == "line 2: the ORB has no flag 'shiny'");
	CHECK(said("buf b size=8\n") == "the program has no CCW");
	CHECK(said("org 0x7ffffff8\nccw1 cmd=03\n") != "");
	CHECK(said("") != "");
}

void test_script()
{
	example();
	repeated();
	lists_and_areas();
	errors();
}

} // namespace client::test
