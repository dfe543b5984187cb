// SPDX-License-Identifier: GPL-2.0-only
#include "subject.hpp"

#include <cstdlib>
#include <cstring>

namespace vccw_bench {

using namespace vccw;

Subject::Subject(const Shape &shape, const vccw_limits &limits) : limits_(limits), shape_(shape)
{
	shape.build(memory_, shape.ccws);
	orb_.word1 = shape.word1;
	orb_.cpa = shape.cpa;
	if (shape.whole) {
		// Flat memory does not run out, and the port refuses nothing.
		if (vccw_core_create(&table_, &memory_, &limits_, &core_) || vccw_core_open(core_))
			std::abort();
		vccw_core_trigger(core_, VCCW_TRIGGER_IO, 1);
		memcpy(request_, &orb_, sizeof(orb_));
		request_[VCCW_ORB_SIZE + 2] = 0x40; // SCSW: start function
	} else if (!body_.init(port_)) {
		std::abort();
	}
}

Subject::~Subject()
{
	if (core_) {
		vccw_core_close(core_);
		vccw_core_destroy(core_);
	} else {
		body_.destroy(port_);
	}
}

int Subject::translated()
{
	const int rc = translate(port_, limits_, orb_, body_).rc();

	body_.release(port_);
	return rc;
}

// The interrupt is in irb_; the client reads it.
int Subject::finish()
{
	unsigned char region[VCCW_IO_REGION_SIZE];

	vccw_core_irq(core_, irb_);
	if (memory_.work_queued) {
		memory_.work_queued = false;
		vccw_core_todo(core_);
	}
	const vccw_u64 token = vccw_core_read_io(core_, region);

	vccw_core_ack_io(core_, token, 0, sizeof(region));
	return region[VCCW_ORB_SIZE + VCCW_SCSW_SIZE + 3] == irb_[3] ? 0 : -VCCW_EIO;
}

int Subject::started()
{
	Scsw scsw{};

	if (const int rc = vccw_core_write_io(core_, 0, request_, sizeof(request_)))
		return rc;
	memcpy(&orb_, memory_.orb, sizeof(orb_));
	scsw.word0 = 0x00804007; // start function, ended
	scsw.cpa = orb_.cpa + u32(sizeof(Ccw));
	scsw.word2 = 0x0c000000; // channel end, device end
	memcpy(irb_, &scsw, sizeof(scsw));
	return finish();
}

int Subject::cleared()
{
	static const unsigned char order[VCCW_ASYNC_REGION_SIZE] = {
		std::endian::native == std::endian::big ? 0 : 2, 0, 0,
		std::endian::native == std::endian::big ? 2 : 0};
	Scsw scsw{};

	if (const int rc = vccw_core_write_async(core_, 0, order, sizeof(order)))
		return rc;
	scsw.word0 = 0x00001001; // clear function, ended
	memcpy(irb_, &scsw, sizeof(scsw));
	return finish();
}

int Subject::once()
{
	if (!shape_.whole)
		return translated();
	return shape_.cpa ? started() : cleared();
}

bool Subject::plausible()
{
	if (shape_.whole)
		return once() == 0;
	bool good = translate(port_, limits_, orb_, body_).ok() &&
		    body_.pages.pinned() == body_.pages.size() &&
		    body_.plan.slots() >= shape_.ccws + Plan::kBehind;

	body_.storage.for_each_address(
		port_, [&](Be64 &word) { good = good && u64{word} >= FlatPort::kHost; });
	body_.release(port_);
	return good;
}

} // namespace vccw_bench
