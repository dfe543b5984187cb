// SPDX-License-Identifier: GPL-2.0-only
// Sense data of the 3370 (3880 Storage Control Reference, GA26-1661, as the kernel's
// dasd_3370_erp.c reads it) and of the 9336, whose first bytes mean the same to Hercules
// (fbadasd.c).
#include "bits.hpp"
#include "sense.hpp"

namespace client {

namespace {

constexpr BitName kByte1[] = {
	{0x80, "permanent error"}, {0x40, "invalid block size"}, {0x10, "message to the operator"},
	{0x08, "no record found"}, {0x04, "file protected"},	 {0x02, "write inhibited"},
	{0x01, "operation incomplete"},
};
constexpr BitName kByte2[] = {{0x80, "check data error"}, {0x40, "correctable"}, {0x10, "environmental data present"}};

} // namespace

void add_fba_sense(std::vector<std::string> &words, std::span<const std::uint8_t> b)
{
	static const char *const rejects[] = {"", "invalid command", "invalid sequence of commands",
					      "the CCW's count is too small", "invalid parameter",
					      "the file mask forbids the command"};

	if (b.size() > 1)
		for (const auto &w : bit_words(b[1], kByte1))
			words.push_back(w);
	if (b.size() > 2)
		for (const auto &w : bit_words(b[2], kByte2))
			words.push_back(w);
	// Format 0 in byte 7, as on a 3880: why a command was rejected.
	if (b.size() > 7 && (b[0] & 0x80) && b[7] && b[7] < std::size(rejects))
		words.emplace_back(rejects[b[7]]);
}

} // namespace client
