// SPDX-License-Identifier: GPL-2.0-only
// The C library chooses among its copy loops by the processor, and with them
// the number of instructions.  These are the same everywhere.
#include <cstddef>
#include <cstdint>

extern "C" {

void *memcpy(void *__restrict to, const void *__restrict from, std::size_t n)
{
	using Word = std::uint64_t __attribute__((may_alias, aligned(1)));
	auto *t = static_cast<unsigned char *>(to);
	auto *f = static_cast<const unsigned char *>(from);

	for (; n >= 8; n -= 8, t += 8, f += 8)
		*reinterpret_cast<Word *>(t) = *reinterpret_cast<const Word *>(f);
	while (n--)
		*t++ = *f++;
	return to;
}

void *memset(void *to, int value, std::size_t n)
{
	using Word = std::uint64_t __attribute__((may_alias, aligned(1)));
	auto *t = static_cast<unsigned char *>(to);
	const Word eight = 0x0101010101010101u * static_cast<unsigned char>(value);

	for (; n >= 8; n -= 8, t += 8)
		*reinterpret_cast<Word *>(t) = eight;
	while (n--)
		*t++ = static_cast<unsigned char>(value);
	return to;
}
}
