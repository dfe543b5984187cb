// SPDX-License-Identifier: GPL-2.0-only
// A 3390 behind a mediated device, for the ledger.
#pragma once

#include "../base/report.hpp"
#include "../ledger/programs.hpp"
#include "../ledger/record_disk.hpp"
#include "../vfio/session.hpp"

namespace client {

class CkdDisk : public RecordDisk {
public:
	CkdDisk(const SessionOptions &options, std::uint64_t seed, unsigned device);

	void format(TrackAddress track, const std::vector<Bytes> &records) override;
	Ended write(TrackAddress track, unsigned first, const std::vector<Bytes> &records, Disturbance d) override;
	std::vector<Bytes> read(TrackAddress track, unsigned first, unsigned count, std::size_t length, Disturbance d) override;
	std::vector<Bytes> read_track(TrackAddress track) override;

	const std::string &subchannel() const { return session_->mdev().subchannel; }
	DeviceClass device_class() const { return class_; }
	unsigned heads() const { return heads_; }
	std::uint32_t cylinders() const { return cylinders_; }

private:
	void open();
	void close();
	// Takes the mediated device away while this has it open, and makes it again.
	void remove_and_make();
	Irb run(const Transfer &t, const std::string &what);
	void start(const Transfer &t, const std::string &what);
	Irb wait_final(const std::string &what);
	// Ends what runs in this way.  True: it had ended normally by itself.
	bool disturb(Disturbance d, const Transfer &t, const std::string &what);
	bool end_by(Async how, const Transfer &t, const std::string &what);
	bool unmap_and_map(const Transfer &t, const std::string &what);
	std::vector<Bytes> bytes_of(const Transfer &t);
	[[noreturn]] void bad_end(const Irb &irb, const std::string &what);

	SessionOptions options_;
	Random random_;
	std::optional<Session> session_;
	std::optional<LedgerPrograms> programs_;
	DeviceClass class_ = DeviceClass::kUnknown;
	unsigned heads_ = 0;
	std::uint32_t cylinders_ = 0;
};

} // namespace client
