// SPDX-License-Identifier: GPL-2.0-only
// The I/O instructions (Principles of Operation, chapter 14); each returns the
// condition code.
#pragma once

#include "arch.hpp"

namespace guest {

// clang-format off
#define GUEST_CC "ipm %[cc]\n\tsrl %[cc],28"

inline int stsch(u32 id, Schib &s)
{
	register u32 r1 asm("1") = id;
	u32 cc;
	asm volatile("stsch %[s]\n\t" GUEST_CC : [cc] "=d"(cc), [s] "=Q"(s) : "d"(r1) : "cc", "memory");
	return static_cast<int>(cc);
}

inline int msch(u32 id, const Schib &s)
{
	register u32 r1 asm("1") = id;
	u32 cc;
	asm volatile("msch %[s]\n\t" GUEST_CC : [cc] "=d"(cc) : [s] "Q"(s), "d"(r1) : "cc", "memory");
	return static_cast<int>(cc);
}

inline int ssch(u32 id, const Orb &o)
{
	register u32 r1 asm("1") = id;
	u32 cc;
	asm volatile("ssch %[o]\n\t" GUEST_CC : [cc] "=d"(cc) : [o] "Q"(o), "d"(r1) : "cc", "memory");
	return static_cast<int>(cc);
}

inline int tsch(u32 id, Irb &i)
{
	register u32 r1 asm("1") = id;
	u32 cc;
	asm volatile("tsch %[i]\n\t" GUEST_CC : [cc] "=d"(cc), [i] "=Q"(i) : "d"(r1) : "cc", "memory");
	return static_cast<int>(cc);
}

#define GUEST_BARE(name)                                                                  \
	inline int name(u32 id)                                                           \
	{                                                                                 \
		register u32 r1 asm("1") = id;                                            \
		u32 cc;                                                                   \
		asm volatile(#name "\n\t" GUEST_CC : [cc] "=d"(cc) : "d"(r1) : "cc", "memory"); \
		return static_cast<int>(cc);                                              \
	}
GUEST_BARE(csch)
GUEST_BARE(hsch)
GUEST_BARE(rsch)
GUEST_BARE(xsch)
#undef GUEST_BARE
// clang-format on

inline int stcrw(u32 &crw)
{
	u32 cc;
	asm volatile("stcrw %[c]\n\t" GUEST_CC : [cc] "=d"(cc), [c] "=Q"(crw) : : "cc", "memory");
	return static_cast<int>(cc);
}

inline int servc(u32 command, void *block)
{
	u32 cc;
	asm volatile(".insn rre,0xb2200000,%[c],%[b]\n\t" GUEST_CC
		     : [cc] "=d"(cc)
		     : [c] "d"(command), [b] "a"(block)
		     : "cc", "memory");
	return static_cast<int>(cc);
}
#undef GUEST_CC

inline u64 clock()
{
	u64 t;
	asm volatile("stck %0" : "=Q"(t) : : "cc");
	return t;
}

inline void set_clock_comparator(u64 t)
{
	asm volatile("sckc %0" : : "Q"(t));
}

inline void set_control_register_0(u64 v)
{
	asm volatile("lctlg 0,0,%0" : : "Q"(v));
}
inline void set_control_register_6(u64 v)
{
	asm volatile("lctlg 6,6,%0" : : "Q"(v));
}

} // namespace guest
