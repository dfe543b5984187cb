// SPDX-License-Identifier: GPL-2.0-only
// The command-mode subchannel-status word (Principles of Operation, ch. 16).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../base/value.hpp"

namespace client {

enum Fctl : unsigned { kFctlStart = 0x4, kFctlHalt = 0x2, kFctlClear = 0x1 };

enum Actl : unsigned {
	kActlResumePending = 0x40,
	kActlStartPending = 0x20,
	kActlHaltPending = 0x10,
	kActlClearPending = 0x08,
	kActlSubchannelActive = 0x04,
	kActlDeviceActive = 0x02,
	kActlSuspended = 0x01,
};

enum Stctl : unsigned {
	kStctlAlert = 0x10,
	kStctlIntermediate = 0x08,
	kStctlPrimary = 0x04,
	kStctlSecondary = 0x02,
	kStctlPending = 0x01,
};

enum Dstat : unsigned {
	kDstatAttention = 0x80,
	kDstatModifier = 0x40,
	kDstatCuEnd = 0x20,
	kDstatBusy = 0x10,
	kDstatChannelEnd = 0x08,
	kDstatDeviceEnd = 0x04,
	kDstatUnitCheck = 0x02,
	kDstatUnitException = 0x01,
};

enum Cstat : unsigned {
	kCstatPci = 0x80,
	kCstatIncorrectLength = 0x40,
	kCstatProgramCheck = 0x20,
	kCstatProtectionCheck = 0x10,
	kCstatDataCheck = 0x08,
	kCstatControlCheck = 0x04,
	kCstatInterfaceCheck = 0x02,
	kCstatChainingCheck = 0x01,
};

struct Scsw {
	std::uint32_t word0 = 0;
	std::uint32_t cpa = 0;
	unsigned dstat = 0;
	unsigned cstat = 0;
	unsigned count = 0;

	static Scsw decode(const std::uint8_t *p);	// 12 bytes

	unsigned key() const { return word0 >> 28; }
	bool suspend_control() const { return word0 & 0x08000000; }
	bool eswf() const { return word0 & 0x04000000; }	// extended-status format
	unsigned deferred_cc() const { return (word0 >> 24) & 3; }
	bool format1() const { return word0 & 0x00800000; }
	bool prefetch() const { return word0 & 0x00400000; }
	bool initial_status() const { return word0 & 0x00200000; }
	bool address_limit() const { return word0 & 0x00100000; }
	bool suppress_suspended() const { return word0 & 0x00080000; }
	bool zero_cc() const { return word0 & 0x00040000; }
	bool extended_control() const { return word0 & 0x00020000; }
	bool path_not_operational() const { return word0 & 0x00010000; }
	unsigned fctl() const { return (word0 >> 12) & 7; }
	unsigned actl() const { return (word0 >> 5) & 0x7f; }
	unsigned stctl() const { return word0 & 0x1f; }

	bool pending() const { return stctl() & kStctlPending; }
	// Status that TEST SUBCHANNEL clears the function control with, and with it all
	// that is pending: any but intermediate status alone.
	bool clears_functions() const;
	// The answer to a START that the channel did not begin with.  The CCW address means
	// nothing then.  Primary status says otherwise, whatever stands in deferred_cc():
	// QEMU goes on to show an earlier one there.
	bool deferred() const;
	// Nothing more will come for the function: such status, of which the channel
	// and the device are through.  Start-pending may still be shown: a START that
	// is answered with a deferred condition code is over.
	bool final() const;

	Value value() const;
	std::string line() const;	// one line for people
};

std::vector<std::string> fctl_words(unsigned fctl);
std::vector<std::string> actl_words(unsigned actl);
std::vector<std::string> stctl_words(unsigned stctl);
std::vector<std::string> dstat_words(unsigned dstat);
std::vector<std::string> cstat_words(unsigned cstat);

} // namespace client
