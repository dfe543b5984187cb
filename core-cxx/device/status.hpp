// SPDX-License-Identifier: GPL-2.0-only
// What an interrupt means for the functions of its subchannel and for the storage of
// the program in flight.
//
// The common I/O layer executes TEST SUBCHANNEL before it hands an IRB over, under the
// same hold of the subchannel lock.  So what an IRB means is what TEST SUBCHANNEL leaves
// behind: the pending bits and function bits that the IRB shows are those from before.
#pragma once

#include "../base/arch.hpp"

namespace vccw {

// Interrupts that the subchannel still has to present: function-control bits, and
constexpr u32 kDeviceEnd = 8; // device end, apart from channel end
constexpr u32 kOwedAny = scsw::kFctlAny | kDeviceEnd;

enum class Functions : u8 {
	kGoOn, // what was in progress still is, and its interrupt is to come
	kOver, // none is in progress any more
};

enum class ProgramStorage : u8 {
	kInUse,   // as before: by the program in flight, if there is one
	kFree,    // the channel accesses none for any program
	kInDoubt, // no function is in progress, but the subchannel shows that it is active
};

struct Meaning {
	Functions functions;
	ProgramStorage storage;
	u8 settled; // no interrupt is to come for these any more: kFctl* and kDeviceEnd
};

// One row: the first one with (word 0 & mask) == value holds.
struct StatusRow {
	u32 mask;
	u32 value;
	Functions functions;
	ProgramStorage storage;
	const char *what;
	const char *source;
};

// Any context.  Of the SCSW that TEST SUBCHANNEL stored.
const StatusRow &status_row(u32 word0);
Meaning meaning_of(const Scsw &scsw);

constexpr bool is_intermediate_alone(u32 word0)
{
	return scsw::stctl(word0) == (scsw::kStctlIntermediate | scsw::kStctlPending);
}
// As cio's scsw_is_solicited.
constexpr bool is_unsolicited(u32 word0)
{
	return scsw::stctl(word0) == (scsw::kStctlAlert | scsw::kStctlPending) &&
	       !scsw::fctl(word0);
}

// What a status is about.  A client may have one place for status (QEMU, hw/vfio/ccw.c), and
// its guest takes it when it likes.
enum class Matter : u8 {
	kNone,
	kUnsolicited,
	kSolicited, // of one function: of two, the later one says more
};
constexpr Matter matter_of(u32 word0)
{
	return is_unsolicited(word0) ? Matter::kUnsolicited : Matter::kSolicited;
}

// Secondary status on its own: device end, or what came of the operation after channel
// end.  A subchannel whose primary status is still pending adds it to that.
constexpr bool is_secondary_alone(u32 word0)
{
	const u32 stctl = scsw::stctl(word0);

	return (stctl & scsw::kStctlSecondary) &&
	       !(stctl & (scsw::kStctlPrimary | scsw::kStctlIntermediate)) &&
	       scsw::fctl(word0) == 0;
}
constexpr bool waits_for_secondary(u32 word0)
{
	const u32 stctl = scsw::stctl(word0);

	return (stctl & scsw::kStctlPrimary) && !(stctl & scsw::kStctlSecondary);
}

// `primary` becomes the IRB of both.
void add_secondary(Irb &primary, const Irb &secondary);

} // namespace vccw
