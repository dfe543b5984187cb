// SPDX-License-Identifier: GPL-2.0-only
// What sysfs tells of subchannels and vfio-ccw mediated devices.
#pragma once

#include <string>
#include <vector>

namespace client {

struct MdevInfo {
	std::string uuid;
	std::string path;	// resolved, below the subchannel
	std::string subchannel;	// bus id, e.g. 0.0.0001
	std::string type;	// mdev type, e.g. vfio_ccw-io
	std::string group;	// iommu group number, empty if none
	std::string cdev;	// /dev/vfio/devices/vfioN, empty if none
};

struct SubchannelInfo {
	std::string bus_id;
	std::string driver;	// empty: bound to none
	std::string type;	// 0: I/O
	std::string device;	// bus id of the ccw device, if known
	std::string chpids;
	std::string paths;	// pim pam pom
};

// All mediated devices whose device API is vfio-ccw.
std::vector<MdevInfo> find_mdevs();
std::vector<SubchannelInfo> find_subchannels();
// The device named `uuid`; with an empty name the only one there is.
MdevInfo choose_mdev(const std::string &uuid);

} // namespace client
