// SPDX-License-Identifier: GPL-2.0-only
#include "worker.hpp"

namespace client {

static constexpr unsigned kRecords = Layout3390::kRecords;

const char *disturbance_name(Disturbance d)
{
	static const char *const names[] = {"none", "halt", "clear", "reset", "unmap", "close", "remove"};

	static_assert(std::size(names) == static_cast<std::size_t>(Disturbance::kCount));
	return names[static_cast<std::size_t>(d)];
}

void LedgerWorker::format()
{
	for (unsigned t = 0; t < book_.layout().tracks(); t++) {
		const std::uint64_t version = book_.next_version();
		std::vector<Bytes> records;
		for (unsigned r = 1; r <= kRecords; r++)
			records.push_back(book_.content(t, r, version));
		disk_.format(book_.layout().track(t), records);
		for (unsigned r = 1; r <= kRecords; r++)
			book_.written(t, r, version);
	}
}

LedgerWorker::Choice LedgerWorker::choose(bool for_write)
{
	Choice c{};

	do
		c.track = random_.below(book_.layout().tracks());
	while (for_write && book_.layout().canary(c.track));
	c.first = 1 + random_.below(kRecords);
	c.count = 1 + random_.below(kRecords - c.first + 1);
	return c;
}

Disturbance LedgerWorker::disturbance()
{
	return allowed_.empty() ? Disturbance::kNone
				: allowed_[random_.below(static_cast<std::uint32_t>(allowed_.size()))];
}

void LedgerWorker::step()
{
	const std::uint32_t kind = random_.below(100);

	if (kind < 35)
		write(Disturbance::kNone);
	else if (kind < 55)
		write(disturbance());
	else if (kind < 80)
		read(Disturbance::kNone);
	else if (kind < 85)
		read(disturbance());
	else
		read_track(choose(false).track);
}

void LedgerWorker::write(Disturbance d)
{
	const Choice c = choose(true);
	const std::uint64_t version = book_.next_version();
	std::vector<Bytes> records;

	for (unsigned i = 0; i < c.count; i++) {
		records.push_back(book_.content(c.track, c.first + i, version));
		// From now on: what throws leaves it open whether it was written.
		book_.maybe_written(c.track, c.first + i, version);
	}
	counts_.writes++;
	counts_.disturbed[static_cast<std::size_t>(d)]++;
	if (disk_.write(book_.layout().track(c.track), c.first, records, d) == Ended::kDone)
		for (unsigned i = 0; i < c.count; i++)
			book_.written(c.track, c.first + i, version);
	else if (random_.chance(50))
		read_track(c.track); // at once, or when it is chosen
}

void LedgerWorker::read(Disturbance d)
{
	const Choice c = choose(false);
	const auto records =
		disk_.read(book_.layout().track(c.track), c.first, c.count, book_.layout().length(c.track), d);

	counts_.reads++;
	counts_.disturbed[static_cast<std::size_t>(d)]++;
	for (unsigned i = 0; i < records.size(); i++)
		check(c.track, c.first + i, records[i]);
}

void LedgerWorker::read_track(unsigned t)
{
	const auto records = disk_.read_track(book_.layout().track(t));

	counts_.tracks++;
	if (records.size() != kRecords)
		wrong_(RecordName{book_.device(), book_.layout().track(t), 0}.text() + ": the track has " +
		       std::to_string(records.size()) + " records");
	for (unsigned i = 0; i < records.size() && i < kRecords; i++)
		check(t, i + 1, records[i]);
}

void LedgerWorker::check(unsigned track, unsigned record, std::span<const std::uint8_t> bytes)
{
	const std::string bad = book_.found(track, record, bytes);

	counts_.records_checked++;
	if (!bad.empty())
		wrong_(bad);
}

void LedgerWorker::verify()
{
	for (unsigned t = 0; t < book_.layout().tracks(); t++)
		read_track(t);
}

} // namespace client
