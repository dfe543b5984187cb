// SPDX-License-Identifier: GPL-2.0-only
// A growable array of plain values over the port's allocator.
//
// It keeps a base capacity for good, so that ordinary programs allocate
// nothing, and what it grew to only as long as programs use it: see settle().
#pragma once

#include "gauge.hpp"
#include "port.hpp"

namespace vccw {

template <class T> class Vec {
	static_assert(std::is_trivially_copyable_v<T>);
	T *data_ = nullptr;
	u32 size_ = 0;
	Gauge capacity_;

	bool move_to(const Port &port, u32 capacity)
	{
		T *bigger = static_cast<T *>(port.alloc(usize{capacity} * sizeof(T)));
		if (!bigger)
			return false;
		if (data_) {
			memcpy(bigger, data_, usize{size_} * sizeof(T));
			port.free(data_, bytes());
		}
		data_ = bigger;
		capacity_ = capacity;
		return true;
	}

public:
	u32 size() const { return size_; }
	u32 capacity() const { return capacity_; }
	// Anybody, at any time.
	usize bytes() const { return usize{capacity_.read()} * sizeof(T); }
	T *data() { return data_; }
	T &operator[](u32 i) { return data_[i]; }
	const T &operator[](u32 i) const { return data_[i]; }
	T &back() { return data_[size_ - 1]; }
	T *begin() { return data_; }
	T *end() { return data_ + size_; }
	const T *begin() const { return data_; }
	const T *end() const { return data_ + size_; }

	// Room for at least `capacity`; false when there is no memory.
	[[nodiscard]] bool reserve(const Port &port, u32 capacity)
	{
		return capacity <= capacity_ || move_to(port, capacity);
	}
	[[nodiscard]] bool push(const Port &port, const T &value)
	{
		if (size_ == capacity_ && !move_to(port, capacity_ * 2))
			return false;
		data_[size_++] = value;
		return true;
	}
	// Sets the size, within the capacity; new elements have any value.
	void set_size(u32 size) { size_ = size; }
	// Gives back what is above `base`, if the elements leave it free.
	void fit(const Port &port, u32 base)
	{
		if (size_ <= base && capacity_ > base)
			static_cast<void>(move_to(port, base));
	}
	// Empties it; gives memory back that the last use did not need.
	void settle(const Port &port, u32 base)
	{
		const bool idle = size_ <= base;

		size_ = 0;
		if (idle)
			fit(port, base);
	}
	void destroy(const Port &port)
	{
		if (data_)
			port.free(data_, bytes());
		data_ = nullptr;
		size_ = 0;
		capacity_ = 0;
	}
};

} // namespace vccw
