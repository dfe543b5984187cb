// SPDX-License-Identifier: GPL-2.0-only
// A port made of plain memory, with scripted condition codes.  It fails the
// test on every use that the kernel would not forgive: sleeping under the
// lock, pinning twice, releasing what is not held, storage that does not fit.
#pragma once

#include "../include/vccw_core.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vccw_test {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

constexpr u32 kPage = 4096;

inline void put16(u8 *p, u16 v)
{
	p[0] = u8(v >> 8);
	p[1] = u8(v);
}
inline void put32(u8 *p, u32 v)
{
	put16(p, u16(v >> 16));
	put16(p + 2, u16(v));
}
inline void put64(u8 *p, u64 v)
{
	put32(p, u32(v >> 32));
	put32(p + 4, u32(v));
}
inline u16 get16(const u8 *p)
{
	return u16(p[0] << 8 | p[1]);
}
inline u32 get32(const u8 *p)
{
	return u32(get16(p)) << 16 | get16(p + 2);
}
inline u64 get64(const u8 *p)
{
	return u64{get32(p)} << 32 | get32(p + 4);
}

// Guest storage, page by page.
class GuestMemory {
	struct Page {
		std::array<u8, kPage> bytes{};
		bool writable = true;
	};
	std::map<u64, Page> pages_;

public:
	void map(u64 gpa, u64 bytes, bool writable = true)
	{
		for (u64 i = 0; i * kPage < gpa % kPage + bytes; i++)
			pages_[gpa / kPage + i].writable = writable;
	}
	// Makes each 32 bytes of these pages others.
	void mark(u64 gpa, u32 pages)
	{
		for (u32 i = 0; i < pages * kPage; i += 32)
			put64(at(gpa + i + 8), (gpa + i) * 0x9e3779b97f4a7c15);
	}
	void unmap(u64 gpa) { pages_.erase(gpa / kPage); }
	bool mapped(u64 gpa) const { return pages_.count(gpa / kPage) != 0; }
	bool writable(u64 gpa) const
	{
		const auto it = pages_.find(gpa / kPage);
		return it != pages_.end() && it->second.writable;
	}
	u8 *at(u64 gpa) { return &pages_.at(gpa / kPage).bytes[gpa % kPage]; }
	bool read(u64 gpa, void *to, u32 len)
	{
		for (u64 p = gpa / kPage; p * kPage < gpa + len; p++)
			if (!pages_.count(p))
				return false;
		for (u32 i = 0; i < len; i++)
			static_cast<u8 *>(to)[i] = *at(gpa + i);
		return true;
	}
	void write(u64 gpa, const void *from, u32 len)
	{
		for (u32 i = 0; i < len; i++)
			*at(gpa + i) = static_cast<const u8 *>(from)[i];
	}
};

class FakePort {
public:
	struct Pin {
		u64 host;
		bool write;
		u32 call; // pages of the call that it is the first of; 0: not the first
	};
	struct Logged {
		vccw_msg msg;
		u64 a, b;
	};

	// What the channel subsystem answers next.
	std::deque<int> start_cc, halt_cc, clear_cc; // 0 when empty
	std::deque<int> enable_rc, disable_rc, cancel_rc;
	bool cancel_meets_status = false; // -EBUSY of CANCEL is its cc 1
	bool other_path = false;

	// What it was asked.
	std::vector<std::array<u8, 12>> orbs;
	int halts = 0, clears = 0, gone = 0;
	bool enabled = false;

	bool work_queued = false;
	bool work_urgent = false; // not only some time later
	int signals[VCCW_TRIGGERS] = {};
	std::vector<Logged> logged;
	std::vector<std::string> events; // order of what matters: "release", "signal", ...

	GuestMemory guest;
	std::map<u64, Pin> pins; // by guest page number
	int pin_calls = 0;
	std::vector<u64> kept;
	int pins_before_enomem = -1;  // pages; then -ENOMEM
	int reads_before_enomem = -1; // calls; then one -ENOMEM
	int pin_rc = 0;              // fixed answer to every pin, if not 0
	int allocs_before_failure = -1;
	u64 bytes_read = 0;
	std::map<u64, int> word_reads; // by guest word address
	bool count_reads = false;
	int relaxes = 0;
	u8 schib[VCCW_SCHIB_SIZE] = {};

	u32 wakes = 0;
	bool wait_in_vain = false; // no wake-up comes but the core's
	u64 waited_ms = 0;

	// Called in the named port calls, with no lock held by the test.
	std::function<void()> in_read_guest, in_unpin, in_wait, in_start, in_relax;
	std::function<u64()> random; // else numbers that are the same in each run
	// After a read of guest storage; may change what it found.
	std::function<void(u64 gpa, u8 *to, u32 len)> on_read;
	vccw_core *core = nullptr;

	FakePort() = default;
	~FakePort()
	{
		EXPECT_EQ(depth_, 0);
		EXPECT_EQ(request_, 0);
		EXPECT_TRUE(pins.empty()) << pins.size() << " pages left pinned";
		EXPECT_TRUE(dma_.empty()) << "storage below 2 GiB left";
		EXPECT_TRUE(heap_.empty()) << "memory left";
	}
	FakePort(const FakePort &) = delete;

	static vccw_port table();

