// SPDX-License-Identifier: GPL-2.0-only
// The C functions of vccw_core.h.
#include "device.hpp"

#include <new>

struct vccw_core {
	vccw::Device device;

	vccw_core(const vccw_port &port, void *ctx, const vccw_limits &limits)
		: device(port, ctx, limits)
	{
	}
};

using namespace vccw;

int vccw_core_create(const vccw_port *port, void *ctx, const vccw_limits *limits, vccw_core **out)
{
	if (!limits->ccws || !limits->segments || !limits->pages || limits->bytes < kPage)
		return -VCCW_EINVAL;

	void *const memory = port->alloc(ctx, sizeof(vccw_core));

	if (!memory)
		return -VCCW_ENOMEM;

	*out = new (memory) vccw_core(*port, ctx, *limits);
	return 0;
}

void vccw_core_identify(vccw_core *core, vccw_u16 control_unit)
{
	core->device.identify(control_unit);
}

void vccw_core_destroy(vccw_core *core)
{
	const Port port = core->device.port();

	port.free(core, sizeof(*core));
}

int vccw_core_open(vccw_core *core)
{
	return core->device.open().rc();
}

void vccw_core_close(vccw_core *core)
{
	core->device.close();
}

int vccw_core_reset(vccw_core *core)
{
	return core->device.reset().rc();
}

void vccw_core_shut(vccw_core *core)
{
	core->device.shut();
}

int vccw_core_write_io(vccw_core *core, vccw_u32 off, const void *bytes, vccw_u32 len)
{
	return core->device.write_io(off, static_cast<const u8 *>(bytes), len).rc();
}

vccw_u64 vccw_core_read_io(vccw_core *core, void *region)
{
	return core->device.read_io(*static_cast<IoRegion *>(region));
}

void vccw_core_ack_io(vccw_core *core, vccw_u64 token, vccw_u32 off, vccw_u32 len)
{
	core->device.ack_io(token, off, len);
}

int vccw_core_write_async(vccw_core *core, vccw_u32 off, const void *bytes, vccw_u32 len)
{
	return core->device.write_async(off, static_cast<const u8 *>(bytes), len).rc();
}

void vccw_core_read_async(vccw_core *core, void *region)
{
	core->device.read_async(*static_cast<AsyncRegion *>(region));
}

int vccw_core_read_schib(vccw_core *core, void *schib)
{
	return core->device.read_schib(static_cast<u8 *>(schib)).rc();
}

vccw_u64 vccw_core_read_crw(vccw_core *core, void *region)
{
	u32 words[2] = {};
	const u64 token = core->device.read_crw(&words[0]);

	memcpy(region, words, sizeof(words));
	return token;
}

void vccw_core_ack_crw(vccw_core *core, vccw_u64 token)
{
	core->device.ack_crw(token);
}

void vccw_core_trigger(vccw_core *core, vccw_trigger which, int present)
{
	core->device.trigger(which, present != 0);
}

void vccw_core_unmap(vccw_core *core, vccw_u64 gpa, vccw_u64 len)
{
	core->device.unmap(gpa, len);
}

void vccw_core_stats(vccw_core *core, vccw_stats *out)
{
	core->device.stats(*out);
}

void vccw_core_irq(vccw_core *core, const void *irb)
{
	core->device.irq(*static_cast<const Irb *>(irb));
}

void vccw_core_not_oper(vccw_core *core)
{
	core->device.not_oper();
}

void vccw_core_not_enabled(vccw_core *core)
{
	core->device.not_enabled();
}

void vccw_core_crw(vccw_core *core, vccw_u32 crw)
{
	core->device.crw(crw);
}

void vccw_core_todo(vccw_core *core)
{
	core->device.todo();
}
