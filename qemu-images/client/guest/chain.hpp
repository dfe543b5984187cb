// SPDX-License-Identifier: GPL-2.0-only
// Channel-command words, written at chosen places of guest storage.
#pragma once

#include <cstdint>

#include "memory.hpp"

namespace client {

enum CcwFlag : unsigned {
	kCcwCd = 0x80,	// chain data
	kCcwCc = 0x40,	// chain command
	kCcwSli = 0x20,
	kCcwSkip = 0x10,
	kCcwPci = 0x08,
	kCcwIda = 0x04,
	kCcwSuspend = 0x02,
	kCcwMida = 0x01,
};

enum ChannelCommand : unsigned {
	kCmdNop = 0x03,
	kCmdSense = 0x04,
	kCmdTic = 0x08,
	kCmdSenseId = 0xe4,
};

struct Ccw {
	unsigned cmd = 0;
	unsigned flags = 0;
	unsigned count = 0;
	std::uint32_t data = 0;
};

// Eight bytes of format 0 or 1.
void encode_ccw(std::uint8_t *p, const Ccw &ccw, bool format1);

// A growing run of CCWs.  org() goes on elsewhere.
class Chain {
public:
	explicit Chain(GuestMemory &memory, std::uint32_t at, bool format1 = true)
		: memory_(&memory), first_(at), next_(at), format1_(format1)
	{
	}
	// A fresh place for at least `ccws` CCWs.
	static Chain fresh(GuestMemory &memory, unsigned ccws, bool format1 = true);

	// Returns the address of the CCW that was written.
	std::uint32_t add(const Ccw &ccw);
	std::uint32_t tic(std::uint32_t to) { return add({kCmdTic, 0, 0, to}); }
	void org(std::uint32_t at) { next_ = at; }

	std::uint32_t first() const { return first_; }
	std::uint32_t next() const { return next_; }
	bool format1() const { return format1_; }

private:
	GuestMemory *memory_;
	std::uint32_t first_;
	std::uint32_t next_;
	bool format1_;
};

} // namespace client
