// SPDX-License-Identifier: GPL-2.0-only
// What a host lacks before it can pass a device on, and what mends it.
#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "../base/fd.hpp"
#include "command.hpp"

namespace client {

namespace {

const char *const kHelp =
	"Goes through what has to be there before a device can be passed on, from the kernel to\n"
	"the device, and says of each that is missing which command mends it.  Opens no device\n"
	"and changes nothing.  SUBCHANNEL is the device's subchannel, or its device number; without\n"
	"one, every subchannel that is bound to vfio_ccw is looked at.\n"
	"\n"
	"Exit code 0: ready; 1: something is missing.  A \"note\" is no hindrance.";

bool exists(const std::string &path) { return ::access(path.c_str(), F_OK) == 0; }

// What the shell would run as `name`, or nothing.
bool has_tool(const std::string &name)
{
	const char *const path = std::getenv("PATH");
	std::string folders = std::string(path ? path : "") + ":/usr/sbin:/sbin";

	for (std::size_t at = 0; at <= folders.size();) {
		const std::size_t end = std::min(folders.find(':', at), folders.size());
		if (::access((folders.substr(at, end - at) + "/" + name).c_str(), X_OK) == 0)
			return true;
		at = end + 1;
	}
	return false;
}

std::string release()
{
	utsname u{};
	return ::uname(&u) ? std::string() : u.release;
}

// In the index of modprobe.
bool is_installed(const std::string &module)
{
	return read_text("/lib/modules/" + release() + "/modules.dep").find("/" + module + ".ko") != std::string::npos;
}

class Host {
public:
	explicit Host(Report &r) : report_(r) {}

	// A condition; `mend` says what to do where it does not hold.
	bool needs(bool ok, const std::string &what, const std::string &missing, const std::string &mend)
	{
		line(ok ? "ok" : "missing", ok ? what : missing, ok ? "" : mend);
		missing_ += !ok;
		return ok;
	}
	void note(const std::string &what, const std::string &mend) { line("note", what, mend); }
	bool ready() const { return missing_ == 0; }
	void finish() { report_.add("lines", lines_, ""); }

private:
	void line(const std::string &state, const std::string &what, const std::string &mend)
	{
		lines_.push(Value::object().set("state", state).set("what", what).set("do", mend));
		report_.say((state + "         ").substr(0, 9) + what);
		if (!mend.empty())
			report_.say("           do: " + mend);
	}

