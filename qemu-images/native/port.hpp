// SPDX-License-Identifier: GPL-2.0-only
// Text for the outside: lines on an FBA disk, whose file is read there.
#pragma once

#include "device.hpp"

namespace native {

class Port {
public:
	explicit Port(u16 devno) : device_(devno) {}

	bool found() const { return device_.found(); }
	void write(const char *text, unsigned length);

private:
	static constexpr unsigned kBlock = 512;

	void write_block();

	Device device_;
	unsigned block_number_ = 0, used_ = 0;
	alignas(8) u8 block_[kBlock] = {};
};

// Where console.hpp's say() writes.
void say_to(Port &port);

} // namespace native
