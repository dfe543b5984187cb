// SPDX-License-Identifier: GPL-2.0-only
#include "outcome.hpp"

#include "console.hpp"

namespace native {

unsigned concurrent_sense(const Irb &irb)
{
	constexpr u32 kConcurrent = 0x01000000;
	if (!(irb.scsw.control & kSenseThere) || !(irb.esw[1] & kConcurrent))
		return 0;
	if (const u32 n = irb.esw[1] >> 16 & 0x3f)
		return n < kSenseSize ? n : kSenseSize;
	for (const u32 w : irb.ecw)
		if (w)
			return kSenseSize;
	return 0;
}

namespace {

u32 crc32(const u8 *p, u32 n)
{
	u32 c = ~u32{0};
	for (; n; n--) {
		c ^= *p++;
		for (int i = 0; i < 8; i++)
			c = c >> 1 ^ (c & 1 ? 0xedb88320 : 0);
	}
	return ~c;
}

void put_status(const Irb &irb)
{
	put(" | ");
	put(hex(irb.scsw.control, 8));
	put(" ");
	put(hex(irb.scsw.cpa, 8));
	put(" ");
	put(hex(irb.scsw.status, 8));
	put(" lpum ");
	put(hex(irb.esw[0] >> 16 & 0xff, 2));
	put(" erw ");
	put(hex(irb.esw[1], 8));
	if (const unsigned n = concurrent_sense(irb)) {
		put(" sense ");
		put(Bytes{reinterpret_cast<const u8 *>(irb.ecw), n});
	}
}

} // namespace

void say_line(const char *prefix, const char *set, const Vector &v, const Vector *program, const Outcome &outcome)
{
	put(prefix);
	put(set);
	put(" ");
	put(v.name);
	put(v.peer.get() ? " (peer): start " : ": start ");
	put(outcome.busy ? "EBUSY, then " : "");
	put(outcome.start);
	if (outcome.function) {
		put(outcome.function);
		put(outcome.function_end);
	}
	for (unsigned i = 0; i < outcome.count; i++)
		put_status(outcome.statuses[i]);
	if (outcome.timed_out)
		put(" | no status");
	if (outcome.sense_count) {
		put(" | asked ");
		put(Bytes{outcome.sense, outcome.sense_count});
	}
	const auto *b = reinterpret_cast<const Buffer *>(program ? program + 1 : nullptr);
	for (u32 n = program ? program->buffers.get() : 0; n; n--, b++) {
		put(" | ");
		put(b->name);
		put(" ");
		put(b->length.get());
		put(" ");
		put(hex(crc32(storage(b->address.get()), b->length.get()), 8));
	}
	end_line();
}

} // namespace native
