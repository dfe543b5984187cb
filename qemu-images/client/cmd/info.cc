// SPDX-License-Identifier: GPL-2.0-only
#include "info.hpp"

#include "command.hpp"

namespace client {

static std::string region_text(const Region &r)
{
	return "region " + std::to_string(r.index) + ": " + r.name() + ", " + std::to_string(r.size) +
	       " bytes at " + to_hex(r.offset, 1) + ((r.flags & VFIO_REGION_INFO_FLAG_READ) ? ", read" : "") +
	       ((r.flags & VFIO_REGION_INFO_FLAG_WRITE) ? ", write" : "") +
	       (r.typed ? ", type " + std::to_string(r.type) + " subtype " + std::to_string(r.subtype) : "");
}

static std::string interrupt_text(const Interrupt &i)
{
	return "interrupt " + std::to_string(i.index) + ": " + i.name() + ", " + std::to_string(i.count) +
	       ((i.flags & VFIO_IRQ_INFO_EVENTFD) ? ", eventfd" : "");
}

static void check_region(Report &r, Device &d, std::uint32_t subtype, std::size_t size)
{
	const Region *found = d.find(subtype);

	if (found && found->size != size)
		r.expect(false, "a " + found->name() + " region of " + std::to_string(size) + " bytes",
			 std::to_string(found->size));
}

void show_info(Report &r, Session &s)
{
	Device &d = s.device();
	Value regions = Value::array();
	Value interrupts = Value::array();

	r.add("uuid", s.mdev().uuid, "device " + s.mdev().uuid);
	r.add("subchannel", s.mdev().subchannel, "subchannel " + s.mdev().subchannel);
	r.add("backend", s.backend().name(), std::string("opened through ") + s.backend().name());
	r.add("flags", Value::hex(d.info().flags, 1),
	      std::string("device information: vfio-ccw") +
		      ((d.info().flags & VFIO_DEVICE_FLAGS_RESET) ? ", can be reset" : "") + ", " +
		      std::to_string(d.info().num_regions) + " regions, " + std::to_string(d.info().num_irqs) +
		      " interrupts");
	for (const auto &x : d.regions()) {
		regions.push(x.value());
		r.say(region_text(x));
	}
	for (const auto &x : d.interrupts()) {
		interrupts.push(x.value());
		r.say(interrupt_text(x));
	}
	r.add("regions", regions, "");
	r.add("interrupts", interrupts, "");
	check_region(r, d, VFIO_REGION_SUBTYPE_CCW_ASYNC_CMD, sizeof(ccw_cmd_region));
	check_region(r, d, VFIO_REGION_SUBTYPE_CCW_SCHIB, sizeof(ccw_schib_region));
	check_region(r, d, VFIO_REGION_SUBTYPE_CCW_CRW, sizeof(ccw_crw_region));
}

static int run(Context &ctx)
{
	Session s(ctx.session);

	show_info(ctx.report, s);
	return kOk;
}

Command info_command()
{
	return {"info", "", "device information, regions, interrupts, capabilities", "", {}, 0, run};
}

} // namespace client
