// SPDX-License-Identifier: GPL-2.0-only
#include "port.hpp"

#include <bit>
#include <cstdlib>
#include <cstring>

namespace vccw_bench {

constexpr std::uint64_t kPage = 4096;

void *FlatPort::take(std::size_t bytes)
{
	const std::size_t size = std::bit_ceil(bytes < kPage ? kPage : bytes);
	Free *&head = free_[std::countr_zero(size)];
	void *p = head;

	if (p)
		head = head->next;
	else
		p = std::aligned_alloc(kPage, size);
	std::memset(p, 0, bytes);
	return p;
}

void FlatPort::give(void *p, std::size_t bytes)
{
	Free *&head = free_[std::countr_zero(std::bit_ceil(bytes < kPage ? kPage : bytes))];
	Free *const f = static_cast<Free *>(p);

	f->next = head;
	head = f;
}

vccw_port FlatPort::table()
{
	vccw_port t{};

	t.lock = [](void *) -> unsigned long { return 0; };
	t.unlock = [](void *, unsigned long) {};
	t.assert_locked = [](void *) {};
	t.request_lock = [](void *) {};
	t.request_unlock = [](void *) {};
	t.start = [](void *c, vccw_u8 *orb) {
		std::memcpy(of(c).orb, orb, VCCW_ORB_SIZE);
		return 0;
	};
	t.halt = [](void *) { return 0; };
	t.clear = [](void *) { return 0; };
	t.paths_left = [](void *, vccw_u8) { return 0; };
	t.enable = [](void *) { return 0; };
	t.disable = [](void *) { return 0; };
	t.cancel = [](void *, int *) { return 0; };
	t.store = [](void *, vccw_u8 *) { return 0; };
	t.gone = [](void *) {};
	t.queue_work = [](void *c) { of(c).work_queued = true; };
	t.queue_work_later = t.queue_work;
	t.put_work_off = t.queue_work;
	t.wake = [](void *) {};
	t.wakes = [](void *) { return vccw_u32{0}; };
	t.wait_irq = [](void *, vccw_u32 ms, vccw_u32) { return ms; };
	t.flush_work = [](void *) {};
	t.clear_keys = [](void *, void *, vccw_size) {};
	t.alloc_dma = [](void *c, vccw_size bytes, vccw_u64 *abs) {
		*abs = of(c).next_abs_;
		of(c).next_abs_ += bytes;
		if (of(c).next_abs_ >= 0x70000000)
			of(c).next_abs_ = 0x100000;
		return of(c).take(bytes);
	};
	t.free_dma = [](void *c, void *p, vccw_size bytes) { of(c).give(p, bytes); };
	t.alloc = [](void *c, vccw_size bytes) { return of(c).take(bytes); };
	t.free = t.free_dma;
	t.zero_page = [](void *) -> vccw_u64 { return 0x80000; };
	t.read_guest = [](void *c, vccw_u64 gpa, void *to, vccw_u32 len) {
		if (gpa + len > kGuestBytes)
			return -int(VCCW_EFAULT);
		std::memcpy(to, of(c).guest(gpa), len);
		return 0;
	};
	t.pin = [](void *, vccw_u64 gpa, vccw_u32 n, int, vccw_u64 *host) {
		for (vccw_u32 i = 0; i < n; i++)
			host[i] = kHost + gpa + i * kPage;
		return 0;
	};
	t.unpin = [](void *, vccw_u64, vccw_u32) {};
	t.keep = [](void *, vccw_u64) {};
	t.random = [](void *c) -> vccw_u64 { return of(c).next_random_ *= 6364136223846793005; };
	t.relax = [](void *) {};
	t.signal = [](void *, vccw_trigger) {};
	t.log = [](void *, vccw_msg, vccw_u64, vccw_u64) {};
	t.trace = [](void *, vccw_trace_kind, vccw_u64, vccw_u64) {};
	return t;
}

} // namespace vccw_bench
