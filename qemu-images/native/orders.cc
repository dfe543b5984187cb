// SPDX-License-Identifier: GPL-2.0-only
#include "orders.hpp"

namespace native {

namespace {

constexpr u64 kInitrdWords = 0x10408; // as of a kernel for s390x: address, size
constexpr unsigned kHeader = 110, kSizeAt = 54, kNameSizeAt = 94, kDigits = 8;

bool blank(char c)
{
	return c == ' ' || c == '\t';
}

u32 up4(u32 n)
{
	return (n + 3) & ~u32{3};
}

} // namespace

Text Text::word()
{
	while (length && blank(*at))
		at++, length--;
	Text w{at, 0};
	while (length && !blank(*at))
		at++, length--, w.length++;
	return w;
}

Text Text::line()
{
	Text l{at, 0};
	while (length && *at != '\n')
		at++, length--, l.length++;
	if (length)
		at++, length--;
	return l;
}

bool Text::is(const char *other) const
{
	unsigned i = 0;
	while (i < length && other[i] && at[i] == other[i])
		i++;
	return i == length && !other[i];
}

u32 Text::hex() const
{
	u32 v = 0;
	for (unsigned i = 0; i < length; i++) {
		const char c = at[i];
		v = v << 4 | static_cast<u32>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return v;
}

const u8 *loaded_image()
{
	u64 word = kInitrdWords;
	asm("" : "+r"(word));
	return reinterpret_cast<const u8 *>(*reinterpret_cast<const u64 *>(word));
}

Text file_of_archive(const u8 *archive, const char *path)
{
	const char *at = reinterpret_cast<const char *>(archive);

	while (Text{at, 6}.is("070701")) {
		const u32 size = Text{at + kSizeAt, kDigits}.hex(), name = Text{at + kNameSizeAt, kDigits}.hex();
		const Text text{at + up4(kHeader + name), size};
		if (Text{at + kHeader, name - 1}.is(path))
			return text;
		at = text.at + up4(size);
	}
	return {};
}

u16 devno_of(Text bus_id)
{
	return static_cast<u16>(bus_id.length < 4 ? 0 : Text{bus_id.at + bus_id.length - 4, 4}.hex());
}

} // namespace native
