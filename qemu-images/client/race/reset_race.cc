// SPDX-License-Identifier: GPL-2.0-only
// Resets at any time: one thread starts programs at rising addresses, one resets, one
// reads.  A status read after a RESET has returned is of no program from before it.
#include <atomic>
#include <thread>
#include <unistd.h>

#include "../base/error.hpp"
#include "../cmd/steps.hpp"
#include "scenario.hpp"

namespace client {

namespace {

constexpr std::uint32_t kPrograms = 1 << 20, kPlace = 16;

class Storm {
public:
	Storm(Session &session, std::uint64_t resets) : s_(session), wanted_(resets) {}

	void run();
	void tell(Report &r) const;

private:
	void start_one();
	void reset_one();
	void read_one();

	Session &s_;
	const std::uint64_t wanted_;
	std::uint32_t next_ = kPrograms;		// the starter's: address of the next program
	std::atomic<std::uint32_t> started_{kPrograms};	// below: STARTs that have returned
	std::atomic<std::uint32_t> dead_{kPrograms};	// below: started before a reset that is over
	std::atomic<bool> stop_{false};
	std::atomic<std::uint64_t> statuses_{0};
	std::uint64_t resets_ = 0, accepted_ = 0, none_ = 0;
	std::string reset_failed_, wrong_;
};

// Every fourth one stays in flight until a reset.
void Storm::start_one()
{
	Chain chain(s_.memory(), next_);
	const bool held = next_ / kPlace % 4 == 3;

	chain.add({kCmdNop, kCcwSli | (held ? kCcwSuspend : 0u), 1, chain.first()});
	accepted_ += s_.device().start(held ? held_orb(s_, chain) : Session::orb_for(chain)) == 0;
	next_ += kPlace;
	if (next_ + kPlace > s_.options().memory_bytes)
		stop_ = true;
	started_ = next_;
}

void Storm::reset_one()
{
	const std::uint32_t before = started_;
	const int err = s_.device().reset();

	if (!err) {
		dead_ = before;
		resets_++;
	} else if (err != -EAGAIN) {
		reset_failed_ = errno_name(err);
		stop_ = true;
	}
	stop_ = stop_ || (resets_ >= wanted_ && statuses_);
	::usleep(static_cast<useconds_t>(resets_ % 7 * 100));
}

void Storm::read_one()
{
	if (!s_.io().wait(20) || !s_.io().take())
		return;
	const std::uint32_t dead = dead_;
	ccw_io_region region{};
	s_.device().read_io(region);
	const Scsw w = Scsw::decode(region.irb_area);
	if (w.pending())
		statuses_++;
	else
		none_++;
	// The CCW address is behind the program's only CCW.
	if (w.pending() && w.cpa && w.cpa <= dead - kPlace + 8)
		wrong_ = w.line();
	stop_ = stop_ || !wrong_.empty();
}

void Storm::run()
{
	std::thread starter([&] { while (!stop_) start_one(); });
	std::thread reader([&] { while (!stop_) read_one(); });

	while (!stop_)
		reset_one();
	starter.join();
	reader.join();
}

void Storm::tell(Report &r) const
{
	r.expect(reset_failed_.empty(), "every RESET accepted", reset_failed_);
	r.expect(wrong_.empty(), "no status from before a reset", wrong_);
	r.expect(resets_ >= wanted_ && statuses_, "enough resets, and statuses between them",
		 std::to_string(resets_) + " and " + std::to_string(statuses_));
	r.add("resets", resets_, std::to_string(resets_) + " resets, " + std::to_string(accepted_) + " STARTs accepted, " +
					 std::to_string(statuses_) + " statuses, " + std::to_string(none_) + " wakes without one");
}

void reset_race(RaceContext &ctx)
{
	Session s(ctx.session);
	Storm storm(s, ctx.times(500));

	storm.run();
	storm.tell(ctx.report);
	const int err = s.device().reset();
	ctx.report.expect(err == 0, "a last RESET accepted", errno_name(err));
	s.io().take();
	still_works(ctx.report, s);
}

} // namespace

std::vector<Scenario> reset_race_scenarios()
{
	return {{"reset-race", "resets while another thread starts programs and one reads (--count resets)", reset_race}};
}

} // namespace client
