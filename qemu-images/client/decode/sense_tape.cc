// SPDX-License-Identifier: GPL-2.0-only
// Sense data of 3480, 3490 (3490E Hardware Reference, GA32-0127) and 3590 (GA32-0331) tapes:
// byte 3 is the error recovery action.  The names are the kernel's (tape_34xx.c), Hercules'
// (tapedev.h) and the manuals' in other words.
#include <cstdio>

#include "../base/bytes.hpp"
#include "bits.hpp"
#include "sense.hpp"

namespace client {

namespace {

constexpr BitName kByte0[] = {{0x02, "deferred unit check"}, {0x01, "assigned elsewhere"}};
constexpr BitName kByte1[] = {
	{0x80, "locate failed"}, {0x10, "blocks out of sequence"}, {0x08, "at the beginning of the tape"},
	{0x02, "write protected"}, {0x01, "not capable"},
};

struct Action {
	unsigned code;
	const char *text;
};

constexpr Action kActions[] = {
	{0x21, "data streaming not operational"}, {0x22, "path equipment check"},
	{0x23, "data check at a read"},		  {0x24, "load display check"},
	{0x25, "data check at a write"},	  {0x26, "read the other way"},
	{0x27, "unknown command"},		  {0x28, "no identification mark written"},
	{0x29, "function incompatible"},	  {0x2a, "environmental data, not asked for"},
	{0x2b, "environmental data"},		  {0x2c, "permanent equipment check"},
	{0x2d, "erase for security failed"},	  {0x2e, "not capable: tape of another density"},
	{0x30, "write protected"},		  {0x31, "tape void"},
	{0x32, "tension lost"},			  {0x33, "load failed"},
	{0x34, "unload failed"},		  {0x35, "drive equipment check"},
	{0x36, "end of data"},			  {0x37, "wrong tape length"},
	{0x38, "physical end of tape"},		  {0x39, "backward at the beginning of the tape"},
	{0x3a, "drive switched to not ready"},	  {0x3b, "rewound or unloaded by hand"},
	{0x40, "overrun"},			  {0x41, "blocks out of sequence"},
	{0x42, "degraded mode"},		  {0x43, "drive not ready, or no tape in it"},
	{0x44, "block to locate not found"},	  {0x45, "drive assigned elsewhere"},
	{0x46, "drive not online"},		  {0x47, "volume fenced"},
	{0x48, "control unit asks for a retry"},  {0x49, "bus-out check"},
	{0x4a, "recovery by the control unit failed"}, {0x4b, "control unit and drive incompatible"},
	{0x4c, "recovered check-one failure"},	  {0x4d, "resetting event"},
	{0x4e, "block too long"},		  {0x50, "buffered log full"},
	{0x51, "buffered log at the end of the volume"}, {0x52, "end of the volume complete"},
	{0x53, "intercepted for all commands"},	  {0x54, "channel interface error, recovered"},
	{0x55, "channel interface error"},	  {0x56, "channel protocol error"},
	{0x57, "intercepted for all status"},	  {0x5a, "tape too long for the drive"},
	{0x5b, "format of another drive"},	  {0x5d, "tape length violated"},
	{0x5e, "compaction unknown"},
};

} // namespace

void add_tape_sense(std::vector<std::string> &words, std::span<const std::uint8_t> b)
{
	for (const auto &w : bit_words(b[0], kByte0))
		words.push_back(w);
	if (b.size() > 3 && b[3]) {
		std::string text;
		for (const auto &a : kActions)
			if (a.code == b[3])
				text = a.text;
		if (text.empty())
			text = "error recovery action " + to_hex(b[3], 2);
		words.push_back(text);
	}
	if (b.size() > 1)
		for (const auto &w : bit_words(b[1], kByte1))
			words.push_back(w);
}

} // namespace client
