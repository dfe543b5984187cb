// SPDX-License-Identifier: GPL-2.0-only
#include "sysfs.hpp"

#include <algorithm>
#include <filesystem>
#include <linux/vfio.h>

#include "../base/error.hpp"
#include "../base/fd.hpp"

namespace client {

namespace fs = std::filesystem;

static const char *const kMdevs = "/sys/bus/mdev/devices";
static const char *const kSubchannels = "/sys/bus/css/devices";

// Sorted names of a folder's entries; empty when there is no such folder.
static std::vector<std::string> entries(const std::string &folder)
{
	std::vector<std::string> names;
	std::error_code ec;

	for (const auto &e : fs::directory_iterator(folder, ec))
		names.push_back(e.path().filename().string());
	std::sort(names.begin(), names.end());
	return names;
}

static MdevInfo describe(const std::string &uuid)
{
	const std::string link = std::string(kMdevs) + "/" + uuid;
	std::error_code ec;
	MdevInfo m;

	m.uuid = uuid;
	m.path = fs::canonical(link, ec).string();
	m.subchannel = fs::path(m.path).parent_path().filename().string();
	m.type = link_name(link + "/mdev_type");
	m.group = link_name(link + "/iommu_group");
	for (const auto &n : entries(link + "/vfio-dev")) {
		const std::string node = "/dev/vfio/devices/" + n;
		if (fs::exists(node, ec))
			m.cdev = node;
	}
	return m;
}

std::vector<MdevInfo> find_mdevs()
{
	std::vector<MdevInfo> found;

	for (const auto &uuid : entries(kMdevs)) {
		const std::string api = std::string(kMdevs) + "/" + uuid + "/mdev_type/device_api";
		if (read_text(api) == VFIO_DEVICE_API_CCW_STRING)
			found.push_back(describe(uuid));
	}
	return found;
}

std::vector<SubchannelInfo> find_subchannels()
{
	std::vector<SubchannelInfo> found;

	for (const auto &id : entries(kSubchannels)) {
		const std::string path = std::string(kSubchannels) + "/" + id + "/";
		SubchannelInfo s;
		s.bus_id = id;
		s.driver = link_name(path + "driver");
		s.type = read_text(path + "type");
		s.device = read_text(path + "dev_busid");
		s.chpids = read_text(path + "chpids");
		s.paths = read_text(path + "pimpampom");
		found.push_back(s);
	}
	return found;
}

MdevInfo choose_mdev(const std::string &uuid)
{
	const auto all = find_mdevs();
	std::string names;

	for (const auto &m : all) {
		if (m.uuid == uuid || (uuid.empty() && all.size() == 1))
			return m;
		names += "\n       " + m.uuid + " on subchannel " + m.subchannel;
	}
	if (!uuid.empty())
		throw environment_error("no-device", "there is no vfio-ccw device " + uuid,
					all.empty() ? "create one: see `vccw list --help`" : "choose one of:" + names);
	if (!all.empty())
		throw usage_error("there are several vfio-ccw devices", "choose one with -d UUID:" + names);
	throw environment_error(
		"no-device", "there is no vfio-ccw mediated device on this system",
		"load vfio_ccw, bind a subchannel to it and create a device: see `vccw list --help`");
}

} // namespace client
