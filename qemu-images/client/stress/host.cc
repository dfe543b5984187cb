// SPDX-License-Identifier: GPL-2.0-only
#include "host.hpp"

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include "../base/error.hpp"
#include "../base/fd.hpp"
#include "../base/number.hpp"

namespace client {

namespace {
constexpr std::uint32_t kOverflow = 1u << 29;
constexpr const char *kFolder = "/sys/kernel/debug/s390/cio/";
} // namespace

bool enable_reports(bool on)
{
	return !write_text(std::string(kFolder) + "enable_inject", on ? "1" : "0");
}

// The kernel reads a string, so its end is written too.
int make_report(unsigned source, unsigned code, unsigned id)
{
	char text[64];
	const int length = std::snprintf(text, sizeof(text), "0 0 0 %x 0 %x %x", source, code, id);
	const Fd fd(::open((std::string(kFolder) + "crw_inject").c_str(), O_WRONLY | O_CLOEXEC));

	if (!fd.valid() || ::write(fd.get(), text, static_cast<std::size_t>(length) + 1) < 0)
		return -errno;
	return write_text("/proc/cio_settle", "1");
}

std::string path_of(const std::string &subchannel)
{
	const std::string chpids = read_text("/sys/bus/css/devices/" + subchannel + "/chpids");

	if (chpids.size() < 2)
		throw environment_error("no-subchannel", "there is no subchannel " + subchannel,
					"see `vccw list`");
	return chpids.substr(0, 2);
}

Host::Host(Run &run, const std::string &path, std::vector<std::string> subchannels)
	: run_(run), path_(path), subchannels_(std::move(subchannels)),
	  inject_(enable_reports(true))
{
}

Host::~Host()
{
	if (gone_)
		path_report(true);
	if (varied_off_)
		vary();
	if (inject_)
		enable_reports(false);
}

// Does something to the path that the driver reports as gone or initialized.
void Host::path_event(Op op, bool online, const std::function<int()> &event)
{
	const auto id = static_cast<unsigned>(parse_number(path_, "channel path", 16));

	halts_++;
	{
		const std::lock_guard hold(lock_);
		made_.push_back(report_word(kPathReport, online ? kInitialized : kGone, id));
	}
	run_.done(op, event());
	const std::lock_guard hold(lock_);
	settled_ = made_.size();
}

void Host::vary()
{
	varied_off_ = !varied_off_;
	path_event(Op::kVary, !varied_off_, [&] {
		return write_text("/sys/devices/css0/chp0." + path_ + "/status",
				  varied_off_ ? "off" : "on");
	});
}

void Host::path_report(bool online)
{
	const auto id = static_cast<unsigned>(parse_number(path_, "channel path", 16));

	gone_ = !online;
	path_event(Op::kCrw, online,
		   [&] { return make_report(kPathReport, online ? kInitialized : kGone, id); });
}

void Host::subchannel_report(Random &random)
{
	const std::string &id =
		subchannels_[random.below(static_cast<std::uint32_t>(subchannels_.size()))];

	run_.done(Op::kCrw, make_report(kSubchannelReport, kInitialized,
					static_cast<unsigned>(parse_number(id.substr(id.size() - 4),
									   "subchannel", 16))));
}

std::size_t Host::crws()
{
	const std::lock_guard hold(lock_);

	return settled_;
}

bool Host::was_made(std::uint32_t crw, std::size_t &at)
{
	const std::lock_guard hold(lock_);

	for (std::size_t i = at; i < made_.size(); i++) {
		if (made_[i] == (crw & ~kOverflow)) {
			at = i + 1;
			return true;
		}
	}
	return false;
}

void Host::work(Beat &beat)
{
	Random random(run_.seed(), 7);

	while (!run_.over()) {
		mark(beat, "varying paths and reporting");
		::usleep(5000 + random.below(20000));
		const std::uint32_t kind = random.below(4);
		if ((kind && !inject_) || (kind < 3 && path_.empty()) || !run_.take())
			continue;
		if (kind == 0 && !gone_)
			vary();
		else if (kind < 3 && inject_ && !varied_off_)
			path_report(gone_);
		else if (inject_)
			subchannel_report(random);
		else
			vary();
	}
	if (varied_off_)
		vary();
}

void Host::start()
{
	run_.start(Run::kActor, "host", [this](Beat &b) { work(b); });
}

} // namespace client
