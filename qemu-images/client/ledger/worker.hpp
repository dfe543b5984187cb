// SPDX-License-Identifier: GPL-2.0-only
// Random reads and writes of one disk, kept account of.
#pragma once

#include <array>
#include <functional>

#include "../stress/random.hpp"
#include "book.hpp"
#include "record_disk.hpp"

namespace client {

class LedgerWorker {
public:
	// `wrong`: told of each record that is not as it must be.
	using Wrong = std::function<void(const std::string &)>;

	LedgerWorker(RecordDisk &disk, Book &book, std::vector<Disturbance> allowed, Wrong wrong)
		: disk_(disk), book_(book), allowed_(std::move(allowed)), random_(book.seed(), book.device()),
		  wrong_(std::move(wrong))
	{
	}

	void format();
	// One operation, of the kind that comes next in the sequence of the seed.
	void step();
	// Reads everything.
	void verify();

	struct Counts {
		std::uint64_t writes = 0, reads = 0, tracks = 0, records_checked = 0;
		std::array<std::uint64_t, static_cast<std::size_t>(Disturbance::kCount)> disturbed{};
	};
	const Counts &counts() const { return counts_; }

private:
	struct Choice {
		unsigned track, first, count;
	};
	Choice choose(bool for_write);
	void write(Disturbance d);
	void read(Disturbance d);
	void read_track(unsigned track);
	Disturbance disturbance();
	void check(unsigned track, unsigned record, std::span<const std::uint8_t> bytes);

	RecordDisk &disk_;
	Book &book_;
	std::vector<Disturbance> allowed_;
	Random random_;
	Wrong wrong_;
	Counts counts_;
};

} // namespace client
