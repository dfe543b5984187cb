// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "backend.hpp"

namespace client {

// Guest memory that no device sees.
struct NoBackend : Backend {
	const char *name() const override { return "none"; }
	Fd open_device(const MdevInfo &) override { return {}; }
	int map(std::uint64_t, void *, std::uint64_t, bool) override { return 0; }
	int unmap(std::uint64_t, std::uint64_t) override { return 0; }
	int address_space() const override { return -1; }
};

} // namespace client
