// SPDX-License-Identifier: GPL-2.0-only
// A hash of 64-bit values whose collisions a guest can't choose, nor learn in time.
//
// `x -> x * first, ^= its upper half` is one-to-one, as `first` is odd.  What follows is
// multiply-shift hashing with a random odd factor, which is universal (Dietzfelbinger,
// Hagerup, Katajainen, Penttonen: "A Reliable Randomized Algorithm for the
// Closest-Pair Problem", 1997): whatever two different values are, their top n bits are
// the same for at most 2 in 2^n keys.  So n values chosen without knowledge of the key
// cost a chained table of n buckets 2n comparisons, expected, whatever they are.  The
// first factor takes away what is left to choose: values in a row, say, whose luck or
// misfortune would be shared.
//
// A guest could learn of a key by timing.  So each is used by programs too short to
// gain from it, or by one program: see renew().
#pragma once

#include "port.hpp"

namespace vccw {

class KeyedHash {
	u64 first_ = 1;
	u64 second_ = 1;

public:
	// A new key, from the host's random numbers; process or work context.
	void renew(const Port &port)
	{
		first_ = port.random() | 1;
		second_ = port.random() | 1;
	}
	// The upper bits are the hash.
	u64 operator()(u64 x) const
	{
		x *= first_;
		return (x ^ x >> 32) * second_;
	}
};

} // namespace vccw
