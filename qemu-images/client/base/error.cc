// SPDX-License-Identifier: GPL-2.0-only
#include "error.hpp"

#include <cstdlib>

namespace client {

std::string errno_name(int err)
{
	const int e = std::abs(err);

	if (e == 0)
		return "0";
	if (const char *name = strerrorname_np(e))
		return name;
	return "errno " + std::to_string(e);
}

std::string failed(const std::string &doing, int err)
{
	const int e = std::abs(err);

	return doing + ": " + errno_name(e) + " (" + std::strerror(e) + ")";
}

} // namespace client
