// SPDX-License-Identifier: GPL-2.0-only
#include "../base/bytes.hpp"
#include "../guest/chain.hpp"
#include "../guest/indirect.hpp"
#include "../guest/orb.hpp"
#include "check.hpp"
#include "fake_backend.hpp"

namespace client::test {

static void orb()
{
	Orb o;

	o.cpa = 0x12345678;
	CHECK(load32(&o.encode()[4]) == 0x00c0ff00 && load32(&o.encode()[8]) == 0x12345678);
	o.key = 0xa;
	o.spnd = o.c64 = o.i2k = o.midaw = o.ils = true;
	o.pfch = false;
	o.lpm = 0x80;
	CHECK(load32(&o.encode()[4]) == 0xa88380c0);
	CHECK(o.set_flag("pfch", true) && o.pfch && !o.set_flag("nonsense", true));
}

static void ccws()
{
	std::uint8_t b[8];

	encode_ccw(b, {0xe4, kCcwSli | kCcwCc, 64, 0x00123456}, true);
	CHECK(load64(b) == 0xe460004000123456ull);
	encode_ccw(b, {0xe4, kCcwSli, 64, 0xff123456}, false);
	CHECK(load64(b) == 0xe412345620000040ull);
}

static void indirect()
{
	CHECK(idaws_for(IdaKind::kFormat2Of4K, 0x10100, 0xf00).size() == 1);
	CHECK(idaws_for(IdaKind::kFormat2Of4K, 0x10100, 0xf01).size() == 2);
	const auto w = idaws_for(IdaKind::kFormat1, 0x10100, 4096);
	CHECK(w.size() == 3 && w[0] == 0x10100 && w[1] == 0x10800 && w[2] == 0x11000);
	CHECK(idaws_for(IdaKind::kFormat2Of2K, 0x10000, 0).size() == 1);
	CHECK(idaws_for(IdaKind::kFormat2Of4K, 0x10000, 65535).size() == 16);
}

static void memory()
{
	FakeBackend fake;
	{
		GuestMemory m(fake);
		CHECK(m.add(0, 1 << 20, true) == 0);
		CHECK(m.alloc(16) == GuestMemory::kFirst);
		CHECK(m.alloc(16, 4096) == GuestMemory::kFirst + 4096);
		m.reserve(GuestMemory::kFirst + 8192, 4096);
		CHECK(m.alloc(8192, 4096) == GuestMemory::kFirst + 3 * 4096);
		CHECK(usage_of([&] { m.alloc(1 << 20); }) != "");
		CHECK(usage_of([&] { m.at((1 << 20) - 4, 8); }) != "");
		CHECK(usage_of([&] { m.at(~0ull, 8); }) != "");
		CHECK(m.at((1 << 20) - 8, 8) != nullptr);
		CHECK(m.unmap(0, 4096) == -EINVAL && m.unmap(0, 1 << 20) == 0 && m.unmap(0, 1 << 20) == -EINVAL);
		CHECK(m.map_again(0, 1 << 20) == 0 && m.map_again(0, 1 << 20) == -EINVAL);
		const std::uint32_t list = make_idal(m, IdaKind::kFormat1, 0x10100, 4096);
		CHECK(load32(m.at(list + 4, 4)) == 0x10800);
		const std::uint32_t midal = make_midal(m, {{0, 8, 0x10000}, {Midaw::kSkip, 16, 0x20000}});
		CHECK(midal % 16 == 0 && load64(m.at(midal, 8)) == 8 && load64(m.at(midal + 8, 8)) == 0x10000);
		CHECK(load64(m.at(midal + 16, 8)) == 0xc00010);
		fake.answer = -ENOMEM;
		CHECK(m.add(1 << 24, 4096, true) == -ENOMEM);
	}
	CHECK(fake.maps == 2 && fake.unmaps == 1);	// what is mapped at the end goes with the back end
}

void test_guest()
{
	orb();
	ccws();
	indirect();
	memory();
}

} // namespace client::test
