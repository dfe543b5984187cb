// SPDX-License-Identifier: GPL-2.0-only
// A reference channel: executes a channel program as the z/Architecture
// Principles of Operation say ("Basic I/O Functions": execution of channel
// programs, command and data chaining, IDAWs, MIDAWs), and tells what it did.
//
// It is the yardstick for the translator and shares nothing with it: the same
// machine runs the guest's program on the guest's storage and the translated
// program on the host's, and both have to have done the same.
//
// What it leaves open, as a channel may: data of no-operation goes nowhere and
// its address is not looked at; nor is the address of a CCW that transfers
// nothing (count zero, or skipped).
#pragma once

#include "../fake_port.hpp"

namespace vccw_test::ref {

// kNop: of a no-operation, whose data is not looked at.
enum class Flow { kNop, kFetch, kStore, kBackward };

// Bytes [addr, addr+len), in the guest's addresses.
struct Range {
	u64 addr, len;
	bool operator==(const Range &) const = default;
};

// One CCW that the channel began to execute; TICs are not told.
struct Step {
	u32 ccw;    // address of the CCW
	u8 command; // in effect: under data chaining, that of the chain's first CCW
	Flow flow;
	u8 flags; // without IDA and MIDA
	u16 count;
	std::vector<Range> data; // in the order of transfer, neighbours merged
	std::vector<u8> midaws;  // flags of the MIDAWs used
};

enum class End {
	kNormal,
	kCheck,    // program check
	kMidalEnd, // program check: no further MIDAW in the page, or not readable
	kSuspended,
	kSteps, // the limit of steps
};

struct Result {
	std::vector<Step> steps;
	End end;
	u32 at; // address of the CCW that it ended on
};

// What the machine runs on.
class Storage {
public:
	virtual ~Storage() = default;
	// Fetches a CCW or a word of a list.
	virtual bool fetch(u64 addr, u8 *to, u32 len) = 0;
	// Data of [addr, addr+len), all in one page; *guest: its guest address.
	virtual bool data(u64 addr, u32 len, Flow flow, u64 *guest) = 0;
};

// A device that takes and gives all that the count says.  The n-th search
// command ends with status modifier if bit n % 64 of `found` is set.
struct Device {
	u64 found = 0;
	u32 searches = 0;

	static bool is_search(u8 command);
	bool status_modifier(u8 command)
	{
		return is_search(command) && (found >> searches++ % 64 & 1);
	}
};

// Where a channel executes a TIC.  The Principles of Operation want neither the first CCW
// nor one that a TIC designates to be a TIC; QEMU's channel (css.c) and Hercules'
// (channel.c) take it for the first; kAnywhere is a channel that looks for neither.
enum class Tics { kByTheBook, kFirstToo, kAnywhere };

// Runs the program of the 12-byte ORB for at most `max_steps` CCWs, and as many TICs
// one after the other.
Result run(Storage &storage, const u8 *orb, Device device, u32 max_steps,
	   Tics tics = Tics::kByTheBook);

const char *name_of(End end);
std::string show(const Step &step);

} // namespace vccw_test::ref
