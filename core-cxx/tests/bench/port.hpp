// SPDX-License-Identifier: GPL-2.0-only
// A port that costs next to nothing and does the same at every use: guest
// storage is one flat array, a pin is an addition, memory comes from free lists.
// It checks nothing; the tests' port does.
#pragma once

#include "../../include/vccw_core.h"

#include <cstdint>
#include <vector>

namespace vccw_bench {

class FlatPort {
public:
	static constexpr std::uint32_t kGuestBytes = 32u << 20;
	static constexpr std::uint64_t kHost = 0x900000000; // where guest page 0 lies

	FlatPort() : guest_(kGuestBytes) {}
	FlatPort(const FlatPort &) = delete;

	static vccw_port table();
	unsigned char *guest(std::uint64_t gpa) { return &guest_[gpa]; }

	unsigned char orb[VCCW_ORB_SIZE] = {}; // of the last START
	bool work_queued = false;

private:
	struct Free {
		Free *next;
	};
	std::vector<unsigned char> guest_;
	Free *free_[64] = {}; // by the binary logarithm of the size
	std::uint64_t next_abs_ = 0x100000;
	std::uint64_t next_random_ = 0x9b60933458e17d7d;

	void *take(std::size_t bytes);
	void give(void *p, std::size_t bytes);
	static FlatPort &of(void *ctx) { return *static_cast<FlatPort *>(ctx); }
};

} // namespace vccw_bench
