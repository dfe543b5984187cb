// SPDX-License-Identifier: GPL-2.0-only
#include "translate.hpp"

#include "emit.hpp"

namespace vccw {
namespace {

// What the guest may choose stays; we run format 1 with format-2 IDAWs, and have no use for
// an address limit on host addresses.  A guest that forbids prefetching (P) has its reason
// in data: output that its program stores before it sends it is not fetched earlier.  The
// extension holds priorities, which no client hands on.  The port fills in the interruption
// parameter.
// Format-0 CCWs never indicate the incorrect length of an immediate operation, whatever L
// says (SA22-7832-10, ch. 15, "Flags"): L has format-1 CCWs do as they.
void build_orb(const ProgramBody &body, const Orb &guest, bool uses_2k, Orb &orb)
{
	u32 word1 = guest.word1;

	word1 &= ~(orb::kAddrLimit | orb::kIda2K | orb::kExtension);
	word1 |= orb::kFormat1 | orb::kFormat2Ida;
	if (uses_2k)
		word1 |= orb::kIda2K;
	if (!(guest.word1 & orb::kFormat1))
		word1 |= orb::kSuppressIl;
	orb.intparm = 0;
	orb.word1 = word1;
	orb.cpa = body.storage.ccw_abs(0);
}

Status check_orb(const Port &port, const Orb &orb)
{
	const u32 word1 = orb.word1;

	if (word1 & orb::kTransport) {
		port.log(VCCW_MSG_TRANSPORT_MODE, word1);
		return -VCCW_EOPNOTSUPP;
	}
	if ((word1 & orb::kReserved) || orb.cpa >= kEnd31)
		return -VCCW_EINVAL;
	return kOk;
}

// `ground`: how far to go.
Status build(const Port &port, const vccw_limits &limits, const Orb &orb, Ground ground,
	     ProgramBody &body, Refusal &why)
{
	const u32 word1 = orb.word1;
	Reach reach(port, limits, body, word1, why);

	VCCW_TRY(reach.run(orb.cpa, ground));
	body.storage.end_ccws(reach.slots());

	Emitter emitter(port, limits, body, word1, why);

	VCCW_TRY(emitter.run());
	if (body.fetched.short_of_memory())
		return why.set(VCCW_MSG_NO_MEMORY, kPage, 0, -VCCW_ENOMEM);
	VCCW_TRY(body.pages.pin(port, why));
	body.storage.for_each_address(port, [&](Be64 &word) {
		if (const u64 token = word)
			word = body.pages.resolve(token);
	});
	if (orb::key(word1))
		body.storage.clear_keys(port);
	body.guest_word1 = word1;
	build_orb(body, orb, emitter.uses_2k(), body.orb);
	return kOk;
}

} // namespace

Status translate(const Port &port, const vccw_limits &limits, const Orb &orb, ProgramBody &body)
{
	Refusal why;

	VCCW_TRY(check_orb(port, orb));

	Status status = build(port, limits, orb, Ground::kPossible, body, why);

	if (!status.ok() && body.plan.any_possible) {
		body.empty(port);
		why = {};
		status = build(port, limits, orb, Ground::kCertain, body, why);
	}
	if (!status.ok())
		why.log(port);
	return status;
}

} // namespace vccw
