// SPDX-License-Identifier: GPL-2.0-only
// The subchannel-information block and channel-report words.
#pragma once

#include <cstdint>
#include <string>

#include "scsw.hpp"

namespace client {

// 52 bytes of a SCHIB, big-endian.
Value schib_value(const std::uint8_t *p);
std::string schib_text(const std::uint8_t *p, int indent);

Value crw_value(std::uint32_t crw);
std::string crw_text(std::uint32_t crw);

} // namespace client
