// SPDX-License-Identifier: GPL-2.0-only
// One shape, ready to be done over and over.
#pragma once

#include "shapes.hpp"

#include "../../program/translate.hpp"

namespace vccw_bench {

class Subject {
	FlatPort memory_;
	const vccw_port table_ = FlatPort::table();
	const vccw_limits limits_;
	const vccw::Port port_{table_, &memory_};
	vccw::ProgramBody body_{};
	vccw::Orb orb_{};
	vccw_core *core_ = nullptr;
	const Shape shape_;
	unsigned char request_[VCCW_IO_REGION_SIZE] = {};
	unsigned char irb_[VCCW_IRB_SIZE] = {};

	int translated();
	int started();
	int cleared();
	int finish();

public:
	// The limits are more than any usual shape needs.
	explicit Subject(const Shape &shape,
			 const vccw_limits &limits = {1u << 17, 1u << 16, 1u << 20, 64u << 20});
	~Subject();
	Subject(const Subject &) = delete;

	// Does it once; 0, or what was wrong.
	int once();
	// Whether the host's program is what it must be: pinned, all of it.
	bool plausible();
};

} // namespace vccw_bench
