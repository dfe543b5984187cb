// SPDX-License-Identifier: GPL-2.0-only
// Finding out what a subchannel leads to, and making it usable.
#include "program.hpp"

namespace guest {

namespace {

bool enable(Subchannel &s)
{
	Schib schib{};
	s.store(schib);
	check("disabled at first", schib.flags & kEnabled, 0, 4);
	const Chain chain = Chain().ccw(kNop, kSli, 1, kBuffers);
	check("START while disabled: cc", static_cast<u64>(s.start(chain.orb())), 3, 1);
	Irb irb;
	check("TEST SUBCHANNEL while disabled: cc", static_cast<u64>(s.test(irb)), 3, 1);

	schib.intparm = kSubchannelIntparm;
	schib.flags = static_cast<u16>((schib.flags & kDeviceValid) | kEnabled | kIsc << kIscShift);
	schib.chars |= kConcurrentSense;
	const bool done = check("MODIFY SUBCHANNEL: cc", static_cast<u64>(s.modify(schib)), 0, 1);
	Schib now{};
	check("STORE SUBCHANNEL: cc", static_cast<u64>(s.store(now)), 0, 1);
	check("interruption parameter", now.intparm, kSubchannelIntparm);
	check("enabled, with its interruption subclass", now.flags, schib.flags, 4);
	check("concurrent sense", now.chars & kConcurrentSense, kConcurrentSense);
	check("device number", now.devno, schib.devno, 4);
	check("installed paths", now.pim, 0x80, 2);
	check("available paths", now.pam & 0x80, 0x80, 2);
	check("status of an idle subchannel", now.scsw.control, 0);
	return done;
}

Kind kind_of(const u8 *id)
{
	if (id[1] == 0x38 && id[2] == 0x32)
		return id[3] == 1 ? Kind::kNetwork : id[3] == 4 ? Kind::kRandom : Kind::kOther;
	if (id[1] == 0x39 && id[2] == 0x90)
		return Kind::kDisk;
	return id[1] == 0x32 && id[2] == 0x70 ? Kind::kTerminal : Kind::kOther;
}

const char *name_of(Kind kind)
{
	switch (kind) {
	case Kind::kNetwork:
		return "a virtio network adapter";
	case Kind::kRandom:
		return "a virtio random number generator";
	case Kind::kTerminal:
		return "a 3270 terminal";
	case Kind::kDisk:
		return "a disk behind a 3990 control unit";
	default:
		return "unknown";
	}
}

} // namespace

bool identify(Subchannel &s)
{
	if (!enable(s))
		return false;
	auto *id = storage<u8>(kBuffers);
	id[0] = 0;
	const Chain chain = Chain().ccw(kSenseId, kSli, 4, kBuffers);
	run(s, "SENSE ID", chain.orb(), {chain.next()});
	run(s, "SENSE ID, ORB extension", chain.orb(kOrbExtended), {chain.next()});
	check("first byte of its answer", id[0], 0xff, 2);
	s.set_kind(kind_of(id));
	say("   it says ", Bytes{id, 4}, ": ", name_of(s.kind()));
	return check("a device that this guest knows", s.kind() != Kind::kOther, true, 1);
}

} // namespace guest
