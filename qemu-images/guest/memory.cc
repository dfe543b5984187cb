// SPDX-License-Identifier: GPL-2.0-only
// What the compiler may call where there is no library.
#include <cstddef>

extern "C" {

void *memcpy(void *to, const void *from, std::size_t n)
{
	auto *t = static_cast<char *>(to);
	const auto *f = static_cast<const char *>(from);
	for (; n; n--)
		*t++ = *f++;
	return to;
}

void *memset(void *to, int value, std::size_t n)
{
	auto *t = static_cast<char *>(to);
	for (; n; n--)
		*t++ = static_cast<char>(value);
	return to;
}

int memcmp(const void *a, const void *b, std::size_t n)
{
	const auto *x = static_cast<const unsigned char *>(a);
	const auto *y = static_cast<const unsigned char *>(b);
	for (; n; n--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}
}
