// SPDX-License-Identifier: GPL-2.0-only
// Properties of the translation.
//
// VCCW_PROP_CASES: how many programs the first property compares (8000), the
// others in proportion.  Every run says its seed; RC_PARAMS="seed=N" repeats it,
// RC_PARAMS="reproduce=..." the case that failed.
#include "lists.hpp"
#include "subject.hpp"

#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <unordered_map>

using namespace vccw_test;

namespace {

constexpr int kUsual = 8000;

int cases(int usual)
{
	const char *const wanted = std::getenv("VCCW_PROP_CASES");

	return wanted ? int(std::max(1ll, std::atoll(wanted) * usual / kUsual)) : usual;
}

// How often what happened, over all cases.
struct Tally {
	const char *name;
	std::map<std::string, int> counts;
	~Tally()
	{
		std::string line = name;
		for (const auto &[what, n] : counts)
			line += ", " + what + " " + std::to_string(n);
		std::printf("# %s\n", line.c_str());
	}
};

template <class Property> void property(const char *name, int usual, Property &&body)
{
	auto params = rc::detail::configuration().testParams;

	params.maxSuccess = cases(usual);
	params.maxSize = 100;

	const rc::detail::TestMetadata metadata{name, name};
	const auto result = rc::detail::checkTestable(body, metadata, params);

	std::ostringstream out;
	if (!result.template is<rc::detail::SuccessResult>()) {
		rc::detail::printResultMessage(result, out);
		ADD_FAILURE() << out.str() << "\nrepeat with RC_PARAMS=\"seed=" << params.seed
			      << '"';
	}
}

rc::Gen<Plan> plans(int runs, int groups)
{
	const auto number = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<u32>());
	const auto group = rc::gen::resize(groups, rc::gen::container<std::vector<u32>>(number));

	return rc::gen::apply(
		[](u32 seed, Runs r) {
			return Plan{seed, std::move(r)};
		},
		number, rc::gen::resize(runs, rc::gen::container<Runs>(group)));
}

// In front of the program under test another one, whose leftovers it finds.
void run_first(Subject &s, const Plan &plan)
{
	s.guest() = GuestMemory();
	const Program p = make_program(s.guest(), plan);

	s.start(p.cpa, p.word1);
	s.finish();
}

// From now on a second fetch of a word finds something else there.
class ChangingStorage {
	std::unordered_map<u64, u32> fetched_;

public:
	void under(Subject &s, u32 change)
	{
		s.port().on_read = [this, change](u64 gpa, u8 *to, u32 len) {
			for (u32 i = 0; i + 4 <= len; i += 4)
				if (const u32 n = fetched_[gpa + i]++)
					put32(to + i, get32(to + i) ^ change * n);
		};
	}
};

} // namespace

namespace vccw_test {
void showValue(const Plan &p, std::ostream &os)
{
	os << "{" << p.seed << "u, {";
	for (const auto &r : p.runs) {
		os << "{";
		for (const u32 g : r)
			os << g << "u, ";
		os << "}, ";
	}
	os << "}}";
}
} // namespace vccw_test

TEST(Properties, TheChannelDoesWhatTheGuestsProgramSays)
{
	Tally tally{"programs compared", {}};

	property("same steps, same end", kUsual, [&] {
		const Plan plan = *plans(7, 9);
		Subject s;

		if (plan.seed % 3 == 0)
			run_first(s, *plans(3, 9));
		s.guest() = GuestMemory();

		const Program p = make_program(s.guest(), plan);

		s.start(p.cpa, p.word1);
		if (s.answer())
			s.fail("refused: " + std::to_string(s.answer()));
		s.explore();
		s.compare(p.device, 250);
		tally.counts[ref::name_of(s.guest_did().end)]++;
		tally.counts["steps"] += int(s.guest_did().steps.size());
		tally.counts["with copies of output"] += s.copied();
		s.finish();
		s.back_to_idle();
		s.close();
		if (!s.fault().empty())
			RC_FAIL(s.fault());
	});
}

// The same whatever stands behind, between and before its runs of CCWs, as long as
// neither the program nor what the device says leads there.
TEST(Properties, WhatIsNotProgramChangesNothing)
{
	Tally tally{"surrounded", {}};

	property("same steps, same end", kUsual / 4, [&] {
		static constexpr u16 units[] = {0, 0x3990, 0x2821, 0x3274};
		const Plan plan = *plans(7, 9);
		Choices c(plan.seed ^ 0x50bb0);
		const u16 unit = c.of(units);
		Subject s({4096, 256, 16384, 4u << 20}, unit);

		s.guest() = GuestMemory();

		Program p = make_program(s.guest(), plan);

		if (unit == 0x2821 || unit == 0x3274)
			p.device.found = 0; // it presents no status modifier
		// What a TIC that a TIC leads to designates is left out if it is beyond a limit.
		constexpr ref::Tics channel = ref::Tics::kFirstToo;

		if (!p.has(s.ends_at(p.cpa, p.word1, p.device, 250, channel))) {
			tally.counts["lead there"]++;
			return;
		}
		surround(s.guest(), p, plan.seed);
		s.start(p.cpa, p.word1);
		if (s.answer())
			s.fail("refused: " + std::to_string(s.answer()));
		s.explore();
		s.compare(p.device, 250, channel);
		tally.counts[ref::name_of(s.guest_did().end)]++;
		s.finish();
		s.close();
		if (!s.fault().empty())
			RC_FAIL(s.fault());
	});
}

