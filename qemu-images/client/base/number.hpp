// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <cstdint>
#include <string>

namespace client {

// The number that `text` holds and nothing else, or a usage error naming
// `what`.  Base 0: decimal, or hexadecimal behind 0x.
std::uint64_t parse_number(const std::string &text, const std::string &what, int base = 0);

} // namespace client
