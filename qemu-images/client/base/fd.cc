// SPDX-License-Identifier: GPL-2.0-only
#include "fd.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace client {

void Fd::reset()
{
	if (fd_ >= 0)
		::close(fd_);
	fd_ = -1;
}

// Not by a stream: that throws when a file of sysfs goes between opening and reading.
std::string read_text(const std::string &path, const std::string &otherwise)
{
	const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
	std::string text;
	char part[4096];
	ssize_t got;

	while ((got = ::read(fd.get(), part, sizeof(part))) > 0)
		text.append(part, static_cast<std::size_t>(got));
	if (got < 0)
		return otherwise;
	while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
		text.pop_back();
	return text;
}

int write_text(const std::string &path, const std::string &text)
{
	const Fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));

	if (!fd.valid())
		return -errno;
	return ::write(fd.get(), text.data(), text.size()) < 0 ? -errno : 0;
}

std::string link_name(const std::string &path)
{
	std::error_code ec;
	const auto target = std::filesystem::read_symlink(path, ec);

	return ec ? std::string() : target.filename().string();
}

} // namespace client
