// SPDX-License-Identifier: GPL-2.0-only
// What came of one program, and the line that tells it.
#pragma once

#include "arch.hpp"
#include "image.hpp"

namespace native {

using namespace guest;

constexpr unsigned kMostStatuses = 16, kSenseSize = 32;

struct Outcome {
	const char *start = "0";
	const char *function = nullptr, *function_end = nullptr;
	bool timed_out = false, stuck = false, busy = false;
	unsigned count = 0, sense_count = 0;	// of these:
	Irb statuses[kMostStatuses]{};
	u8 sense[kSenseSize]{};

	void begin()
	{
		start = "0";
		function = nullptr;
		timed_out = stuck = busy = false;
		count = sense_count = 0;
	}

	const Scsw &last() const { return statuses[count - 1].scsw; }
};

// How many bytes of sense data came with a status.
unsigned concurrent_sense(const Irb &irb);

inline u8 *storage(u32 address)
{
	u64 a = address;
	asm("" : "+r"(a));
	return reinterpret_cast<u8 *>(a);
}

// `program`: whose buffers are shown, or nullptr.
void say_line(const char *prefix, const char *set, const Vector &v, const Vector *program, const Outcome &outcome);

} // namespace native