// Nonsense: only the invariants hold, whatever the limits and the memory.
TEST(Properties, NonsenseIsHarmless)
{
	Tally tally{"nonsense", {}};

	property("invariants", 8000, [&] {
		const Plan plan = *plans(6, 40);
		Choices c(plan.seed ^ 0x5eed);
		const bool tight = c.one_in(3);
		Subject s(tight ? vccw_limits{1 + c.below(60), 1 + c.below(6), 1 + c.below(12),
					      kPage * (1 + c.below(8))}
				: vccw_limits{4096, 256, 16384, 4u << 20});

		if (c.one_in(3))
			run_first(s, *plans(3, 9));
		s.guest() = GuestMemory();

		const Program p = make_hostile(s.guest(), plan);

		ChangingStorage changing;

		if (c.one_in(2))
			changing.under(s, 0x01000408);
		s.start(p.cpa, p.word1);
		s.explore();
		s.finish();
		s.port().on_read = nullptr;
		tally.counts[s.answer() ? "refused" : "started"]++;
		if (!tight)
			s.back_to_idle();
		s.close();
		if (!s.fault().empty())
			RC_FAIL(s.fault());
	});
}

// The same for programs of up to some thousand CCWs; an unmapping ends them.
TEST(Properties, LongProgramsToo)
{
	Tally tally{"long programs", {}};

	property("same steps, same end", 100, [&] {
		const u32 seed = *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<u32>());
		const u32 ccws = *rc::gen::inRange<u32>(1, 3000);
		Choices c(seed ^ 0x10e6);
		Subject s;

		s.guest() = GuestMemory();

		const Program p = make_long(s.guest(), seed, ccws);

		if (s.start(p.cpa, p.word1))
			s.fail("refused: " + std::to_string(s.answer()));
		s.explore();
		s.compare(p.device, 3000);
		tally.counts["steps"] += int(s.guest_did().steps.size());
		tally.counts[ref::name_of(s.guest_did().end)]++;
		s.unmap(c.next() % 0x3000000 & ~0xfffu, c.below(4) * u64{kPage});
		s.finish();
		s.back_to_idle();
		s.close();
		if (!s.fault().empty())
			RC_FAIL(s.fault());
	});
}

// Small limits refuse a program or cut off what it could only come to by status
// modifier; memory that runs out refuses it.  Nothing is left over, and storage
// that changes while it is read does no harm.
TEST(Properties, LimitsAndFailuresLeaveNothing)
{
	Tally tally{"limits", {}};

	property("all or nothing", 4000, [&] {
		const Plan plan = *plans(7, 9);
		Choices c(plan.seed ^ 0x11117);
		const bool is_long = c.one_in(4);
		const u32 ccws = 1 + c.below(1500);
		const vccw_limits limits{is_long ? 4096 : 20 + c.below(300),
					 1 + c.below(is_long ? 200 : 20), 1 + c.below(200),
					 kPage << c.below(8)};
		Subject s(limits);

		s.guest() = GuestMemory();

		const Program p = is_long ? make_long(s.guest(), plan.seed, ccws)
					  : make_program(s.guest(), plan);

		ChangingStorage changing;

		switch (c.below(6)) {
		case 0:
			changing.under(s, 0x00000800);
			break;
		case 1:
			changing.under(s, u32(c.next()));
			break;
		case 2:
			s.port().allocs_before_failure = int(c.below(12));
			break;
		case 3:
			s.port().pins_before_enomem = int(c.below(40));
			break;
		case 4:
			s.port().pin_rc = c.one_in(2) ? -VCCW_EOPNOTSUPP : -VCCW_EFAULT;
			break;
		}
		s.start(p.cpa, p.word1);
		s.explore();
		s.finish();
		s.port().allocs_before_failure = s.port().pins_before_enomem = -1;
		s.port().pin_rc = 0;
		s.port().on_read = nullptr;
		tally.counts[s.answer() ? "refused " + std::to_string(-s.answer()) : "started"]++;
		if (limits.bytes >= 2 * kPage)
			s.back_to_idle();
		s.close();
		if (!s.fault().empty())
			RC_FAIL(s.fault());
	});
}
