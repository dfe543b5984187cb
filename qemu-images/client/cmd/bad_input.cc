// SPDX-License-Identifier: GPL-2.0-only
// Requests that a broken client might make: each must be refused, and change nothing.
#include <cstring>

#include "command.hpp"
#include "steps.hpp"

namespace client {

namespace {

struct Checker {
	Report &r;
	Session &s;

	// `came`: a byte count, or -errno.
	void refused(const std::string &what, long came, std::initializer_list<int> errnos)
	{
		std::vector<std::string> names;
		bool ok = false;

		for (const int e : errnos) {
			ok = ok || came == -e;
			names.push_back(errno_name(e));
		}
		r.expect(ok, what + ": " + join(names, " or "), came < 0 ? errno_name(static_cast<int>(came)) : "accepted");
	}

	void region_edges(const Region &region)
	{
		std::uint8_t bytes[512] = {};
		const std::uint64_t end = region.offset + region.size;
		const std::string name = region.name() + " region, ";
		Device &d = s.device();

		refused(name + "read one byte past the end", d.read_at(end, bytes, 1), {EINVAL});
		refused(name + "read that runs over the end", d.read_at(end - 1, bytes, 2), {EINVAL});
		refused(name + "read of more than it holds", d.read_at(region.offset, bytes, region.size + 1), {EINVAL});
		refused(name + "read far away in it", d.read_at(region.offset + 0x800000, bytes, 4), {EINVAL});
		refused(name + "write one byte past the end", d.write_at(end, bytes, 1), {EINVAL});
		refused(name + "write that runs over the end", d.write_at(end - 1, bytes, 2), {EINVAL});
		refused(name + "write of more than it holds", d.write_at(region.offset, bytes, region.size + 1), {EINVAL});
		refused(name + "read into an unmapped buffer",
			d.read_at(region.offset, reinterpret_cast<void *>(16), region.size), {EFAULT});
		if (region.index == VFIO_CCW_CONFIG_REGION_INDEX)
			refused(name + "write from an unmapped buffer",
				d.write_at(region.offset, reinterpret_cast<void *>(16), region.size), {EFAULT});
		if (!(region.flags & VFIO_REGION_INFO_FLAG_WRITE))
			refused(name + "write though it is read-only", d.write_at(region.offset, bytes, region.size), {EINVAL});
	}

	long set_irqs(std::uint32_t flags, std::uint32_t index, std::uint32_t start, std::uint32_t count,
		      std::uint32_t argsz, std::int32_t fd)
	{
		alignas(8) std::uint8_t bytes[64] = {};
		vfio_irq_set h{};

		h.argsz = argsz;
		h.flags = flags;
		h.index = index;
		h.start = start;
		h.count = count;
		std::memcpy(bytes, &h, sizeof(h));
		std::memcpy(bytes + sizeof(h), &fd, sizeof(fd));
		return s.device().ioctl(VFIO_DEVICE_SET_IRQS, bytes);
	}

	void interrupts()
	{
		constexpr std::uint32_t kFd = VFIO_IRQ_SET_DATA_EVENTFD, kTrigger = VFIO_IRQ_SET_ACTION_TRIGGER;
		constexpr std::uint32_t kHead = sizeof(vfio_irq_set), kWhole = kHead + 4;
		const int fd = s.io().fd();

		refused("SET_IRQS, index past the last", set_irqs(kFd | kTrigger, VFIO_CCW_NUM_IRQS, 0, 1, kWhole, fd), {EINVAL});
		refused("SET_IRQS, huge index", set_irqs(kFd | kTrigger, 0xffffffff, 0, 1, kWhole, fd), {EINVAL});
		refused("SET_IRQS, start past the count", set_irqs(kFd | kTrigger, 0, 1, 1, kWhole, fd), {EINVAL});
		refused("SET_IRQS, two of one interrupt", set_irqs(kFd | kTrigger, 0, 0, 2, kWhole + 4, fd), {EINVAL});
		refused("SET_IRQS, no action", set_irqs(kFd, 0, 0, 1, kWhole, fd), {EINVAL});
		refused("SET_IRQS, mask action", set_irqs(kFd | VFIO_IRQ_SET_ACTION_MASK, 0, 0, 1, kWhole, fd), {EINVAL, ENOTTY});
		refused("SET_IRQS, two kinds of data",
			set_irqs(kFd | VFIO_IRQ_SET_DATA_BOOL | kTrigger, 0, 0, 1, kWhole, fd), {EINVAL});
		refused("SET_IRQS, unknown flag", set_irqs(kFd | kTrigger | 0x80000000, 0, 0, 1, kWhole, fd), {EINVAL});
		refused("SET_IRQS, argsz too small for the data", set_irqs(kFd | kTrigger, 0, 0, 1, kHead, fd), {EINVAL});
		refused("SET_IRQS, argsz too small for itself", set_irqs(kFd | kTrigger, 0, 0, 1, 4, fd), {EINVAL});
		refused("SET_IRQS, a file that is no eventfd", set_irqs(kFd | kTrigger, 0, 0, 1, kWhole, 0), {EINVAL});
		refused("SET_IRQS, a closed file", set_irqs(kFd | kTrigger, 0, 0, 1, kWhole, 4095), {EBADF});
		refused("SET_IRQS, file -2", set_irqs(kFd | kTrigger, 0, 0, 1, kWhole, -2), {EINVAL});
	}

