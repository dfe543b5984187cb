// SPDX-License-Identifier: GPL-2.0-only
// The port as the core uses it, and the proofs that its lock is held.
#pragma once

#include "locking.hpp"
#include "types.hpp"

#include <string.h>

namespace vccw {

// Proof that the subchannel lock is held.  Only the two guards below make one,
// so a function that takes `const Locked &` can't be called without the lock.
class Locked {
	friend class SchLock;
	friend class CallerHoldsLock;
	Locked() = default;

public:
	Locked(const Locked &) = delete;
	Locked &operator=(const Locked &) = delete;
};

// The kernel services of one device.  Trivially small: a table and a context.
class Port {
	vccw_port ops_;
	void *ctx_;

public:
	[[no_unique_address]] SubchannelLock sch;
	[[no_unique_address]] RequestMutex request;

	Port(const vccw_port &ops, void *ctx) : ops_(ops), ctx_(ctx) {}

	unsigned long lock() const VCCW_ACQUIRES(sch) VCCW_IS_A_LOCK { return ops_.lock(ctx_); }
	void unlock(unsigned long flags) const VCCW_RELEASES(sch) VCCW_IS_A_LOCK
	{
		ops_.unlock(ctx_, flags);
	}
	void assert_locked() const VCCW_ASSERTS(sch) { ops_.assert_locked(ctx_); }
	void request_lock() const VCCW_ACQUIRES(request) VCCW_EXCLUDES(sch) VCCW_IS_A_LOCK
	{
		ops_.request_lock(ctx_);
	}
	void request_unlock() const VCCW_RELEASES(request) VCCW_IS_A_LOCK
	{
		ops_.request_unlock(ctx_);
	}

	int start(u8 *orb, const Locked &) const VCCW_REQUIRES(sch)
	{
		return ops_.start(ctx_, orb);
	}
	int halt(const Locked &) const VCCW_REQUIRES(sch) { return ops_.halt(ctx_); }
	int clear(const Locked &) const VCCW_REQUIRES(sch) { return ops_.clear(ctx_); }
	bool paths_left(u8 lpm, const Locked &) const VCCW_REQUIRES(sch)
	{
		return ops_.paths_left(ctx_, lpm) != 0;
	}
	Status enable(const Locked &) const VCCW_REQUIRES(sch) { return ops_.enable(ctx_); }
	Status disable(const Locked &) const VCCW_REQUIRES(sch) { return ops_.disable(ctx_); }
	Status cancel(int *retry, const Locked &) const VCCW_REQUIRES(sch)
	{
		return ops_.cancel(ctx_, retry);
	}
	Status store(u8 *schib, const Locked &) const VCCW_REQUIRES(sch)
	{
		return ops_.store(ctx_, schib);
	}
	void gone(const Locked &) const VCCW_REQUIRES(sch) { ops_.gone(ctx_); }
	void queue_work(const Locked &) const VCCW_REQUIRES(sch) { ops_.queue_work(ctx_); }
	void queue_work_later(const Locked &) const VCCW_REQUIRES(sch)
	{
		ops_.queue_work_later(ctx_);
	}
	void put_work_off(const Locked &) const VCCW_REQUIRES(sch) { ops_.put_work_off(ctx_); }
	void wake(const Locked &) const VCCW_REQUIRES(sch) { ops_.wake(ctx_); }
	u32 wakes(const Locked &) const VCCW_REQUIRES(sch) { return ops_.wakes(ctx_); }

	u32 wait_irq(u32 ms, u32 wakes) const VCCW_EXCLUDES(sch)
	{
		return ops_.wait_irq(ctx_, ms, wakes);
	}
	void flush_work() const VCCW_EXCLUDES(sch) { ops_.flush_work(ctx_); }

	u8 *alloc_dma(usize bytes, u64 *abs) const VCCW_EXCLUDES(sch)
	{
		return static_cast<u8 *>(ops_.alloc_dma(ctx_, bytes, abs));
	}
	void clear_keys(void *p, usize bytes) const VCCW_EXCLUDES(sch)
	{
		ops_.clear_keys(ctx_, p, bytes);
	}
	void free_dma(void *p, usize bytes) const VCCW_EXCLUDES(sch)
	{
		ops_.free_dma(ctx_, p, bytes);
	}
	void *alloc(usize bytes) const VCCW_EXCLUDES(sch) { return ops_.alloc(ctx_, bytes); }
	void free(void *p, usize bytes) const VCCW_EXCLUDES(sch) { ops_.free(ctx_, p, bytes); }
	u64 zero_page() const { return ops_.zero_page(ctx_); }

	Status read_guest(u64 gpa, void *to, u32 len) const VCCW_EXCLUDES(sch)
	{
		return ops_.read_guest(ctx_, gpa, to, len);
	}
	Status pin(u64 gpa, u32 n, bool write, u64 *host) const VCCW_EXCLUDES(sch)
	{
		return ops_.pin(ctx_, gpa, n, write, host);
	}
	void unpin(u64 gpa, u32 n) const VCCW_EXCLUDES(sch) { ops_.unpin(ctx_, gpa, n); }
	void keep(u64 host) const VCCW_EXCLUDES(sch) { ops_.keep(ctx_, host); }

	u64 random() const VCCW_EXCLUDES(sch) { return ops_.random(ctx_); }
	void relax() const VCCW_EXCLUDES(sch) { ops_.relax(ctx_); }

	void signal(vccw_trigger which) const VCCW_REQUIRES(sch) { ops_.signal(ctx_, which); }
	void log(vccw_msg msg, u64 a = 0, u64 b = 0) const { ops_.log(ctx_, msg, a, b); }
	void trace(vccw_trace_kind kind, u64 a, u64 b) const { ops_.trace(ctx_, kind, a, b); }
};

// Holds the subchannel lock for its lifetime; process or work context.
class VCCW_SCOPED_LOCK SchLock {
	const Port &port_;
	unsigned long flags_;
	Locked proof_;

public:
	explicit SchLock(const Port &port) VCCW_ACQUIRES(port.sch)
		: port_(port), flags_(port.lock())
	{
	}
	~SchLock() VCCW_RELEASES() { port_.unlock(flags_); }
	SchLock(const SchLock &) = delete;
	SchLock &operator=(const SchLock &) = delete;
	operator const Locked &() const { return proof_; }
};

// For entries that the kernel calls with the lock held (interrupt, events).
class CallerHoldsLock {
	Locked proof_;

public:
	explicit CallerHoldsLock(const Port &port) VCCW_ASSERTS(port.sch) { port.assert_locked(); }
	CallerHoldsLock(const CallerHoldsLock &) = delete;
	CallerHoldsLock &operator=(const CallerHoldsLock &) = delete;
	operator const Locked &() const { return proof_; }
};

// One client request of a device at a time; process context.
class VCCW_SCOPED_LOCK RequestLock {
	const Port &port_;

public:
	explicit RequestLock(const Port &port) VCCW_ACQUIRES(port.request) VCCW_EXCLUDES(port.sch)
		: port_(port)
	{
		port.request_lock();
	}
	~RequestLock() VCCW_RELEASES() { port_.request_unlock(); }
	RequestLock(const RequestLock &) = delete;
	RequestLock &operator=(const RequestLock &) = delete;
};

// Data that exists only under the subchannel lock.
template <class T> class Guarded {
	T value_;

public:
	T &at(const Locked &) { return value_; }
	const T &at(const Locked &) const { return value_; }
};

} // namespace vccw
