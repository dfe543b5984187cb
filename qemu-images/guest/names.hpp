// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "console.hpp"

namespace guest {

// The names of a status word's bits, on the line that is being written.
void put(const Scsw &scsw);

} // namespace guest
