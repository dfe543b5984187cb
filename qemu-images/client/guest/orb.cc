// SPDX-License-Identifier: GPL-2.0-only
#include "orb.hpp"

#include "../base/bytes.hpp"

namespace client {

namespace {
struct Flag {
	const char *name;
	bool Orb::*member;
	std::uint32_t bit;
};

const Flag kFlags[] = {
	{"spnd", &Orb::spnd, 0x08000000},  {"strm", &Orb::strm, 0x04000000},
	{"modif", &Orb::modif, 0x02000000}, {"sync", &Orb::sync, 0x01000000},
	{"fmt1", &Orb::fmt, 0x00800000},   {"pfch", &Orb::pfch, 0x00400000},
	{"isic", &Orb::isic, 0x00200000},  {"alcc", &Orb::alcc, 0x00100000},
	{"ssic", &Orb::ssic, 0x00080000},  {"transport", &Orb::transport, 0x00040000},
	{"c64", &Orb::c64, 0x00020000},    {"i2k", &Orb::i2k, 0x00010000},
	{"ils", &Orb::ils, 0x00000080},    {"midaw", &Orb::midaw, 0x00000040},
	{"orbx", &Orb::extended, 0x00000001},
};
} // namespace

std::array<std::uint8_t, 12> Orb::encode() const
{
	std::array<std::uint8_t, 12> b{};
	std::uint32_t w = ((key & 0xf) << 28) | ((lpm & 0xff) << 8);

	for (const auto &f : kFlags)
		if (this->*f.member)
			w |= f.bit;
	store32(&b[0], intparm);
	store32(&b[4], w);
	store32(&b[8], cpa);
	return b;
}

Value Orb::value() const
{
	Value v = Value::object();
	std::vector<std::string> on;

	for (const auto &f : kFlags)
		if (this->*f.member)
			on.emplace_back(f.name);
	v.set("key", key).set("lpm", Value::hex(lpm, 2)).set("flags", Value::words(on));
	v.set("cpa", Value::hex(cpa, 8));
	return v;
}

bool Orb::set_flag(const std::string &name, bool on)
{
	for (const auto &f : kFlags) {
		if (name == f.name) {
			this->*f.member = on;
			return true;
		}
	}
	return false;
}

} // namespace client
