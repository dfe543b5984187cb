// SPDX-License-Identifier: GPL-2.0-only
#include "subchannel.hpp"

#include "check.hpp"
#include "insn.hpp"

namespace guest {

int Subchannel::store(Schib &schib)
{
	const int cc = stsch(id_, schib);
	if (!cc)
		devno_ = schib.devno;
	return cc;
}

int Subchannel::modify(Schib &schib)
{
	return msch(id_, schib);
}

// START replaces the subchannel's interruption parameter.
int Subchannel::start(const Orb &orb)
{
	const int cc = ssch(id_, orb);
	if (!cc)
		intparm_ = orb.intparm;
	return cc;
}

int Subchannel::halt()
{
	return hsch(id_);
}
int Subchannel::clear()
{
	return csch(id_);
}
int Subchannel::resume()
{
	return rsch(id_);
}
int Subchannel::cancel()
{
	return xsch(id_);
}
int Subchannel::test(Irb &irb)
{
	return tsch(id_, irb);
}

Answer Subchannel::wait()
{
	Answer a;
	while (wait_io(a.io, kLimit)) {
		if (!check("interrupt of this subchannel", a.io.id, id_))
			continue;
		a.test_cc = test(a.irb);
		if (!a.test_cc) {
			a.came = true;
			break;
		}
		empty_++;
	}
	return a;
}

Answer Subchannel::run(const Orb &orb)
{
	Answer a;
	a.cc = start(orb);
	return a.cc ? a : wait();
}

} // namespace guest
