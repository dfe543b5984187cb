// SPDX-License-Identifier: GPL-2.0-only
#include "backend.hpp"

#include <unistd.h>

#include "../base/error.hpp"

namespace client {

std::unique_ptr<Backend> make_backend(const std::string &which)
{
	if (which == "type1")
		return make_type1_backend();
	if (which == "iommufd")
		return make_iommufd_backend();
	if (which != "auto")
		throw usage_error("there is no back end '" + which + "'", "use type1, iommufd or auto");
	const bool only_iommufd = ::access("/dev/vfio/vfio", F_OK) != 0 && ::access("/dev/iommu", F_OK) == 0;
	return only_iommufd ? make_iommufd_backend() : make_type1_backend();
}

} // namespace client
