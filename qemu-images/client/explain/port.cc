// SPDX-License-Identifier: GPL-2.0-only
#include "port.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace client {

static constexpr std::uint64_t kPage = 4096;

ExplainPort::~ExplainPort()
{
	for (void *p : blocks_)
		std::free(p);
}

void *ExplainPort::take(std::size_t bytes)
{
	void *const p = std::calloc(1, bytes);

	if (p)
		blocks_.push_back(p);
	return p;
}

void ExplainPort::give(void *p)
{
	blocks_.erase(std::find(blocks_.begin(), blocks_.end(), p));
	std::free(p);
}

int ExplainPort::pin(std::uint64_t gpa, std::uint32_t pages, bool to_store, unsigned long long *host)
{
	for (std::uint32_t i = 0; i < pages; i++)
		if (!memory_.seen_by_device(gpa + i * kPage, kPage, to_store))
			return -VCCW_EINVAL;
	for (std::uint32_t i = 0; i < pages; i++)
		host[i] = kHost + gpa + i * kPage;
	pins.push_back({gpa, pages, to_store});
	return 0;
}

// No lock, no subchannel and no client: what a translation does not call is not here.
vccw_port ExplainPort::table()
{
	vccw_port t{};

	t.alloc_dma = [](void *c, vccw_size bytes, unsigned long long *abs) {
		*abs = of(c).next_abs_;
		of(c).next_abs_ += bytes + kPage;
		return of(c).take(bytes);
	};
	t.free_dma = [](void *c, void *p, vccw_size) { of(c).give(p); };
	t.alloc = [](void *c, vccw_size bytes) { return of(c).take(bytes); };
	t.free = [](void *c, void *p, vccw_size) { of(c).give(p); };
	t.zero_page = [](void *) { return static_cast<unsigned long long>(kZeroPage); };
	t.read_guest = [](void *c, unsigned long long gpa, void *to, unsigned len) {
		const std::uint8_t *const from = of(c).memory_.seen_by_device(gpa, len, false);

		if (!from)
			return -VCCW_EFAULT;
		std::memcpy(to, from, len);
		return 0;
	};
	t.pin = [](void *c, unsigned long long gpa, unsigned n, int write, unsigned long long *host) {
		return of(c).pin(gpa, n, write != 0, host);
	};
	t.unpin = [](void *, unsigned long long, unsigned) {};
	t.random = [](void *) { return 0x9b60933458e17d7dull; };
	t.relax = [](void *) {};
	t.log = [](void *c, vccw_msg msg, unsigned long long a, unsigned long long b) { of(c).said = Message{msg, a, b}; };
	t.trace = [](void *, vccw_trace_kind, unsigned long long, unsigned long long) {};
	return t;
}

} // namespace client
