// SPDX-License-Identifier: GPL-2.0-only
// Owned file descriptors and the small file reads that sysfs needs.
#pragma once

#include <string>
#include <utility>

namespace client {

class Fd {
public:
	Fd() = default;
	explicit Fd(int fd) : fd_(fd) {}
	Fd(Fd &&o) noexcept : fd_(std::exchange(o.fd_, -1)) {}
	Fd &operator=(Fd &&o) noexcept
	{
		if (this != &o) {
			reset();
			fd_ = std::exchange(o.fd_, -1);
		}
		return *this;
	}
	Fd(const Fd &) = delete;
	Fd &operator=(const Fd &) = delete;
	~Fd() { reset(); }

	int get() const { return fd_; }
	bool valid() const { return fd_ >= 0; }
	void reset();

private:
	int fd_ = -1;
};

// The file's text with trailing white space cut; `otherwise` when it cannot be read.
std::string read_text(const std::string &path, const std::string &otherwise = {});
// 0 or -errno.
int write_text(const std::string &path, const std::string &text);
// The last component of where a symbolic link points; empty when there is none.
std::string link_name(const std::string &path);

} // namespace client
