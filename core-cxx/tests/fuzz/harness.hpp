// SPDX-License-Identifier: GPL-2.0-only
// One fuzzer input: an ORB, and guest storage of a few pages that changes
// between two fetches of the same word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace vccw_test {

// Input, big-endian:
//   0  ORB word 1                       4
//   4  choices: bit 0 tight limits, 1 every fetch changes, 2 page 3 read-only, 3 page 2 missing   1
//   5  first CCW, in doublewords        2
//   7  records of 10 bytes: place, in doublewords; 8 bytes to be there.  With the
//      top bit of the place, they are there from the second fetch on.
// Storage is at 0..0x7fff.
//
// What is wrong with what the core did; empty if nothing.
std::string fuzz_one(const std::uint8_t *data, std::size_t size);

} // namespace vccw_test
