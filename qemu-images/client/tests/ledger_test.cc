// SPDX-License-Identifier: GPL-2.0-only
// The ledger against a disk in this process that does what it should, or one thing that it
// should not: each fault must be told of.
#include <map>
#include <sstream>

#include "../base/bytes.hpp"
#include "../ledger/programs.hpp"
#include "../ledger/worker.hpp"
#include "check.hpp"
#include "fake_backend.hpp"

namespace client::test {

namespace {

enum class Fault { kNone, kLostWrite, kWrongTrack, kWrongRecord, kCanary, kTorn };

struct FakeDisk : RecordDisk {
	std::map<std::pair<unsigned, unsigned>, std::vector<Bytes>> tracks;
	Fault fault = Fault::kNone;
	unsigned writes = 0, formats = 0, fault_at = 40;
	Random random{1, 2};

	std::vector<Bytes> &at(TrackAddress t) { return tracks[{t.cylinder, t.head}]; }
	bool now(Fault f) const { return fault == f && writes == fault_at; }

	void format(TrackAddress t, const std::vector<Bytes> &records) override
	{
		formats++;
		at(t) = records;
	}
	Ended write(TrackAddress t, unsigned first, const std::vector<Bytes> &records, Disturbance d) override
	{
		writes++;
		if (now(Fault::kLostWrite))
			return Ended::kDone;
		if (now(Fault::kWrongTrack))
			t.head = (t.head + 1) % 15;
		if (now(Fault::kCanary))
			t = {10, 0};
		if (now(Fault::kWrongRecord))
			first = first == 1 ? 2 : 1;
		auto &track = at(t);
		for (unsigned i = 0; i < records.size() && first - 1 + i < track.size(); i++)
			if (d == Disturbance::kNone || random.chance(50))
				track[first - 1 + i] = records[i];
		if (now(Fault::kTorn))
			track[first - 1].back() ^= 1;
		return d == Disturbance::kNone ? Ended::kDone : Ended::kMaybe;
	}
	std::vector<Bytes> read(TrackAddress t, unsigned first, unsigned count, std::size_t length, Disturbance d) override
	{
		std::vector<Bytes> out;
		if (d != Disturbance::kNone)
			return out;
		for (unsigned i = 0; i < count; i++) {
			out.push_back(at(t)[first - 1 + i]);
			CHECK(out.back().size() == length || fault != Fault::kNone);
		}
		return out;
	}
	std::vector<Bytes> read_track(TrackAddress t) override { return at(t); }
};

const std::vector<Disturbance> kAll = {Disturbance::kHalt, Disturbance::kClear, Disturbance::kReset, Disturbance::kUnmap,
				       Disturbance::kClose, Disturbance::kRemove};

// How much is wrong after `steps` operations and a last look at everything.
std::size_t wrongs(Fault fault, unsigned steps, std::string *told = nullptr)
{
	FakeDisk disk;
	Book book(77, 3, {10, 11, 15});
	std::size_t n = 0;
	LedgerWorker w(disk, book, kAll, [&](const std::string &what) {
		n++;
		if (told)
			*told += what + "\n";
	});

	disk.fault = fault;
	w.format();
	for (unsigned i = 0; i < steps; i++)
		w.step();
	w.verify();
	return n;
}

void faults_are_found()
{
	std::string told;

	CHECK(wrongs(Fault::kNone, 3000) == 0);
	CHECK(wrongs(Fault::kLostWrite, 100) > 0);
	CHECK(wrongs(Fault::kWrongTrack, 100) > 0);
	CHECK(wrongs(Fault::kWrongRecord, 100) > 0);
	CHECK(wrongs(Fault::kTorn, 100) > 0);
	CHECK(wrongs(Fault::kCanary, 100, &told) > 0);
	CHECK(told.find("(canary)") != std::string::npos && told.find("version") != std::string::npos);
}

void open_versions()
{
	Book b(5, 0, {10, 10, 15});
	b.written(1, 1, 7);
	b.maybe_written(1, 1, 8);
	b.maybe_written(1, 1, 9);
	CHECK(!b.settled(1, 1));
	CHECK(b.found(1, 1, b.content(1, 1, 8)) == "" && b.settled(1, 1));
	CHECK(b.found(1, 1, b.content(1, 1, 8)) == "");
	// What was settled as not written may not appear later.
	CHECK(b.found(1, 1, b.content(1, 1, 9)).find("version 9 of device 0") != std::string::npos);
	CHECK(b.found(1, 1, b.content(1, 1, 7)) != "");
	Bytes torn = b.content(1, 1, 8);
	torn[100] ^= 1;
	CHECK(b.found(1, 1, torn).find("from byte 100 on something else") != std::string::npos);
	torn.pop_back();
	CHECK(b.found(1, 1, torn) != "" && b.found(1, 1, {}).find("bytes of nobody") != std::string::npos);
	CHECK(b.next_version() == 10);
}

// The recipe in content.hpp, worked by hand with Python.
void content_is_as_told()
{
	const Bytes b = record_content(0x1122, {2, {0x10, 3}, 4}, 9, 48);

	CHECK(b.size() == 48 && load64(&b[0]) == 0x5643435700000002 && load64(&b[8]) == 0x0010000300000004);
	CHECK(load64(&b[16]) == 9 && load64(&b[24]) == 0x1122);
	CHECK(load64(&b[32]) == 0x7407ee40e6b4cbe2 && load64(&b[40]) == 0x34778ec0278fe3c4);
}

void file()
{
	FakeDisk disk;
	Book book(77, 3, {10, 10, 15});
	LedgerWorker w(disk, book, kAll, [](const std::string &) {});
	w.format();
	for (int i = 0; i < 200; i++)
		w.step();
	w.verify();
	Book again(77, 3, {10, 10, 15});
	std::istringstream in(book.text());
	std::string line;
	unsigned lines = 0;
	while (std::getline(in, line))
		lines += again.load_line(line);
	CHECK(lines == 15 * Layout3390::kRecords && again.text() == book.text());
	std::size_t wrong = 0;
	LedgerWorker reader(disk, again, {}, [&](const std::string &) { wrong++; });
	reader.verify();
	CHECK(!wrong);
	disk.at({10, 4})[2][50] ^= 1;
	reader.verify();
	CHECK(wrong == 1);
	CHECK(!again.load_line("record 4 10 0 1 4096 written 1 0") && !again.load_line("seed 77"));
	CHECK(!again.load_line("record 3 11 0 1 4096 written 1 0") && !again.load_line("record 3 10 0 9 4096 written 1 0"));
}

// The bytes that a channel would move for each command: CCWs, data chaining and IDAWs of the
// three kinds (Principles of Operation, chapter 15).
struct Moved {
	unsigned command;
	Bytes bytes;
	std::vector<std::uint32_t> where;	// of each byte
};

void move(GuestMemory &m, const Orb &orb, const Ccw &c, Moved &out)
{
	const std::uint64_t block = orb.c64 && !orb.i2k ? 4096 : 2048;
	std::uint64_t at = c.data;
	std::uint32_t list = c.data;

	for (unsigned i = 0; i < c.count; i++) {
		if ((c.flags & kCcwIda) && (i == 0 || at % block == 0)) {
			at = orb.c64 ? load64(m.at(list, 8)) : load32(m.at(list, 4));
			CHECK(i == 0 || at % block == 0);
			list += orb.c64 ? 8 : 4;
		}
		out.bytes.push_back(*m.at(at, 1));
		out.where.push_back(static_cast<std::uint32_t>(at++));
	}
}

std::vector<Moved> moved(GuestMemory &m, const Transfer &t)
{
	std::vector<Moved> out;
	bool chained = false;

	for (std::uint32_t at = t.orb.cpa; at < t.end; at += 8) {
		const std::uint8_t *const p = m.at(at, 8);
		const Ccw c{p[0], p[1], load16(p + 2), load32(p + 4)};
		if (c.cmd == kCmdTic)
			continue;
		if (!chained)
			out.push_back({c.cmd, {}, {}});
		move(m, t.orb, c, out.back());
		chained = c.flags & kCcwCd;
		CHECK((at + 8 == t.end) == !(c.flags & (kCcwCc | kCcwCd)));
	}
	return out;
}

void programs_move_the_right_bytes()
{
	FakeBackend fake;
	GuestMemory m(fake);
	m.add(0, 4 << 20, true);
	LedgerPlaces places;
	places.area = m.alloc(LedgerPlaces::kArea, 4096);
	places.data = 1 << 20;
	places.data_size = 1 << 20;
	Random random(9, 9);
	LedgerPrograms p(m, places, random);

	for (unsigned i = 0; i < 400; i++) {
		const unsigned count = 1 + i % 8, first = 1 + i % (9 - count);
		const std::size_t length = i % 3 ? 1000 : 5000;
		std::vector<Bytes> records;
		for (unsigned k = 0; k < count; k++)
			records.push_back(record_content(1, {0, {10, 2}, first + k}, i, length));
		const auto writes = moved(m, p.write({10, 2}, first, records));
		CHECK(writes.size() >= count + 2);
		const std::size_t head = writes.size() - count;
		for (unsigned k = 0; k < count; k++)
			CHECK(writes[head + k].bytes == records[k] && (writes[head + k].command & 0x7f) == kCmdWriteData);
		const Transfer r = p.read({10, 2}, first, count, length);
		const auto reads = moved(m, r);
		for (unsigned k = 0; k < count; k++)
			CHECK(reads[reads.size() - count + k].where.front() == r.at[k] &&
			      reads[reads.size() - count + k].where.back() == r.at[k] + length - 1);
		if (count > 1) { // DEFINE EXTENT and LOCATE RECORD: kernel's dasd_eckd.h
			CHECK(writes[0].command == 0x63 && writes[0].bytes[0] == 0x80 && writes[0].bytes[1] == 0xc0);
			CHECK(load32(&writes[0].bytes[8]) == 0x000a0002 && load32(&writes[0].bytes[12]) == 0x000a0002);
			CHECK(writes[1].command == 0x47 && writes[1].bytes[0] == 0x01 && writes[1].bytes[3] == count);
			CHECK(writes[1].bytes[12] == first && load16(&writes[1].bytes[14]) == length);
			CHECK(reads[1].bytes[0] == 0x06);
		}
	}
	const auto format = moved(m, p.format({10, 2}, std::vector<Bytes>(8, Bytes(5000, 0x77))));
	CHECK(format.size() == 3 + 8 && format[3].command == 0x1d && format[3].bytes.size() == 5008);
	CHECK(load64(&format[4].bytes[0]) == 0x000a000202001388);
}

void sequence_is_the_seeds()
{
	const auto text = [](std::uint64_t seed) {
		FakeDisk disk;
		Book book(seed, 0, {10, 10, 15});
		LedgerWorker w(disk, book, kAll, [](const std::string &) {});
		w.format();
		for (int i = 0; i < 300; i++)
			w.step();
		w.verify();
		CHECK(w.counts().writes > 100 && w.counts().disturbed[1] > 0 && disk.formats == 15);
		return book.text();
	};
	CHECK(text(1) == text(1) && text(1) != text(2));
}

} // namespace

void test_ledger()
{
	faults_are_found();
	open_versions();
	content_is_as_told();
	file();
	programs_move_the_right_bytes();
	sequence_is_the_seeds();
}

} // namespace client::test
