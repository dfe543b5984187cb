// SPDX-License-Identifier: GPL-2.0-only
// Lines of text (text.cc), and where they go: here to the machine's ASCII console, through the
// service-call facility.
#pragma once

#include "arch.hpp"

namespace guest {

void console_open();

// True once after the operator asked the machine to shut down.
bool shutdown_asked();

// Size of the machine's storage in bytes.
u64 storage_size();

struct Hex {
	u64 value;
	unsigned digits;
};
constexpr Hex hex(u64 value, unsigned digits)
{
	return {value, digits};
}

struct Bytes {
	const u8 *data;
	unsigned length;
};

// A line is collected and goes out as one.
void put(const char *text);
void put(u64 value);
void put(Hex value);
void put(Bytes bytes);
inline void put(int value)
{
	put(static_cast<u64>(value));
}
inline void put(unsigned value)
{
	put(u64{value});
}
void end_line();
// At most 4001 bytes, the last of them a newline.
void line_out(const char *line, unsigned length);

template <class... T> void say(const T &...parts)
{
	(put(parts), ...);
	end_line();
}

} // namespace guest
