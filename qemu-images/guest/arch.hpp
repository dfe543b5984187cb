// SPDX-License-Identifier: GPL-2.0-only
// Storage formats of the channel subsystem (z/Architecture Principles of
// Operation, chapters 14 to 17), as the machine has them: big-endian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace guest {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

struct Psw {
	u64 mask;
	u64 address;
};
constexpr u64 kPsw64 = 0x0000000180000000;
constexpr u64 kPswWait = 0x0002000000000000;
constexpr u64 kPswIo = 0x0200000000000000;
constexpr u64 kPswExternal = 0x0100000000000000;

// Operation-request block. Bits of word 1.
struct alignas(8) Orb {
	u32 intparm = 0;
	u32 control = 0;
	u32 cpa = 0;
	u32 reserved[5] = {};
};
constexpr u32 kOrbSuspend = 0x08000000;
constexpr u32 kOrbFormat1 = 0x00800000;
constexpr u32 kOrbPrefetch = 0x00400000;
constexpr u32 kOrbIda64 = 0x00020000;
constexpr u32 kOrbIda2K = 0x00010000;
constexpr u32 kOrbAnyPath = 0x0000ff00;
constexpr u32 kOrbExtended = 0x00000001;

// Subchannel-status word.
struct Scsw {
	u32 control;
	u32 cpa;
	u32 status; // device status, subchannel status, residual count

	constexpr u8 dstat() const { return static_cast<u8>(status >> 24); }
	constexpr u8 cstat() const { return static_cast<u8>(status >> 16); }
	constexpr u16 count() const { return static_cast<u16>(status); }
};
// Of its first word.
constexpr u32 kFormat1 = 0x00800000;
constexpr u32 kPrefetch = 0x00400000;
constexpr u32 kEswFormat = 0x04000000;
constexpr u32 kDeferredCc3 = 0x03000000;
constexpr u32 kSenseThere = 0x00020000; // concurrent sense data in the ECW
constexpr u32 kPathNotOperational = 0x00008000;
constexpr u32 kStart = 0x00004000;
constexpr u32 kHalt = 0x00002000;
constexpr u32 kClear = 0x00001000;
constexpr u32 kFunctions = 0x00007000;
constexpr u32 kActivity = 0x00000fe0;
constexpr u32 kStartPending = 0x00000400;
constexpr u32 kSuspended = 0x00000020;
constexpr u32 kAlert = 0x00000010;
constexpr u32 kIntermediate = 0x00000008;
constexpr u32 kPrimary = 0x00000004;
constexpr u32 kSecondary = 0x00000002;
constexpr u32 kPending = 0x00000001;
constexpr u32 kStatusControl = 0x0000001f;
constexpr u32 kEnded = kPrimary | kSecondary | kPending;

constexpr u8 kChannelEnd = 0x08, kDeviceEnd = 0x04, kUnitCheck = 0x02, kUnitException = 0x01;
constexpr u8 kGood = kChannelEnd | kDeviceEnd;
constexpr u8 kProgramChecked = 0x20, kPci = 0x80, kIncorrectLength = 0x40;

constexpr u32 kFirstPathUsed = 0x00800000; // ESW word 0

struct alignas(8) Irb {
	Scsw scsw;
	u32 esw[5];
	u32 ecw[8];
	u32 emw[8];
};

// Subchannel-information block; the path-management words only by field.
struct alignas(8) Schib {
	u32 intparm;
	u16 flags;
	u16 devno;
	u8 lpm, pnom, lpum, pim;
	u16 mbi;
	u8 pom, pam;
	u8 chpid[8];
	u32 chars;
	Scsw scsw;
	u32 measurement[3];
};
static_assert(sizeof(Schib) == 56 && offsetof(Schib, scsw) == 28);
constexpr u16 kEnabled = 0x0080;
constexpr u16 kDeviceValid = 0x0001;
constexpr unsigned kIscShift = 11;
constexpr u32 kConcurrentSense = 0x00000001; // of chars

enum Flag : u8 {
	kDataChain = 0x80,
	kChain = 0x40,
	kSli = 0x20,
	kSkip = 0x10,
	kFlagPci = 0x08,
	kIda = 0x04,
	kSuspend = 0x02,
};

struct alignas(8) Ccw1 {
	u8 command;
	u8 flags;
	u16 count;
	u32 data;
};

struct alignas(8) Ccw0 {
	u32 command_data; // command, 24 bits of address
	u8 flags;
	u8 reserved;
	u16 count;
};
static_assert(sizeof(Ccw1) == 8 && sizeof(Ccw0) == 8);

// Channel-command codes that the emulated devices know.
constexpr u8 kNop = 0x03, kTic = 0x08, kSense = 0x04, kSenseId = 0xe4;

} // namespace guest
