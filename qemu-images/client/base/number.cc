// SPDX-License-Identifier: GPL-2.0-only
#include "number.hpp"

#include <cstdlib>

#include "error.hpp"

namespace client {

std::uint64_t parse_number(const std::string &text, const std::string &what, int base)
{
	char *end = nullptr;
	// strtoull would take a leading 0 for octal.
	const int b = base ? base : text.rfind("0x", 0) == 0 ? 16 : 10;

	errno = 0;
	const unsigned long long n = std::strtoull(text.c_str(), &end, b);
	if (text.empty() || text[0] == '-' || text[0] == ' ' || *end || errno)
		throw usage_error("'" + text + "' is no number for " + what);
	return n;
}

} // namespace client
