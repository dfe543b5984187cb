// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "../vfio/no_backend.hpp"

namespace client::test {

struct FakeBackend : NoBackend {
	int answer = 0;
	int maps = 0;
	int unmaps = 0;

	const char *name() const override { return "fake"; }
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
};

} // namespace client::test