	// The bytes behind an absolute address below 2 GiB that the core got.
	u8 *absolute(u64 abs, u32 len)
	{
		auto it = dma_.upper_bound(abs);
		if (it == dma_.begin())
			return nullptr;
		--it;
		if (abs + len > it->first + it->second.bytes)
			return nullptr;
		return it->second.memory.get() + (abs - it->first);
	}
	// The guest address behind a pinned host address; ~0 if it is not pinned.
	u64 guest_of(u64 host) const
	{
		for (const auto &[page, pin] : pins)
			if (pin.host == (host & ~u64{kPage - 1}))
				return page * kPage | (host & (kPage - 1));
		return ~0ull;
	}
	static constexpr u64 kZeroPage = 0x7'0000'0000;
	u64 dma_bytes() const
	{
		u64 sum = 0;
		for (const auto &[abs, block] : dma_)
			sum += block.bytes;
		return sum;
	}
	u64 heap_bytes() const
	{
		u64 sum = 0;
		for (const auto &[p, bytes] : heap_)
			sum += bytes;
		return sum;
	}
	bool logged_msg(vccw_msg msg) const
	{
		for (const Logged &l : logged)
			if (l.msg == msg)
				return true;
		return false;
	}

	void run_work()
	{
		work_queued = work_urgent = false;
		vccw_core_todo(core);
	}
	void interrupt(const u8 *irb)
	{
		test_subchannel(get32(irb));
		take();
		vccw_core_irq(core, irb);
		drop();
	}
	void not_operational()
	{
		take();
		vccw_core_not_oper(core);
		drop();
	}
	void not_enabled()
	{
		take();
		vccw_core_not_enabled(core);
		drop();
	}
	void crw(u32 word)
	{
		take();
		vccw_core_crw(core, word);
		drop();
	}
	bool locked() const { return depth_ != 0; }
	// How many pieces of memory the core has.
	std::size_t held() const { return dma_.size() + heap_.size(); }
	// For the one test that leaves a program's memory behind on purpose.
	void forget_memory_except_core()
	{
		dma_.clear();
		for (auto it = heap_.begin(); it != heap_.end();) {
			if (it->first == core) {
				++it;
			} else {
				std::free(it->first);
				it = heap_.erase(it);
			}
		}
	}

private:
	struct Dma {
		std::unique_ptr<u8[]> memory;
		u64 bytes;
		bool any_key = false; // its frames had a guest's storage keys
	};
	int depth_ = 0;
	int request_ = 0;
	std::map<u64, Dma> dma_;
	std::map<void *, u64> heap_;
	u64 next_abs_ = 0x10000000;
	u64 next_host_ = 0x9'0000'0000;
	u64 next_random_ = 0x9b60933458e17d7d;

	int accept(int cc, u32 word0, u32 without);
	void test_subchannel(u32 word0);
	static FakePort &of(void *ctx) { return *static_cast<FakePort *>(ctx); }
	void take()
	{
		EXPECT_EQ(depth_, 0) << "subchannel lock taken twice";
		depth_++;
	}
	void drop()
	{
		EXPECT_EQ(depth_, 1);
		depth_--;
	}
	void may_sleep(const char *what) const
	{
		EXPECT_EQ(depth_, 0) << what << " under the lock";
	}
	void atomic(const char *what) const { EXPECT_EQ(depth_, 1) << what << " without the lock"; }
	static int next(std::deque<int> &script)
	{
		if (script.empty())
			return 0;
		const int v = script.front();
		script.pop_front();
		return v;
	}
	bool out_of_memory() { return allocs_before_failure >= 0 && allocs_before_failure-- == 0; }
	int pin(u64 gpa, u32 n, bool write, unsigned long long *host);
	void unpin(u64 gpa, u32 n);
};

// The same with a core on it, opened.
class Bench {
public:
	FakePort port;
	vccw_core *core = nullptr;

	explicit Bench(bool open = true, vccw_limits limits = {4096, 256, 16384, 4u << 20});
	~Bench();

	// START of the program at `cpa`; ORB word 1 as given.
	int start(u32 cpa, u32 word1 = 0x00C20000 | 0xff00);
	// As a client whose guest enables its subchannel.
	void look();
	int async(u32 command);
	int halt() { return async(1); }
	int clear() { return async(2); }
	void interrupt(u32 word0, u32 cpa, u32 word2);
	// Channel end, and device end unless the device is active still.
	void interrupt(u32 word0, u32 cpa = 0)
	{
		interrupt(word0, cpa, word0 & 0x40 ? 0x08000000 : 0x0c000000);
	}
	// Reads the region as a client does; returns the CPA of its IRB.
	u32 read_cpa();
	u32 read_word0();
	std::array<u8, VCCW_IO_REGION_SIZE> read();
	vccw_stats stats();
	// A one-CCW program (command cmd, 8 bytes at data) at `cpa`.
	void simple(u32 cpa, u8 cmd = 0x02, u32 data = 0x20000, u8 flags = 0, u16 count = 8);
	void ccw(u32 at, u8 cmd, u8 flags, u16 count, u32 cda);
	void ccw0(u32 at, u8 cmd, u8 flags, u16 count, u32 cda);
	u32 host_cpa(std::size_t nth_from_last = 0) const;
};

// SCSW word 0 of usual interrupts: function, activity and status control.
constexpr u32 kStartEnded = 0x4007;   // start function, primary+secondary, pending
constexpr u32 kStartAlerted = 0x4017; // the same with alert (unit check)
constexpr u32 kHaltEnded = 0x2001;
constexpr u32 kStartHaltEnded = 0x6001;
constexpr u32 kHaltRefused = 0x16281; // N, while the channel transfers
constexpr u32 kHaltedApart = 0x6045;  // channel end; device end is to come
constexpr u32 kClearEnded = 0x1001;
constexpr u32 kUnsolicited = 0x0011;  // alert
constexpr u32 kIntermediate = 0x40c9; // start function, subchannel+device active
constexpr u32 kSuspended = 0x4029;    // start function, suspended, intermediate

} // namespace vccw_test
