// SPDX-License-Identifier: GPL-2.0-only
// Runs the programs of a set on a device by the I/O instructions alone, and says a line for each,
// as `vccw vectors` does (client/cmd/vectors.cc, client/vectors/vectors.cc).
#pragma once

#include "device.hpp"
#include "image.hpp"

namespace native {

// The set of this name in the image, or nullptr.
const Set *find_set(const u8 *image, const char *name, unsigned length);

// `peer`: the other side of a channel-to-channel adapter, or nullptr; `prefix`: of each line.
// False: a program could not be ended.
bool run_set(const Set *set, Device &device, Device *peer, const char *prefix);

} // namespace native
