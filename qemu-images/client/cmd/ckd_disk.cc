// SPDX-License-Identifier: GPL-2.0-only
#include "ckd_disk.hpp"

#include <thread>
#include <unistd.h>

#include "../base/error.hpp"
#include "../decode/characteristics.hpp"
#include "../decode/track.hpp"
#include "ask.hpp"
#include "steps.hpp"

namespace client {

namespace {

constexpr std::uint64_t kData = 32 << 20, kDataSize = 1 << 20;	// an area of its own: it is unmapped at times
constexpr int kMostStatuses = 64;

bool normal(const Irb &irb, const Transfer &t)
{
	return !irb->cstat && irb->dstat == (kDstatChannelEnd | kDstatDeviceEnd) && irb->cpa == t.end;
}

} // namespace

CkdDisk::CkdDisk(const SessionOptions &options, std::uint64_t seed, unsigned device)
	: options_(options), random_(seed, 1000 + device)
{
	options_.memory_bytes = 8 << 20;
	open();
	class_ = class_of(ask_sense_id(*session_));
	if (class_ != DeviceClass::kEckd)
		return;
	const auto c = EckdCharacteristics::decode(ask(*session_, kCmdReadCharacteristics, 64, "READ DEVICE CHARACTERISTICS").bytes);
	heads_ = c.heads;
	cylinders_ = c.cylinders;
}

void CkdDisk::open()
{
	session_.emplace(options_);
	if (const int err = session_->memory().add(kData, kDataSize, true))
		throw environment_error("no-dma-map", failed("mapping the data area", err), "raise the locked-memory limit (ulimit -l)");
	LedgerPlaces places;
	places.area = session_->memory().alloc(LedgerPlaces::kArea, 4096);
	places.data = kData;
	places.data_size = kDataSize;
	programs_.emplace(session_->memory(), places, random_);
}

void CkdDisk::close()
{
	programs_.reset();
	session_.reset();
}

// The kernel asks for the device, and waits until it is closed.
void CkdDisk::remove_and_make()
{
	const MdevInfo mdev = session_->mdev();
	int err = 0;
	std::thread remover([&] { err = write_text("/sys/bus/mdev/devices/" + mdev.uuid + "/remove", "1"); });
	const bool asked = session_->request().wait(session_->timeout_ms());

	close();
	remover.join();
	if (err)
		throw unexpected_error("no-remove", failed("removing the mediated device " + mdev.uuid, err));
	if (!asked)
		throw unexpected_error("no-request", "the device was not asked for when it was removed");
	const std::string type = "/sys/bus/css/devices/" + mdev.subchannel + "/mdev_supported_types/vfio_ccw-io/create";
	if (const int made = write_text(type, mdev.uuid))
		throw unexpected_error("no-mdev", failed("making the mediated device again", made));
	options_.uuid = mdev.uuid;
	open();
}

void CkdDisk::bad_end(const Irb &irb, const std::string &what)
{
	std::string text = what + " on " + subchannel() + " ended by " + irb->line();

	if (irb->dstat & kDstatUnitCheck)
		text += "; sense data: " + sense_text(sense_of(*session_, irb), class_);
	throw unexpected_error("device-error", text);
}

// A status that is captured but not read makes START busy.
void CkdDisk::start(const Transfer &t, const std::string &what)
{
	int err = session_->device().start(t.orb);

	for (int i = 0; err == -EBUSY && i < kMostStatuses && session_->wait_irb(); i++)
		err = session_->device().start(t.orb);
	if (err)
		throw unexpected_error("refused", failed("starting " + what + " on " + subchannel(), err));
}

// Final status of the START, or of a CLEAR of the driver's own: that takes the start
// function away (Principles of Operation, ch. 15, "Clear Function").
Irb CkdDisk::wait_final(const std::string &what)
{
	std::string seen;

	for (int i = 0; i < kMostStatuses; i++) {
		const Irb irb = session_->need_irb(what + " on " + subchannel() + seen);
		if (irb->final() && (irb->fctl() & (kFctlStart | kFctlClear)))
			return irb;
		seen += ", where was\n" + irb.text(2);
	}
	throw unexpected_error("timeout", what + ": many statuses, none of them final");
}

Irb CkdDisk::run(const Transfer &t, const std::string &what)
{
	start(t, what);
	const Irb irb = wait_final(what);
	if (!normal(irb, t))
		bad_end(irb, what);
	return irb;
}

// The status of the function may come with that of the program, behind it, or instead of it.
bool CkdDisk::end_by(Async how, const Transfer &t, const std::string &what)
{
	const unsigned function = how == Async::kHalt ? kFctlHalt : kFctlClear;
	const int err = async_when_free(*session_, how);
	bool done = false;

	if (err && err != -EBUSY)
		throw unexpected_error("refused", failed(std::string(async_name(how)) + " of " + what, err));
	for (int i = 0; i < kMostStatuses; i++) {
		const Irb irb = session_->need_irb(std::string(async_name(how)) + " of " + what + " on " + subchannel());
		if (irb->final() && irb->fctl() == kFctlStart) {
			done = normal(irb, t);
			if (err) // HALT was refused: this was all
				return done;
		}
		if ((irb->fctl() & function) && irb->clears_functions())
			return done;
	}
	throw unexpected_error("timeout", "many statuses, none of " + std::string(async_name(how)));
}

bool CkdDisk::unmap_and_map(const Transfer &t, const std::string &what)
{
	if (const int err = session_->memory().unmap(kData, kDataSize))
		throw unexpected_error("no-unmap", failed("unmapping the data of " + what, err));
	const Irb irb = wait_final(what + " whose data were unmapped");
	if (const int err = session_->memory().map_again(kData, kDataSize))
		throw unexpected_error("no-map", failed("mapping the data again", err));
	return normal(irb, t);
}

bool CkdDisk::disturb(Disturbance d, const Transfer &t, const std::string &what)
{
	::usleep(random_.chance(50) ? 0 : random_.below(3000));
	switch (d) {
	case Disturbance::kHalt:
		return end_by(Async::kHalt, t, what);
	case Disturbance::kClear:
		return end_by(Async::kClear, t, what);
	case Disturbance::kReset:
		if (const int err = session_->device().reset())
			throw unexpected_error("no-reset", failed("resetting the device", err));
		session_->io().take();
		return false;
	case Disturbance::kUnmap:
		return unmap_and_map(t, what);
	case Disturbance::kClose:
		close();
		open();
		return false;
	case Disturbance::kRemove:
		remove_and_make();
		return false;
	default:
		return normal(wait_final(what), t);
	}
}

void CkdDisk::format(TrackAddress track, const std::vector<Bytes> &records)
{
	run(programs_->format(track, records), "a format of a track");
}

Ended CkdDisk::write(TrackAddress track, unsigned first, const std::vector<Bytes> &records, Disturbance d)
{
	const Transfer t = programs_->write(track, first, records);

	if (d == Disturbance::kNone) {
		run(t, "a write");
		return Ended::kDone;
	}
	start(t, "a write");
	return disturb(d, t, "a write") ? Ended::kDone : Ended::kMaybe;
}

std::vector<Bytes> CkdDisk::bytes_of(const Transfer &t)
{
	std::vector<Bytes> out;

	for (const auto at : t.at) {
		const std::uint8_t *const p = session_->memory().at(at, t.length);
		out.emplace_back(p, p + t.length);
	}
	return out;
}

std::vector<Bytes> CkdDisk::read(TrackAddress track, unsigned first, unsigned count, std::size_t length, Disturbance d)
{
	const Transfer t = programs_->read(track, first, count, length);

	if (d == Disturbance::kNone) {
		run(t, "a read");
		return bytes_of(t);
	}
	start(t, "a read");
	// An unmapped area keeps its bytes in this process; a closed device takes them away.
	return disturb(d, t, "a read") ? bytes_of(t) : std::vector<Bytes>{};
}

std::vector<Bytes> CkdDisk::read_track(TrackAddress track)
{
	const Transfer t = programs_->read_track(track);
	const Irb irb = run(t, "READ TRACK");
	const std::uint8_t *const p = session_->memory().at(t.at[0], t.length);
	const Track read = decode_track({p, t.length - irb->count});
	std::vector<Bytes> out;

	if (!read.ended || !read.wrong.empty())
		throw unexpected_error("bad-track", "a track cannot be decoded: " + read.wrong);
	for (const auto &r : read.records)
		if (r.number)
			out.emplace_back(r.data.begin(), r.data.end());
	return out;
}

} // namespace client
