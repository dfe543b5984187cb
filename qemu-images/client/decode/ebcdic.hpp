// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace client {

char ebcdic_char(std::uint8_t b);
// Signs that cannot be printed are dots.
std::string ebcdic_text(std::span<const std::uint8_t> bytes);
// What code page 037 lacks becomes a question mark.
std::vector<std::uint8_t> to_ebcdic(const std::string &text);
// Without the blanks around it, and the dots at its end.
std::string trimmed(std::string text);

} // namespace client
