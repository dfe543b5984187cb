// SPDX-License-Identifier: GPL-2.0-only
// A page of this process that whoever touches it has to wait for, inside of the
// kernel too.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#include "../base/fd.hpp"

namespace client {

class LatePage {
public:
	// Takes over the page at `page`, whose contents go away, or fails with a
	// named error.
	explicit LatePage(std::uint8_t *page);
	~LatePage();

	// Whoever touches it gets `contents`, after `ms` milliseconds.
	void serve(const std::uint8_t *contents, unsigned ms);
	// Whoever waits gets `contents`.
	void serve_once(const std::uint8_t *contents);
	// The next one has to wait again.
	void take_away();
	// Waits until somebody waits for it; it is never served.
	void wait_for_touch();

private:
	bool read_touch();

	std::uint8_t *page_;
	Fd faults_;
	std::atomic<bool> stop_{false};
	std::thread server_;
};

} // namespace client
