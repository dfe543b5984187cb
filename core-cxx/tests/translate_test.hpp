// SPDX-License-Identifier: GPL-2.0-only
// What the tests of translation share: codes, and a device whose program they look at.
#pragma once

#include "fake_port.hpp"

namespace vccw_test {

constexpr u8 kPrefix = 0xe7, kReadBlock = 0x86, kWriteBlock = 0x85; // of a disk
constexpr u16 kDisk = 0x3990;                                       // its control unit
constexpr u8 kRead = 0x02, kWrite = 0x01, kControl = 0x07, kNop = 0x03, kTic = 0x08, kSense = 0x04,
	     kReadBack = 0x0c, kSearch = 0x31;
constexpr u8 DC = 0x80, CC = 0x40, SLI = 0x20, SKIP = 0x10, IDA = 0x04, S = 0x02, MIDA = 0x01;
constexpr u32 kPfch = 0x00400000, kFmt1 = 0x00800000, kC64 = 0x00020000, kI2K = 0x00010000,
	      kMidaw = 0x40, kLpm = 0xff00;
constexpr u32 kOrb1 = kFmt1 | kPfch | kC64 | kLpm;
constexpr u32 P = 0x10000; // the program
constexpr u64 kNowhere = 0x7ffffffffffff000;

struct HostCcw {
	u8 cmd, flags;
	u16 count;
	u32 cda;
};

class Translate : public ::testing::Test {
protected:
	Bench b;

	HostCcw host(u32 slot) { return at(b.host_cpa() + slot * 8); }
	HostCcw at(u32 abs)
	{
		const u8 *p = b.port.absolute(abs, 8);
		EXPECT_NE(p, nullptr);
		return {p[0], p[1], get16(p + 2), get32(p + 4)};
	}
	u64 word(u32 abs, u32 i)
	{
		const u8 *p = b.port.absolute(abs + i * 8, 8);
		EXPECT_NE(p, nullptr);
		return get64(p);
	}
	// IDAW i of the CCW in `slot`, as the guest's address.
	u64 idaw(u32 slot, u32 i)
	{
		EXPECT_TRUE(host(slot).flags & IDA);
		return b.port.guest_of(word(host(slot).cda, i));
	}
	void is_invalid(u32 slot)
	{
		EXPECT_EQ(host(slot).cmd & 0xf, 0);
		EXPECT_EQ(host(slot).cda, 0x80000000u);
	}
	void TearDown() override
	{
		if (!b.port.orbs.empty()) {
			b.interrupt(kStartEnded, b.host_cpa() + 8);
			b.port.run_work();
		}
		EXPECT_TRUE(b.port.pins.empty());
	}
};

} // namespace vccw_test
