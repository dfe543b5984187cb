// SPDX-License-Identifier: GPL-2.0-only
// Memory and guest storage: from the arena, and never while the channel uses it.
#include "host.hpp"
#include "report.hpp"

#include <cstring>

namespace explore {
namespace {

constexpr u64 kDmaAbs = 0x10000000;
constexpr u64 kHosts = 0x900000000;

template <std::size_t N> Span *take_span(Span (&spans)[N], u32 bytes, u32 most, u32 *top)
{
	u32 at = 0;
	Span *free = nullptr;

	for (bool moved = true; moved;) {
		moved = false;
		for (const Span &s : spans)
			if (s.bytes && s.at < at + bytes && at < s.at + s.bytes) {
				at = s.at + s.bytes;
				moved = true;
			}
	}
	for (Span &s : spans)
		if (!s.bytes && !free)
			free = &s;
	if (!free || at + bytes > most)
		return nullptr;
	*free = {at, bytes, false};
	*top = at + bytes > *top ? at + bytes : *top;
	return free;
}

template <std::size_t N> void give_span(Span (&spans)[N], char *base, void *p, vccw_size bytes)
{
	for (Span &s : spans) {
		if (!s.bytes || base + s.at != p)
			continue;
		if (s.frozen)
			fail("P2", "storage is freed that the channel uses");
		std::memset(p, 0xdb, s.bytes);
		s = {};
		return;
	}
	fail("P2", "free of %llu bytes that are not there", u64(bytes));
}

u32 rounded(vccw_size bytes)
{
	return u32((bytes + 63) & ~vccw_size{63});
}

void *alloc(void *, vccw_size bytes)
{
	if (holds_lock())
		fail("P10", "alloc may sleep, and the subchannel lock is held");

	Span *const s = take_span(world().heap, rounded(bytes), kHeapBytes, &world().heap_top);

	return s ? std::memset(arena->heap + s->at, 0, s->bytes) : nullptr;
}

void *alloc_dma(void *, vccw_size bytes, vccw_u64 *abs)
{
	if (holds_lock())
		fail("P10", "alloc_dma may sleep, and the subchannel lock is held");

	Span *const s = take_span(world().dma, u32(bytes), kDmaBytes, &world().dma_top);

	if (!s)
		return nullptr;
	*abs = kDmaAbs + s->at;
	return std::memset(arena->dma + s->at, 0, s->bytes);
}

u64 sum_of_program()
{
	return identity(arena->dma, used_dma());
}

Pin *find_pin(u64 page)
{
	for (Pin &p : world().pins)
		if (p.page == page)
			return &p;
	return nullptr;
}

int read_guest(void *, vccw_u64 gpa, void *to, vccw_u32 len)
{
	may_sleep("read_guest");
	point();
	std::memset(to, 0, len);
	for (u8 n = 1; n <= 4; n++)
		if (gpa == program_at(n) && len >= 8) {
			// READ, 8 bytes, the program's page
			const u32 cda = page_of(n) << 12;
			const u8 ccw[8] = {2,
					   0,
					   0,
					   8,
					   0,
					   static_cast<u8>(cda >> 16),
					   static_cast<u8>(cda >> 8),
					   0};

			std::memcpy(to, ccw, sizeof(ccw));
		}
	return 0;
}

int pin(void *, vccw_u64 gpa, vccw_u32 n, int, vccw_u64 *host)
{
	may_sleep("pin");
	point();
	for (u32 i = 0; i < n; i++) {
		const u64 page = (gpa >> 12) + i;
		Pin *const free = find_pin(0);

		if (page == world().unmapped)
			return -VCCW_EINVAL;
		if (find_pin(page))
			fail("P9", "page %#llx is pinned twice", page);
		if (!free)
			return -VCCW_ENOMEM;
		*free = {page, kHosts + page * 0x3000, false, false};
		host[i] = free->host;
		note("pin page %#llx", page);
	}
	return 0;
}

void unpin(void *, vccw_u64 gpa, vccw_u32 n)
{
	may_sleep("unpin");
	point();
	for (u32 i = 0; i < n; i++) {
		const u64 page = (gpa >> 12) + i;
		Pin *const p = find_pin(page);

		if (!p)
			fail("P2", "page %#llx is unpinned and was not pinned", page);
		if (p->frozen && !p->kept)
			fail("P2", "page %#llx is unpinned while the channel may store into it",
			     page);
		*p = {};
		note("unpin page %#llx", page);
	}
}

void keep(void *, vccw_u64 host)
{
	may_sleep("keep");
	point();
	for (Pin &p : world().pins)
		if (p.page && p.host == host)
			p.kept = true;
}

void free_dma(void *, void *p, vccw_size bytes)
{
	may_sleep("free_dma");
	point();
	give_span(world().dma, arena->dma, p, bytes);
}

void give(void *, void *p, vccw_size bytes)
{
	may_sleep("free");
	give_span(world().heap, arena->heap, p, bytes);
}

} // namespace

void freeze(u8 program, u32 cpa)
{
	World &w = world();
	const Pin *const page = find_pin(page_of(program));

	if (w.unmapped != page_of(program)) {
		u8 ccw[8];
		u64 idaw = 0;

		if (!page)
			fail("P9", "program %u runs, and its page is not pinned", program);
		std::memcpy(ccw, arena->dma + (cpa - kDmaAbs), 8);
		const u32 list = u32{ccw[4]} << 24 | u32{ccw[5]} << 16 | u32{ccw[6]} << 8 | ccw[7];
		for (u32 i = 0; i < 8; i++)
			idaw = idaw << 8 | static_cast<u8>(arena->dma[list - kDmaAbs + i]);
		if (ccw[0] != 2 || idaw != page->host)
			fail("P2", "program %u does not run what the guest gave", program);
	}
	for (Pin &p : w.pins)
		p.frozen = p.page != 0;
	for (Span &s : w.dma)
		s.frozen = s.bytes != 0;
	w.program_sum = sum_of_program();
}

void check_storage()
{
	World &w = world();

	if (!w.channel.uses()) {
		for (Pin &p : w.pins)
			p.frozen = false;
		for (Span &s : w.dma)
			s.frozen = false;
		w.program_sum = 0;
	} else if (w.program_sum != sum_of_program()) {
		fail("P2", "storage of the running program is changed");
	}
}

void add_memory(vccw_port &port)
{
	port.alloc_dma = alloc_dma;
	port.clear_keys = [](void *, void *, vccw_size) {};
	port.free_dma = free_dma;
	port.alloc = alloc;
	port.free = give;
	port.zero_page = [](void *) -> vccw_u64 { return 0x700000000; };
	port.read_guest = read_guest;
	port.pin = pin;
	port.unpin = unpin;
	port.keep = keep;
	// The same in every run; neither is a point at which an order can matter.
	port.random = [](void *) -> vccw_u64 { return 0x9b60933458e17d7d; };
	port.relax = [](void *) { may_sleep("relax"); };
}

} // namespace explore
