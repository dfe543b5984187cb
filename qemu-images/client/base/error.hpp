// SPDX-License-Identifier: GPL-2.0-only
// Every failure that reaches a person has a name, a sentence and a next step.
#pragma once

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

namespace client {

// What the process exits with; part of the command line's contract.
enum ExitCode : int {
	kOk = 0,
	kUnexpected = 1,	// the device answered otherwise than expected
	kUsage = 2,
	kEnvironment = 3,	// no device, no vfio, no permission ...
};

class Error : public std::runtime_error {
public:
	Error(ExitCode code, std::string name, const std::string &what, std::string hint = {})
		: std::runtime_error(what), code_(code), name_(std::move(name)), hint_(std::move(hint))
	{
	}

	ExitCode code() const { return code_; }
	const std::string &name() const { return name_; }	// e.g. "no-device"
	const std::string &hint() const { return hint_; }	// what to do

private:
	ExitCode code_;
	std::string name_;
	std::string hint_;
};

inline Error usage_error(const std::string &what, std::string hint = "see --help")
{
	return Error(kUsage, "usage", what, std::move(hint));
}

inline Error environment_error(std::string name, const std::string &what, std::string hint)
{
	return Error(kEnvironment, std::move(name), what, std::move(hint));
}

inline Error unexpected_error(std::string name, const std::string &what, std::string hint = {})
{
	return Error(kUnexpected, std::move(name), what, std::move(hint));
}

// "EBUSY", "EINVAL" ... for an errno value, positive or negative; "0" for 0.
std::string errno_name(int err);

// "opening /dev/vfio/vfio: EACCES (Permission denied)"
std::string failed(const std::string &doing, int err);

} // namespace client
