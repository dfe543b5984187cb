// SPDX-License-Identifier: GPL-2.0-only
// The kernel's services as far as a translation needs them: guest storage is GuestMemory,
// a pinned page has the guest's address plus kHost, and what the log would say is kept.
#pragma once

#include <optional>
#include <vector>

#include "../../../core-cxx/include/vccw_core.h"
#include "../guest/memory.hpp"

namespace client {

class ExplainPort {
public:
	static constexpr std::uint64_t kHost = 1ull << 60;
	static constexpr std::uint64_t kZeroPage = 1ull << 61;

	struct Pin {
		std::uint64_t gpa;
		std::uint32_t pages;
		bool to_store;
	};
	struct Message {
		vccw_msg msg;
		std::uint64_t a, b;
	};

	explicit ExplainPort(GuestMemory &memory) : memory_(memory) {}
	~ExplainPort();
	ExplainPort(const ExplainPort &) = delete;
	ExplainPort &operator=(const ExplainPort &) = delete;

	static vccw_port table();

	std::vector<Pin> pins;
	std::optional<Message> said; // last

private:
	GuestMemory &memory_;
	std::vector<void *> blocks_; // given out and not given back
	std::uint64_t next_abs_ = 0x10000000;

	void *take(std::size_t bytes);
	void give(void *p);
	int pin(std::uint64_t gpa, std::uint32_t pages, bool to_store, unsigned long long *host);
	static ExplainPort &of(void *ctx) { return *static_cast<ExplainPort *>(ctx); }
};

} // namespace client
