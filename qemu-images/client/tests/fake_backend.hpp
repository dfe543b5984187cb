// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "../vfio/backend.hpp"

namespace client::test {

struct FakeBackend : Backend {
	int answer = 0;
	int maps = 0;
	int unmaps = 0;

	const char *name() const override { return "fake"; }
	Fd open_device(const MdevInfo &) override { return {}; }
	int map(std::uint64_t, void *, std::uint64_t, bool) override
	{
		maps += answer == 0;
		return answer;
	}
	int unmap(std::uint64_t, std::uint64_t) override
	{
		unmaps++;
		return 0;
	}
	int address_space() const override { return -1; }
};

} // namespace client::test
