// SPDX-License-Identifier: GPL-2.0-only
#include "command.hpp"

namespace client {

static const char *const kHelp =
	"Lists the vfio-ccw mediated devices, and the subchannels that are bound to the\n"
	"vfio_ccw driver (with --all: every subchannel).\n"
	"\n"
	"To make a device of subchannel 0.0.0123, whose device is 0.0.4711, as root:\n"
	"  S=/sys/bus/css/devices/0.0.0123\n"
	"  echo 0 > /sys/bus/ccw/devices/0.0.4711/online\n"
	"  echo vfio_ccw > $S/driver_override\n"
	"  echo 0.0.0123 > $S/driver/unbind\n"
	"  echo 0.0.0123 > /sys/bus/css/drivers/vfio_ccw/bind\n"
	"  uuidgen > $S/mdev_supported_types/vfio_ccw-io/create\n"
	"(mdevctl keeps such devices over a boot.)";

static Value mdev_value(const MdevInfo &m)
{
	return Value::object()
		.set("uuid", m.uuid)
		.set("subchannel", m.subchannel)
		.set("type", m.type)
		.set("group", m.group)
		.set("cdev", m.cdev);
}

static Value subchannel_value(const SubchannelInfo &s)
{
	return Value::object()
		.set("subchannel", s.bus_id)
		.set("driver", s.driver)
		.set("type", s.type)
		.set("device", s.device)
		.set("chpids", s.chpids)
		.set("paths", s.paths);
}

static int run(Context &ctx)
{
	Report &r = ctx.report;
	Value mdevs = Value::array();
	Value subchannels = Value::array();

	for (const auto &m : find_mdevs()) {
		mdevs.push(mdev_value(m));
		r.say("device " + m.uuid + "  subchannel " + m.subchannel + "  type " + m.type + "  group " +
		      (m.group.empty() ? "none" : m.group) + (m.cdev.empty() ? "" : "  node " + m.cdev));
	}
	for (const auto &s : find_subchannels()) {
		if (s.driver != "vfio_ccw" && !ctx.args.has("all"))
			continue;
		subchannels.push(subchannel_value(s));
		r.say("subchannel " + s.bus_id + "  driver " + (s.driver.empty() ? "none" : s.driver) + "  device " +
		      (s.device.empty() ? "unknown" : s.device) + "  pim/pam/pom " + s.paths + "  chpids " + s.chpids);
	}
	if (find_mdevs().empty())
		r.say("no vfio-ccw mediated device; `vccw list --help` tells how to make one");
	r.add("devices", mdevs, "");
	r.add("subchannels", subchannels, "");
	return kOk;
}

Command list_command()
{
	return {"list", "", "list vfio-ccw devices and subchannels", kHelp,
		{{"all", "", "every subchannel, whatever its driver"}}, 0, run};
}

} // namespace client
