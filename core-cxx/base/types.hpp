// SPDX-License-Identifier: GPL-2.0-only
// Short integer names, big-endian storage, and the core's status type.
#pragma once

#include "../include/vccw_core.h"

#include <bit>
#include <type_traits>

namespace vccw {

using u8 = vccw_u8;
using u16 = vccw_u16;
using u32 = vccw_u32;
using u64 = vccw_u64;
using usize = vccw_size;

constexpr u32 kPage = 4096;

// A big-endian field of an architected area.  Byte-wise alignment is not
// assumed to be less than natural: areas are laid out by the architecture.
template <class T> constexpr T swap_if_little(T v)
{
	static_assert(std::is_unsigned_v<T>);
	if constexpr (std::endian::native == std::endian::big || sizeof(T) == 1)
		return v;
	else if constexpr (sizeof(T) == 2)
		return static_cast<T>(__builtin_bswap16(v));
	else if constexpr (sizeof(T) == 4)
		return static_cast<T>(__builtin_bswap32(v));
	else
		return static_cast<T>(__builtin_bswap64(v));
}

template <class T> class Be {
	T raw_;

public:
	constexpr operator T() const { return swap_if_little(raw_); }
	constexpr Be &operator=(T v)
	{
		raw_ = swap_if_little(v);
		return *this;
	}
};

using Be16 = Be<u16>;
using Be32 = Be<u32>;
using Be64 = Be<u64>;

// 0 or a negative errno; may not be ignored.
class [[nodiscard]] Status {
	int rc_;

public:
	constexpr Status(int rc) : rc_(rc > 0 ? -VCCW_EIO : rc) {}
	constexpr bool ok() const { return rc_ == 0; }
	constexpr int rc() const { return rc_; }
};

constexpr Status kOk{0};

constexpr u32 min_u32(u32 a, u32 b)
{
	return a < b ? a : b;
}

} // namespace vccw

// Returns the status of `expr` from the enclosing function unless it is ok.
#define VCCW_TRY(expr)                                                                             \
	do {                                                                                       \
		if (const ::vccw::Status try_status_{expr}; !try_status_.ok())                     \
			return try_status_;                                                        \
	} while (false)
