// SPDX-License-Identifier: GPL-2.0-only
#include "ebcdic.hpp"

#include <cstring>

namespace client {

// Code page 037 (IBM's registry of code pages); what ASCII has no printable sign for is a dot.
static const char kSigns[] =
	"................................................................"
	" ...........<(+|&.........!$*);.-/.........,%_>?.........`:#@'=\""
	".abcdefghi.......jklmnopqr.......~stuvwxyz......^.........[]...."
	"{ABCDEFGHI......}JKLMNOPQR......\\.STUVWXYZ......0123456789......";
static_assert(sizeof(kSigns) == 257);

char ebcdic_char(std::uint8_t b)
{
	return kSigns[b];
}

std::string ebcdic_text(std::span<const std::uint8_t> bytes)
{
	std::string s;

	for (const auto b : bytes)
		s += ebcdic_char(b);
	return s;
}

std::vector<std::uint8_t> to_ebcdic(const std::string &text)
{
	std::vector<std::uint8_t> out;

	for (const char c : text) {
		const void *const p = c == '.' ? nullptr : std::memchr(kSigns, c, 256);
		out.push_back(c == '.' ? 0x4b : p ? static_cast<std::uint8_t>(static_cast<const char *>(p) - kSigns) : 0x6f);
	}
	return out;
}

std::string trimmed(std::string text)
{
	text.erase(text.find_last_not_of(" .") + 1);
	text.erase(0, text.find_first_not_of(" "));
	return text;
}

} // namespace client
