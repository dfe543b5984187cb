// SPDX-License-Identifier: GPL-2.0-only
// Properties of the translation.
//
// VCCW_PROP_CASES: programs a property (thousands by default).  Every run says
// its seed; RC_PARAMS="seed=N" repeats it, RC_PARAMS="reproduce=..." the case
// that failed.
#include "lists.hpp"
#include "subject.hpp"

#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <unordered_map>

using namespace vccw_test;

namespace {

int cases(int usual)
{
	const char *const wanted = std::getenv("VCCW_PROP_CASES");

	return wanted ? std::max(1, std::atoi(wanted)) : usual;
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
		ADD_FAILURE() << out.str() << "\nrepeat with RC_PARAMS=\"seed=" << params.seed << '"';
	}
}

rc::Gen<Plan> plans(int runs, int groups)
{
	const auto number = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<u32>());
	const auto group = rc::gen::resize(groups, rc::gen::container<std::vector<u32>>(number));

	return rc::gen::apply([](u32 seed, Runs r) { return Plan{seed, std::move(r)}; }, number,
			      rc::gen::resize(runs, rc::gen::container<Runs>(group)));
}

// In front of the program under test another one, whose leftovers it finds.
void run_first(Subject &s, const Plan &plan)
{
	s.guest() = GuestMemory();
	const Program p = make_program(s.guest(), plan);

	s.start(p.cpa, p.word1);
	s.finish();
}

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

	property("same steps, same end", 4000, [&] {
		const Plan plan = *plans(7, 9);
		Subject s;

		if (plan.seed % 3 == 0)
			run_first(s, *plans(3, 9));
		s.guest() = GuestMemory();

		const Program p = make_program(s.guest(), plan);

		s.start(p.cpa, p.word1);
		if (s.answer()) {
			// The only refusal: read backward in a mixed chain.
			if (!s.port().logged_msg(VCCW_MSG_MIXED_CHAIN))
				s.fail("refused: " + std::to_string(s.answer()));
			tally.counts["refused"]++;
		} else {
			s.explore();
			s.compare(p.device, 250);
			tally.counts[ref::name_of(s.guest_did().end)]++;
			tally.counts["steps"] += int(s.guest_did().steps.size());
		}
		s.finish();
		s.back_to_idle();
		s.close();
		if (!s.fault().empty())
			RC_FAIL(s.fault());
	});
	EXPECT_LT(tally.counts["refused"], cases(4000) / 10);
}

// Nonsense: only the invariants hold, whatever the limits and the memory.
TEST(Properties, NonsenseIsHarmless)
{
	Tally tally{"nonsense", {}};

	property("invariants", 6000, [&] {
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

		// A second fetch of a word finds something else there.
		std::unordered_map<u64, u32> fetched;
		if (c.one_in(2))
			s.port().on_read = [&](u64 gpa, u8 *to, u32 len) {
				for (u32 i = 0; i + 4 <= len; i += 4)
					if (const u32 n = fetched[gpa + i]++)
						put32(to + i, get32(to + i) ^ u32(0x01000408 * n));
			};
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

// Small limits refuse a program or leave it as it is; memory that runs out
// refuses it.  Nothing is left over.
TEST(Properties, LimitsAndFailuresLeaveNothing)
{
	Tally tally{"limits", {}};

	property("all or nothing", 2000, [&] {
		const Plan plan = *plans(7, 9);
		Choices c(plan.seed ^ 0x11117);
		const vccw_limits limits{20 + c.below(300), 1 + c.below(20), 1 + c.below(200),
					 kPage << c.below(7)};
		Subject s(limits);

		s.guest() = GuestMemory();

		const Program p = make_program(s.guest(), plan);

		switch (c.below(4)) {
		case 2: s.port().allocs_before_failure = int(c.below(8)); break;
		case 3: s.port().pins_before_enomem = int(c.below(40)); break;
		}
		s.start(p.cpa, p.word1);
		s.explore();
		s.finish();
		s.port().allocs_before_failure = s.port().pins_before_enomem = -1;
		tally.counts[s.answer() ? "refused " + std::to_string(-s.answer()) : "started"]++;
		if (limits.bytes >= 2 * kPage)
			s.back_to_idle();
		s.close();
		if (!s.fault().empty())
			RC_FAIL(s.fault());
	});
}