	Report &report_;
	Value lines_ = Value::array();
	int missing_ = 0;
};

bool module_is_there(Host &h, const std::string &module, const std::string &build)
{
	const bool loaded = exists("/sys/module/" + module);

	return h.needs(loaded, module + " is loaded", module + " is not loaded",
		       is_installed(module) || build.empty() ? "modprobe " + module : build);
}

void check_kernel(Host &h)
{
	h.needs(exists("/sys/bus/css"), "the machine has channel I/O", "this machine has no channel I/O (no /sys/bus/css)",
		"run this on an s390x host");
	module_is_there(h, "mdev", "sudo make install, then modprobe mdev: this kernel has none");
	if (module_is_there(h, "vfio_ccw", "sudo make install, then modprobe vfio_ccw")) {
		const std::string version = read_text("/sys/module/vfio_ccw/version");
		h.needs(!version.empty(), "vfio_ccw is this project's, version " + version,
			"the loaded vfio_ccw is the kernel's own", "rmmod vfio_ccw, sudo make install, modprobe vfio_ccw");
	}
	if (!exists("/dev/iommu"))
		module_is_there(h, "vfio_iommu_type1", "");
	else
		h.needs(true, "there is an iommufd (/dev/iommu)", "", "");
}

void check_tools(Host &h)
{
	static const struct {
		const char *name, *package, *what;
	} tools[] = {
		{"chzdev", "s390-tools", "sets a device offline"},
		{"lscss", "s390-tools", "shows subchannels"},
		{"driverctl", "driverctl", "keeps the driver of a subchannel over a boot"},
		{"mdevctl", "mdevctl", "keeps mediated devices over a boot"},
		{"qemu-system-s390x", "qemu-system-s390x", "runs the guest"},
	};
	for (const auto &t : tools)
		if (!has_tool(t.name))
			h.note(std::string("no ") + t.name + ", which " + t.what, std::string("apt install ") + t.package);
	for (const char *const rules : {"/usr/lib/udev/rules.d/60-mdevctl.rules", "/lib/udev/rules.d/60-mdevctl.rules"}) {
		const std::string text = read_text(rules);
		if (text.find("/usr/sbin/mdevctl") != std::string::npos && !exists("/usr/sbin/mdevctl")) {
			h.needs(false, "", "udev does not find mdevctl: its rule names /usr/sbin/mdevctl",
				"ln -s ../bin/mdevctl /usr/sbin/mdevctl");
			break;
		}
	}
	if (!exists("/dev/kvm"))
		h.note("no /dev/kvm: guests run in emulation", "modprobe kvm");
}

// What pinned pages count against, for those who are not root.
void check_memlock(Host &h)
{
	constexpr rlim_t kUseful = 64ul << 20;
	rlimit limit{};

	if (::getrlimit(RLIMIT_MEMLOCK, &limit) || ::geteuid() == 0 || limit.rlim_cur >= kUseful)
		return;
	h.note("this user may lock only " + std::to_string(limit.rlim_cur >> 10) +
		       " KiB of memory: programs with much data are refused",
	       "run QEMU by libvirt, which raises it, or raise it: prlimit --memlock");
}

bool is_virtio(const std::string &dir, const std::string &device)
{
	return read_text(dir + "/" + device + "/cutype").compare(0, 4, "3832") == 0;
}

// The CHPIDs that the subchannel has installed: `paths` begins with the mask of them.
std::vector<std::string> installed_paths(const SubchannelInfo &s)
{
	std::istringstream ids(s.chpids), masks(s.paths);
	unsigned installed = 0;
	std::vector<std::string> found;

	masks >> std::hex >> installed;
	std::string id;
	for (unsigned bit = 0x80; ids >> id; bit >>= 1)
		if (installed & bit)
			found.push_back("0." + id);
	return found;
}

void check_paths(Host &h, const SubchannelInfo &s)
{
	bool usable = false;

	for (const auto &id : installed_paths(s)) {
		const std::string status = read_text("/sys/devices/css0/chp" + id + "/status");
		usable |= status == "online";
		if (status == "offline")
			h.note(s.bus_id + ": its path " + id + " is varied off", "chchp -v 1 " + id);
	}
	h.needs(usable, s.bus_id + ": a channel path is online", s.bus_id + ": no channel path is known and online",
		"chchp -v 1 CHPID; lschp shows them");
}

void check_subchannel(Host &h, const SubchannelInfo &s)
{
	const std::string dir = "/sys/bus/css/devices/" + s.bus_id;
	const std::string name = s.bus_id + (s.device.empty() ? "" : " (device " + s.device + ")");

	if (!h.needs(s.type == "0", name + ": an I/O subchannel", name + ": no I/O subchannel, type " + s.type,
		     "only I/O subchannels can be passed on"))
		return;
	check_paths(h, s);
	if (!h.needs(s.driver == "vfio_ccw", name + ": bound to vfio_ccw",
		     name + ": its driver is " + (s.driver.empty() ? std::string("none") : s.driver),
		     (s.driver == "io_subchannel" && !s.device.empty() ? "chzdev --active --disable " + s.device + "; " : std::string()) +
			     "driverctl -b css set-override " + s.bus_id + " vfio_ccw")) {
		if (!s.device.empty() && is_virtio(dir, s.device))
			h.note(name + ": a virtio device: refused unless vfio_ccw's allow_virtio is 1, for tests", "");
		return;
	}
	const auto all = find_mdevs();
	const auto mdev = std::find_if(all.begin(), all.end(), [&](const MdevInfo &m) { return m.subchannel == s.bus_id; });
	if (!h.needs(mdev != all.end(), name + ": has a mediated device", name + ": has no mediated device",
		     "uuid=$(uuidgen); mdevctl define -u $uuid -p " + s.bus_id + " --jsonfile /usr/share/vfio-ccw/mdev.json (or qemu-images/operator/mdev.json); mdevctl start -u $uuid"))
		return;
	const std::string node = "/dev/vfio/" + mdev->group;
	h.needs((!mdev->group.empty() && exists(node)) || !mdev->cdev.empty(), name + ": guests can have it: -device vfio-ccw,sysfsdev=" + mdev->path,
		name + ": it has no node in /dev/vfio", "udevadm trigger; see dmesg");
}

bool is_meant(const SubchannelInfo &s, const std::string &name) { return s.bus_id == name || s.device == name; }

int run(Context &ctx)
{
	Host h(ctx.report);
	const auto &words = ctx.args.positional();
	int looked_at = 0;

	check_kernel(h);
	check_tools(h);
	check_memlock(h);
	for (const auto &s : find_subchannels()) {
		if (words.empty() ? s.driver != "vfio_ccw" : !is_meant(s, words[0]))
			continue;
		check_subchannel(h, s);
		looked_at++;
	}
	if (!looked_at && words.empty())
		h.needs(false, "", "no subchannel is bound to vfio_ccw", "vccw check SUBCHANNEL tells how; lscss shows them");
	else if (!looked_at)
		h.needs(false, "", "there is no subchannel or device " + words[0], "lscss shows them");
	h.finish();
	ctx.report.add("ready", h.ready(), h.ready() ? "ready" : "not ready");
	return h.ready() ? kOk : kUnexpected;
}

} // namespace

Command check_command()
{
	return {"check", "[SUBCHANNEL]", "tell what this host lacks to pass a device on", kHelp, {}, 1, run};
}

} // namespace client
