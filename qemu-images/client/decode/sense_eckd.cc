// SPDX-License-Identifier: GPL-2.0-only
// Sense data of disks behind a 3990 (3990/9390 Storage Control Reference, GA32-0274, in the
// 24-byte form).  The bits and the messages of formats 0 to F are those that the kernel's
// asm/ccwdev.h and dasd_3990_erp.c know; which of the two lists of format 0 a message comes
// from is Hercules' reading (ckddasd.c): the second one is for the operator.
#include <cstdio>
#include <iterator>

#include "../base/bytes.hpp"
#include "bits.hpp"
#include "sense.hpp"

namespace client {

namespace {

constexpr BitName kByte0[] = {{0x01, "incomplete domain"}};
constexpr BitName kByte1[] = {
	{0x80, "permanent error"},	  {0x40, "invalid track format"}, {0x20, "end of cylinder"},
	{0x08, "no record found"},	  {0x04, "file protected"},	  {0x02, "write inhibited"},
	{0x01, "imprecise ending"},	  {0x10, "message to the operator"},
};
constexpr BitName kByte2[] = {
	{0x80, "request to inhibit writing"}, {0x40, "correctable"}, {0x20, "first logged error"},
	{0x10, "environmental data present"}, {0x04, "imprecise ending"},
};

struct Message {
	unsigned format, number;
	const char *text;
};

constexpr Message kMessages[] = {
	{0x0, 0x1, "invalid command"},
	{0x0, 0x2, "invalid sequence of commands"},
	{0x0, 0x3, "the CCW's count is too small"},
	{0x0, 0x4, "invalid parameter"},
	{0x0, 0x5, "the file mask forbids the command"},
	{0x0, 0x7, "wrong CCW at the retry"},
	{0x0, 0x8, "reset notification"},
	{0x0, 0x9, "storage path restarted"},
	{0x0, 0xa, "requested by the channel"},
	{0x0, 0xb, "invalid pointer to a defective or alternate track"},
	{0x0, 0xc, "installation check of dynamic path selection"},
	{0x0, 0xe, "command invalid at a secondary address"},
	{0x0, 0xf, "status not as required"},
	{0x1, 0x1, "device status 1 not as expected"},
	{0x1, 0x3, "index missing"},
	{0x1, 0x4, "interruption cannot be reset"},
	{0x1, 0x5, "no answer to the selection"},
	{0x1, 0x6, "device check 2, or set sector incomplete"},
	{0x1, 0x7, "head address differs"},
	{0x1, 0x8, "device status 1 invalid"},
	{0x1, 0x9, "device not ready"},
	{0x1, 0xa, "physical address of the track differs"},
	{0x1, 0xb, "device address bit missing"},
	{0x1, 0xc, "motor switch off"},
	{0x1, 0xd, "seek incomplete"},
	{0x1, 0xe, "cylinder address differs"},
	{0x1, 0xf, "offset cannot be reset"},
	{0x2, 0x8, "storage control check 2"},
	{0x2, 0xe, "support facility error"},
	{0x2, 0xf, "error found by microcode"},
	{0x3, 0xf, "allegiance ended"},
	{0x6, 0x0, "overrun on channel A"},
	{0x6, 0x1, "overrun on channel B"},
	{0x6, 0x2, "overrun on channel C"},
	{0x6, 0x3, "overrun on channel D"},
	{0x7, 0xc, "path error: no controller"},
	{0x8, 0x1, "hardware fault in error correction"},
	{0x8, 0x8, "short busy for too long"},
	{0x9, 0x6, "device check 2"},
	{0x9, 0x7, "head address differs"},
	{0x9, 0xa, "physical address of the track differs"},
	{0x9, 0xe, "cylinder address differs"},
	{0xf, 0x0, "operation ended"},
	{0xf, 0x1, "processing error in the subsystem"},
	{0xf, 0x2, "cache or nonvolatile storage failed"},
	{0xf, 0x4, "caching ended"},
	{0xf, 0x6, "cache fast write not authorized"},
	{0xf, 0x7, "track format incorrect"},
	{0xf, 0x9, "caching begun again"},
	{0xf, 0xa, "nonvolatile storage ended"},
	{0xf, 0xb, "volume in suspended duplex"},
	{0xf, 0xc, "subsystem status unknown"},
	{0xf, 0xd, "caching status reset"},
	{0xf, 0xe, "fast write inhibited"},
};

constexpr Message kForOperator[] = {
	{0x0, 0x1, "device error"},
	{0x0, 0x3, "device fenced"},
	{0x0, 0x4, "data pinned"},
};

template <std::size_t N> const char *find(const Message (&list)[N], unsigned format, unsigned number)
{
	for (const auto &m : list)
		if (m.format == format && m.number == number)
			return m.text;
	return nullptr;
}

// Formats 4 and 5 are built of parts.
std::string data_check(unsigned format, unsigned number)
{
	static const char *const areas[] = {"home address", "count", "key", "data"};
	std::string s = (number & 4) && format == 4 ? "no sync byte in the " : "error in the ";

	s += areas[number & 3];
	return s + ((number & 8) ? " area, offset active" : " area");
}

std::string message(std::span<const std::uint8_t> b)
{
	const unsigned format = b[7] >> 4, number = b[7] & 0xf;
	const bool for_operator = (b[1] & 0x10) && !(b[0] & 0x80) && format == 0;

	if (format == 4 || format == 5)
		return data_check(format, number);
	const char *text = for_operator ? find(kForOperator, format, number) : find(kMessages, format, number);
	if (text)
		return text;
	return format || number ? "format " + std::to_string(format) + ", message " + std::to_string(number) : "";
}

// Cylinder and head, where the 24-byte form says them whole.
std::string place(std::span<const std::uint8_t> b)
{
	return "at cylinder " + std::to_string(load16(&b[29])) + " head " + std::to_string(b[31]);
}

} // namespace

void add_eckd_sense(std::vector<std::string> &words, std::span<const std::uint8_t> b)
{
	for (const auto &w : bit_words(b[0], kByte0))
		words.push_back(w);
	if (b.size() > 1)
		for (const auto &w : bit_words(b[1], kByte1))
			words.push_back(w);
	if (b.size() > 2)
		for (const auto &w : bit_words(b[2], kByte2))
			words.push_back(w);
	const bool whole = b.size() >= 32;
	if (whole && !(b[27] & 0x80)) { // byte 27 bit 0: 24 bytes with their meaning of old
		char text[64];
		std::snprintf(text, sizeof(text), "32-byte form, program action code %02x", b[25]);
		words.emplace_back(text);
		return;
	}
	if (b.size() > 7) {
		const std::string m = message(b);
		if (!m.empty())
			words.push_back(m);
	}
	if (whole && !words.empty())
		words.push_back(place(b));
}

} // namespace client
