// SPDX-License-Identifier: GPL-2.0-only
// The request `probe`: with no other request inside, a START must be accepted as soon as
// what came before is over.  A START is over with any status but intermediate alone, also
// with a deferred condition code and start-pending still shown (Principles of Operation,
// "TEST SUBCHANNEL"; Scsw::clears_functions()), and by HALT, CLEAR and reset.  Only a
// suspended program stays, until a CLEAR.
#include <unistd.h>

#include "../base/error.hpp"
#include "world.hpp"

namespace client {

namespace {
constexpr std::int64_t kLongMs = 5000; // statuses are on their way and read meanwhile
}

int World::start_when_free(Opened &o)
{
	Chain chain(o.session().memory(), o.probe_place());
	const std::int64_t end = now_ms() + kLongMs;
	int err;

	chain.add({kCmdNop, kCcwSli, 1, chain.first()});
	do {
		err = start(o, Session::orb_for(chain), false);
		if (err == -EBUSY)
			::usleep(2000);
	} while (err == -EBUSY && now_ms() < end);
	return err;
}

int World::probe(Opened &o)
{
	const bool suspended = o.last_start().may_stay();

	if (suspended)
		if (const int err = async(o, Async::kClear))
			return err;
	const int err = start_when_free(o);
	if (err == -EBUSY)
		wrong(std::string("a START stays busy ") +
		      (suspended ? "after a CLEAR" : "though every function is over"));
	else
		must_be(Op::kProbe, err, {});
	return err;
}

} // namespace client
