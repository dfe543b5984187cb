// SPDX-License-Identifier: GPL-2.0-only
#include "names.hpp"

namespace guest {

namespace {

struct Bit {
	u32 bit;
	const char *name;
};
constexpr Bit kControlNames[] = {
	{kClear, "cleared"}, {kHalt, "halted"}, {kSenseThere, "sense data"}};
constexpr Bit kStatusNames[] = {
	{0x80000000, "attention"},
	{0x08000000, "channel end"},
	{0x04000000, "device end"},
	{0x02000000, "unit check"},
	{0x01000000, "unit exception"},
	{0x00800000, "program-controlled interruption"},
	{0x00400000, "incorrect length"},
	{0x00200000, "program check"},
	{0x00100000, "protection check"},
	{0x00080000, "channel-data check"},
	{0x00040000, "channel-control check"},
	{0x00020000, "interface-control check"},
};

template <unsigned n> void put_names(const Bit (&bits)[n], u32 word, const char *&before)
{
	for (const Bit &b : bits) {
		if (!(word & b.bit))
			continue;
		put(before);
		put(b.name);
		before = ", ";
	}
}

} // namespace

void put(const Scsw &scsw)
{
	const char *before = ": ";
	put_names(kControlNames, scsw.control, before);
	put_names(kStatusNames, scsw.status, before);
	if (scsw.count()) {
		put(before);
		put(u64{scsw.count()});
		put(" bytes left");
	}
}

} // namespace guest