	template <typename T> void information(const char *what, unsigned long request, std::uint32_t T::*index, std::uint32_t last)
	{
		T q{};

		q.argsz = sizeof(q);
		q.*index = last;
		refused(std::string(what) + ", index past the last", s.device().ioctl(request, &q), {EINVAL});
		q.*index = 0xffffffff;
		refused(std::string(what) + ", huge index", s.device().ioctl(request, &q), {EINVAL});
		q.*index = 0;
		q.argsz = 4;
		refused(std::string(what) + ", argsz too small", s.device().ioctl(request, &q), {EINVAL});
	}

	void requests()
	{
		Device &d = s.device();
		vfio_device_info info{};
		ccw_cmd_region cmd{};
		std::uint8_t orb[12] = {};

		info.argsz = 4;
		refused("GET_INFO, argsz too small", d.ioctl(VFIO_DEVICE_GET_INFO, &info), {EINVAL});
		information("GET_REGION_INFO", VFIO_DEVICE_GET_REGION_INFO, &vfio_region_info::index, d.info().num_regions);
		information("GET_IRQ_INFO", VFIO_DEVICE_GET_IRQ_INFO, &vfio_irq_info::index, d.info().num_irqs);
		refused("a request that is no vfio one", d.ioctl(0x3bff, nullptr), {ENOTTY});
		std::uint64_t offset = 0;
		for (const auto &x : d.regions())
			offset = std::max(offset, x.offset);
		const std::uint64_t step = d.regions().size() > 1 ? d.regions()[1].offset - d.regions()[0].offset : 1ull << 40;
		refused("read of a region past the last", d.read_at(offset + step, orb, 4), {EINVAL});
		refused("write of a region past the last", d.write_at(offset + step, orb, 4), {EINVAL});
		// Accepted or not, this one must start nothing.
		const int nothing = d.start_raw(orb, 0);
		r.say("      a write with no function in the SCSW: " + (nothing ? errno_name(nothing) : std::string("accepted")));
		refused("HALT through the I/O region", d.start_raw(orb, std::uint32_t{kFctlHalt} << 12), {EOPNOTSUPP});
		refused("CLEAR through the I/O region", d.start_raw(orb, std::uint32_t{kFctlClear} << 12), {EOPNOTSUPP});
		orb[5] = 0x04;	// transport mode
		refused("START in transport mode", d.start_raw(orb, std::uint32_t{kFctlStart} << 12), {EOPNOTSUPP});
		if (const Region *a = d.find(VFIO_REGION_SUBTYPE_CCW_ASYNC_CMD)) {
			for (const std::uint32_t bad : {0u, 3u, 4u, 0x80000000u}) {
				cmd.command = bad;
				refused("async command " + to_hex(bad, 1), d.write_at(a->offset, &cmd, sizeof(cmd)), {EINVAL});
			}
		}
	}

	void programs()
	{
		Orb orb;

		orb.cpa = static_cast<std::uint32_t>(s.options().memory_bytes);
		expect_refused_program(r, s, orb, "START of a program outside the mapped memory");
		Chain chain = Chain::fresh(s.memory(), 1);
		chain.add({kCmdSenseId, kCcwSli, 64, static_cast<std::uint32_t>(s.options().memory_bytes)});
		expect_refused_program(r, s, Session::orb_for(chain), "START of a program whose data are outside");
	}
};

} // namespace

static int run(Context &ctx)
{
	Session s(ctx.session);
	Checker c{ctx.report, s};

	for (const auto &region : s.device().regions())
		c.region_edges(region);
	c.interrupts();
	c.requests();
	ctx.report.expect(!s.io().wait(100), "no interrupt from any of it", s.io().wait(0) ? "one" : "none");
	c.programs();
	ctx.report.say("and the device still works:");
	step_sense_id(ctx.report, s);
	return kOk;
}

Command bad_input_command()
{
	return {"bad-input", "", "make wrong requests: each must be refused and change nothing",
		"Reads and writes beyond the regions, wrong indices, sizes, flags and files for\n"
		"interrupts, wrong commands; then runs SENSE ID to see that nothing has changed.",
		{}, 0, run};
}

} // namespace client
