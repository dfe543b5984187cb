// SPDX-License-Identifier: GPL-2.0-only
// What happens on the host beside its clients: channel paths are varied, and
// channel reports come, injected through the kernel's debugfs.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "random.hpp"
#include "run.hpp"

namespace client {

// Principles of Operation, "Channel-Report Word": reporting source and error
// recovery code.
constexpr unsigned kSubchannelReport = 3, kPathReport = 4;
constexpr unsigned kInitialized = 2, kGone = 6;

// Lets the kernel take artificial channel reports; false: it cannot.
bool enable_reports(bool on);
// Makes one and waits until the kernel has dealt with it.  0 or -errno.
int make_report(unsigned source, unsigned code, unsigned id);
constexpr std::uint32_t report_word(unsigned source, unsigned code, unsigned id)
{
	return source << 24 | code << 16 | id;
}
// The first channel path of a subchannel, or a named error.
std::string path_of(const std::string &subchannel);

class Host {
public:
	// `path`: chpid, in hexadecimal, that may be varied; empty: none.
	// `subchannels`: bus ids, of which reports may come.
	Host(Run &run, const std::string &path, std::vector<std::string> subchannels);
	// Leaves the path as it should be.
	~Host();

	bool can_inject() const { return inject_; }
	void start();

	// HALTs that the driver may have made by itself.
	std::uint64_t halts_before(bool own_path) const { return own_path ? halts_.load() : 0; }
	// Reports of the path that the kernel is through with.
	std::size_t crws();
	// Whether this one was made, as number `at` or later; `at` moves behind it.
	bool was_made(std::uint32_t crw, std::size_t &at);

private:
	void work(Beat &beat);
	void path_event(Op op, bool online, const std::function<int()> &event);
	void vary();
	void path_report(bool online);
	void subchannel_report(Random &random);

	Run &run_;
	const std::string path_;
	const std::vector<std::string> subchannels_;
	bool inject_ = false;
	bool varied_off_ = false, gone_ = false;
	std::atomic<std::uint64_t> halts_{0};
	std::mutex lock_; // made_, settled_
	std::vector<std::uint32_t> made_;
	std::size_t settled_ = 0;
};

} // namespace client
