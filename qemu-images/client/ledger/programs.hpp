// SPDX-License-Identifier: GPL-2.0-only
// The channel programs of a ledger run: the same transfer in many shapes.
#pragma once

#include "../guest/chain.hpp"
#include "../guest/orb.hpp"
#include "../stress/random.hpp"
#include "content.hpp"

namespace client {

// Where a program and its data are put.  The data area can be unmapped by itself.
struct LedgerPlaces {
	static constexpr std::uint32_t kArea = 16384;	// bytes of parameters, CCWs and lists
	std::uint32_t area = 0;
	std::uint32_t data = 0, data_size = 0;
};

// A program, and where each record's bytes are in guest storage.
struct Transfer {
	Orb orb;
	std::uint32_t end = 0;	// the CPA of a normal end
	std::vector<std::uint32_t> at;
	std::size_t length = 0;
};

// Each record's bytes stand together; how the CCWs come to them is the seed's choice: one CCW,
// two that are data-chained, IDAWs of one of the three kinds; records one behind the other or
// apart; one record also by SEEK and SEARCH ID.
class LedgerPrograms {
public:
	LedgerPrograms(GuestMemory &memory, const LedgerPlaces &places, Random &random)
		: memory_(memory), places_(places), random_(random)
	{
	}

	Transfer write(TrackAddress track, unsigned first, const std::vector<Bytes> &records);
	// The storage is filled with other bytes before.
	Transfer read(TrackAddress track, unsigned first, unsigned count, std::size_t length);
	Transfer format(TrackAddress track, const std::vector<Bytes> &records);
	Transfer read_track(TrackAddress track);

	static constexpr unsigned kTrackSize = 65000;

private:
	Transfer transfer(TrackAddress track, unsigned first, unsigned count, std::size_t length, bool write);
	void begin();
	std::uint32_t put(const std::uint8_t *bytes, std::size_t n);
	std::uint32_t take(std::size_t n, std::size_t align);
	void add(unsigned command, unsigned flags, std::size_t count, std::uint32_t data);
	void add_data(unsigned command, unsigned flags, std::size_t count, std::uint32_t data);
	void by_search(TrackAddress track, unsigned record, bool write);
	void by_locate(TrackAddress track, unsigned first, unsigned count, std::size_t length, bool write);
	Transfer finish(std::size_t length);

	GuestMemory &memory_;
	LedgerPlaces places_;
	Random &random_;
	std::uint32_t next_ = 0;	// of the area
	std::uint32_t ccws_ = 0, next_ccw_ = 0;
	int kind_ = 0;	// of all IDAWs of the program: an ORB knows one
	std::vector<std::uint32_t> at_;
};

} // namespace client
