// SPDX-License-Identifier: GPL-2.0-only
#include "program.hpp"

namespace vccw {

bool ProgramBody::init(const Port &port)
{
	return storage.init(port) && plan.init(port) && pages.init(port);
}

void ProgramBody::destroy(const Port &port)
{
	storage.destroy(port);
	plan.destroy(port);
	pages.destroy(port);
	midaws.destroy(port);
}

void ProgramBody::release(const Port &port)
{
	port.trace(VCCW_TRACE_RELEASE, number, pages.pinned());
	empty(port);
	started = false;
}

void ProgramBody::empty(const Port &port)
{
	pages.release(port);
	midaws.destroy(port);
	storage.release(port);
	plan.release(port);
	fetched.forget();
}

u32 ProgramBody::guest_cpa(u32 abs) const
{
	// The address is the one behind the last CCW, so that one decides: the
	// next slot may belong to another segment.
	const Vec<Segment> &segments = plan.segments;
	const u32 end = plan.slots();
	const u32 slot = storage.slot_at(abs, end + 1);

	if (slot > end || (abs & 7))
		return 0;

	const u32 ccw = slot ? slot - 1 : 0;
	u32 low = 0;
	u32 high = segments.size();

	while (high - low > 1) {
		const u32 middle = (low + high) / 2;

		if (segments[middle].first <= ccw)
			low = middle;
		else
			high = middle;
	}

	const Segment &s = segments[low];

	return (s.guest + (slot - s.first) * u32(sizeof(Ccw))) & 0x7fffffff;
}

u32 ProgramBody::guest_scsw_word0(u32 word0) const
{
	static_assert(scsw::kFormat1 == orb::kFormat1 && scsw::kPrefetch == orb::kPrefetch &&
		      scsw::kAddrLimit == orb::kAddrLimit);
	constexpr u32 mask = orb::kFormat1 | orb::kPrefetch | orb::kAddrLimit;

	if (!(word0 & scsw::kFctlStart << 12))
		return word0;
	return (word0 & ~mask) | (guest_word1 & mask);
}

} // namespace vccw
