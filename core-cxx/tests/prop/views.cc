// SPDX-License-Identifier: GPL-2.0-only
#include "subject.hpp"

namespace vccw_test {
namespace {

bool stores(ref::Flow flow)
{
	return flow == ref::Flow::kStore || flow == ref::Flow::kBackward;
}

} // namespace

bool GuestView::data(u64 addr, u32, ref::Flow flow, u64 *guest)
{
	*guest = addr;
	return stores(flow) ? memory_.writable(addr) : memory_.mapped(addr);
}

HostView::HostView(FakePort &port, std::string &fault) : port_(port), fault_(fault)
{
	for (const auto &[page, pin] : port.pins)
		pinned_[pin.host] = {page * kPage, pin.write};
}

void HostView::fail(const char *what, u64 addr)
{
	char line[80];

	std::snprintf(line, sizeof(line), "%s: host address %llx", what, (unsigned long long)addr);
	if (fault_.empty())
		fault_ = line;
}

bool HostView::fetch(u64 addr, u8 *to, u32 len)
{
	const u8 *const from = port_.absolute(addr, len);

	if (!from) {
		fail("CCW or list outside the core's storage", addr);
		return false;
	}
	std::memcpy(to, from, len);
	return true;
}

bool HostView::data(u64 addr, u32 len, ref::Flow flow, u64 *guest)
{
	const u64 page = addr & ~u64{kPage - 1};
	const auto it = pinned_.find(page);

	if (page == kNowhere)
		return false;
	if (port_.absolute(addr, len)) {
		if (flow != ref::Flow::kFetch)
			fail("data into the core's storage", addr);
		*guest = kCopy | addr;
		return flow == ref::Flow::kFetch;
	}
	if ((addr & (kPage - 1)) + len > kPage) {
		fail("data over the end of a page", addr);
	} else if (it != pinned_.end()) {
		*guest = it->second.first | (addr & (kPage - 1));
		if (!stores(flow) || it->second.second)
			return true;
		fail("store into a page pinned for fetching", addr);
	} else if (page != FakePort::kZeroPage) {
		fail("data outside pinned pages", addr);
	} else if (stores(flow)) {
		fail("store into the page of zeros", addr);
	} else if (flow != ref::Flow::kNop) {
		fail("zeros fetched instead of the guest's data", addr);
	} else {
		return true;
	}
	return false;
}

} // namespace vccw_test
