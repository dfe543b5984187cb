// SPDX-License-Identifier: GPL-2.0-only
// What all processes of a random run share, in memory that outlives each of them.
#pragma once

#include <atomic>
#include <cstdint>

#include "../base/report.hpp"

namespace client {

enum class Deed : unsigned {
	kOpen,	     // a client opens its first devices
	kReopen,     // one is closed and opened again
	kProgram,    // START of a program of random words
	kHeld,	     // START of a program that stays in flight
	kJunk,	     // bytes written anywhere
	kAsync,	     // HALT, CLEAR, or neither
	kRead,	     // bytes read anywhere
	kInfo,	     // information asked for, with any sizes and indexes
	kIrqs,	     // eventfds and all else that SET_IRQS takes
	kBad,	     // requests that there are not, addresses that are not there
	kReset,
	kMap,
	kUnmap,
	kSpace,	     // requests to the container or iommufd, with any arguments
	kHostMemory, // memory that devices use is taken from this process
	kMisc,	     // what one does to a file besides
	kCount,
};

class Board {
public:
	// In memory that is shared with all processes to come.
	static Board *create(std::uint64_t ops);

	// All operations are made, those among them that count; or 20 times as many without: a
	// driver that refuses all must not pass, and devices may be away just then.
	bool over() const { return done_ >= (took_part() ? ops_ : 20 * ops_); }
	// Devices were opened; programs, HALT or CLEAR and resets accepted.
	bool took_part() const
	{
		return accepted(Deed::kOpen) && accepted(Deed::kProgram) && accepted(Deed::kAsync) &&
		       accepted(Deed::kReset);
	}
	std::uint64_t done() const { return done_; }
	// An operation came back with a count, 0 or -errno.
	void add(Deed deed, long result);
	void tell(Report &report) const;
	// Operations of a kind that were accepted.
	std::uint64_t accepted(Deed deed) const { return results_[static_cast<unsigned>(deed)][0]; }

	// Clients, and what became of them; the manager counts.
	std::atomic<std::uint64_t> clients{0}, killed{0}, stopped{0}, died{0};
	// Set last, when nothing more is to come: what went wrong, or nothing.
	std::atomic<bool> finished{false};
	char wrong[1024] = {};

private:
	explicit Board(std::uint64_t ops) : ops_(ops) {}

	static constexpr unsigned kDeeds = static_cast<unsigned>(Deed::kCount), kErrnos = 134;

	const std::uint64_t ops_;
	std::atomic<std::uint64_t> done_{0};
	std::atomic<std::uint64_t> results_[kDeeds][kErrnos] = {};
};

} // namespace client
