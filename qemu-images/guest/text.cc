// SPDX-License-Identifier: GPL-2.0-only
#include "console.hpp"

namespace guest {

namespace {

constexpr unsigned kLongest = 4000;
char line[kLongest + 1];
unsigned used;

} // namespace

void put(const char *text)
{
	while (*text && used < kLongest)
		line[used++] = *text++;
}

void put(u64 value)
{
	char digits[21];
	unsigned n = sizeof(digits) - 1;
	digits[n] = 0;
	do
		digits[--n] = static_cast<char>('0' + value % 10);
	while (value /= 10);
	put(digits + n);
}

void put(Hex value)
{
	for (unsigned n = value.digits; n-- && used < kLongest;)
		line[used++] = "0123456789abcdef"[value.value >> (4 * n) & 15];
}

void put(Bytes bytes)
{
	for (unsigned i = 0; i < bytes.length; i++) {
		if (i)
			put(" ");
		put(hex(bytes.data[i], 2));
	}
}

void end_line()
{
	line[used++] = '\n';
	line_out(line, used);
	used = 0;
}

} // namespace guest
