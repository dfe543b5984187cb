// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <string>

namespace client {

// The text of a program: of a file, or of standard input for "-".
std::string read_program(const std::string &path);

} // namespace client
