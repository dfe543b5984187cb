// SPDX-License-Identifier: GPL-2.0-only
#include "board.hpp"

#include <algorithm>
#include <new>
#include <sys/mman.h>

#include "../base/error.hpp"

namespace client {

Board *Board::create(std::uint64_t ops)
{
	static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
	void *const p =
		::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		throw environment_error("no-memory", failed("sharing memory", errno), "use a machine with more");
	return new (p) Board(ops);
}

void Board::add(Deed deed, long result)
{
	const auto err = static_cast<std::size_t>(result < 0 ? -result : 0);

	results_[static_cast<unsigned>(deed)][std::min<std::size_t>(err, kErrnos - 1)]++;
	done_++;
}

void Board::tell(Report &report) const
{
	static const char *const names[] = {"open",  "reopen", "program", "held", "junk",   "async",	   "read", "info",
					    "irqs",  "bad",    "reset",	  "map",  "unmap",  "space", "host-memory", "misc"};
	static_assert(std::size(names) == kDeeds);

	for (unsigned deed = 0; deed < kDeeds; deed++) {
		std::string line = names[deed];
		std::uint64_t sum = 0;

		line.resize(12, ' ');
		for (unsigned err = 0; err < kErrnos; err++) {
			const std::uint64_t n = results_[deed][err];
			sum += n;
			if (n)
				line += (err ? ", " + errno_name(static_cast<int>(err)) + " " : std::string("accepted ")) +
					std::to_string(n);
		}
		if (sum)
			report.add(names[deed], sum, line);
	}
	report.say("clients " + std::to_string(clients) + ": killed " + std::to_string(killed) + ", stopped for a while " +
		   std::to_string(stopped) + ", died by a fault of their own " + std::to_string(died));
}

} // namespace client
