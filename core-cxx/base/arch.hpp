// SPDX-License-Identifier: GPL-2.0-only
// Architected areas: ORB, CCW, MIDAW, SCSW, IRB, SCHIB.
// z/Architecture Principles of Operation, "I/O Instructions" and "Basic I/O
// Functions" (ORB, CCW, IDAW, MIDAW), "I/O Interruptions" (SCSW, ESW).
#pragma once

#include "types.hpp"

namespace vccw {

// --- operation-request block, word 1 ------------------------------------
namespace orb {
constexpr u32 kSuspend = 1u << 27;    // S: suspend control
constexpr u32 kFormat1 = 1u << 23;    // F: format-1 CCWs
constexpr u32 kPrefetch = 1u << 22;   // P: prefetching allowed
constexpr u32 kAddrLimit = 1u << 20;  // A: address-limit checking
constexpr u32 kTransport = 1u << 18;  // B: channel-program type
constexpr u32 kFormat2Ida = 1u << 17; // H: format-2 IDAWs
constexpr u32 kIda2K = 1u << 16;      // T: 2K blocks (with H)
constexpr u32 kSuppressIl = 1u << 7;  // L: incorrect-length suppression
constexpr u32 kMidaw = 1u << 6;       // D: MIDAWs allowed
constexpr u32 kReserved = 0x3eu;
constexpr u32 kExtension = 1u; // X: a longer ORB follows
constexpr u8 lpm(u32 word1)
{
	return static_cast<u8>(word1 >> 8);
}
// Of storage; 0 fits all of it.
constexpr u32 key(u32 word1)
{
	return word1 >> 28;
}
} // namespace orb

struct Orb {
	Be32 intparm;
	Be32 word1;
	Be32 cpa;
};
static_assert(sizeof(Orb) == VCCW_ORB_SIZE);

// --- channel-command word, format 1 -----------------------------------------
namespace ccw {
constexpr u8 kDataChain = 0x80;
constexpr u8 kCommandChain = 0x40;
constexpr u8 kSkip = 0x10;
constexpr u8 kIda = 0x04;
constexpr u8 kSuspend = 0x02;
constexpr u8 kMida = 0x01;
constexpr u8 kChain = kDataChain | kCommandChain;
constexpr u8 kCmdTic = 0x08;
constexpr u8 kCmdNop = 0x03;
// MIDA excludes IDA and skip (Hercules channel.c; PoP, "CCW Format").
constexpr bool is_mida_amiss(u8 flags)
{
	return (flags & kMida) && (flags & (kIda | kSkip));
}
} // namespace ccw

struct Ccw {
	u8 cmd;
	u8 flags;
	Be16 count;
	Be32 cda;
};
static_assert(sizeof(Ccw) == 8);

constexpr u64 kEnd31 = 1ull << 31; // first address that a format-1 CCW can't give
constexpr u64 kEnd24 = 1ull << 24; // ... a format-0 CCW

// --- modified indirect-data-address word --------------------------------
namespace midaw {
constexpr u64 kCount = 0xffff;
constexpr u64 kLast = 1ull << 23;
constexpr u64 kSkip = 1ull << 22;
constexpr u64 kReserved = ~u64{0} << 24 | u64{0x1f} << 16;
} // namespace midaw

struct Midaw {
	Be64 head; // flags and count
	Be64 addr;
};
static_assert(sizeof(Midaw) == 16);

// --- subchannel-status word ----------------------------------------------
namespace scsw {
constexpr u32 kFormat1 = 1u << 23;
constexpr u32 kPrefetch = 1u << 22;
constexpr u32 kAddrLimit = 1u << 20;
constexpr u32 kFctlStart = 4, kFctlHalt = 2, kFctlClear = 1;
constexpr u32 kFctlAny = 7;
// Activity control.
constexpr u32 kResumePending = 0x40;
constexpr u32 kStartPending = 0x20;
constexpr u32 kHaltPending = 0x10;
constexpr u32 kClearPending = 0x08;
constexpr u32 kSubchannelActive = 0x04;
constexpr u32 kDeviceActive = 0x02;
constexpr u32 kSuspended = 0x01;
// Status control.
constexpr u32 kStctlAlert = 0x10, kStctlIntermediate = 8, kStctlPrimary = 4;
constexpr u32 kStctlSecondary = 2, kStctlPending = 1;
constexpr u32 kStctlAny = 0x1f;
constexpr u32 kDstatDeviceEnd = 0x04000000;
constexpr u32 kCstatInterfaceCheck = 2u << 16; // in word 2
constexpr u32 kEswFormat = 1u << 26;           // L
constexpr u32 kExtendedControl = 1u << 17;     // E: the ECW has sense data or more
// Word 0 with these fields; the deferred condition code is 0 to 3.
constexpr u32 word0(u32 fctl, u32 actl, u32 stctl, u32 deferred_cc = 0)
{
	return deferred_cc << 24 | fctl << 12 | actl << 5 | stctl;
}
constexpr u32 fctl(u32 w0)
{
	return w0 >> 12 & 7;
}
constexpr u32 actl(u32 w0)
{
	return w0 >> 5 & 0x7f;
}
constexpr u32 stctl(u32 w0)
{
	return w0 & 0x1f;
}
} // namespace scsw

struct Scsw {
	Be32 word0;
	Be32 cpa;
	Be32 word2; // device status, subchannel status, residual count
};
static_assert(sizeof(Scsw) == VCCW_SCSW_SIZE);

struct Irb {
	Scsw scsw;
	Be32 esw[5];
	u8 ecw[32];
};
static_assert(sizeof(Irb) == VCCW_IRB_SIZE);

namespace esw {
constexpr u32 kLastPathValid = 1u << 14;     // word 0, field validity: the last-path-used mask
constexpr u32 kLastPathShift = 16;           // ... where that begins
constexpr u32 kFailingAddrValid = 1u << 25;  // ERW: failing-storage address
constexpr u32 kSecondaryCcwValid = 1u << 23; // ERW: secondary-CCW address
constexpr u32 kFailingAddrFormat = 1u << 22;
} // namespace esw

// SCHIB: PMCW (28 bytes), SCSW (12), model-dependent area (12).
namespace schib {
constexpr u32 kIntparm = 0;
constexpr u32 kLastPathUsed = 10; // LPUM
constexpr u32 kPathsAvailable = 15; // PAM
constexpr u32 kScsw = 28;
constexpr u32 kMeasurementBlock = 40; // 8 bytes: a host address
} // namespace schib

} // namespace vccw
