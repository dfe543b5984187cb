// SPDX-License-Identifier: GPL-2.0-only
// The search tree of CCWs against a search that can't be wrong: among all runs.
#include "fake_port.hpp"
#include "work.hpp"

#include "../program/ccw_map.hpp"

#include <algorithm>
#include <random>

using namespace vccw_test;
using vccw::CcwMap;
using vccw::CcwRun;
using vccw::Context;

namespace {

class Map : public ::testing::Test {
protected:
	FakePort fake;
	const vccw_port table = FakePort::table();
	const vccw::Port port{table, &fake};
	CcwMap map;

	Map() { EXPECT_TRUE(map.init(port)); }
	~Map() override { map.destroy(port); }

	void compare(const std::vector<CcwRun> &all, u32 guest)
	{
		for (const Context c : {Context::kCommand, Context::kStoreChain})
			compare(all, guest, c);
	}
	void compare(const std::vector<CcwRun> &all, u32 guest, Context context)
	{
		const CcwRun *has = nullptr;
		u32 next = CcwMap::kNone;

		for (const CcwRun &r : all) {
			if (r.context() != context)
				continue;
			if (guest >= r.guest() && guest < r.guest() + 8 * std::max(r.count, 1u))
				has = &r;
			if (r.guest() > guest)
				next = std::min(next, r.guest());
		}

		const CcwMap::Found found = map.find(guest, context);

		ASSERT_EQ(found.run != nullptr, has != nullptr) << guest;
		EXPECT_EQ(found.next, next) << guest;
		if (has) {
			EXPECT_EQ(found.run->slot, has->slot);
		}
	}
};

TEST_F(Map, FindsWhatWasAdded)
{
	std::mt19937 random(1);

	for (int round = 0; round < 50; round++) {
		std::vector<CcwRun> all, added;
		u32 guest = 8 * (random() % 4);

		for (u32 i = 0; i < 60; i++) {
			const u32 count = random() % 5;

			all.push_back({CcwRun::key_of(guest, Context::kCommand), count, 100 * i});
			if (random() % 3 == 0) // in the same place, too
				all.push_back({CcwRun::key_of(guest, Context::kStoreChain), count,
					       100 * i + 50});
			guest += 8 * (std::max(count, 1u) + random() % 3);
		}
		std::shuffle(all.begin(), all.end(), random);
		for (const CcwRun &run : all) {
			ASSERT_TRUE(map.add(port, run));
			added.push_back(run);
			for (int i = 0; i < 20; i++)
				compare(added, 8 * (random() % (guest / 8)));
		}
		map.release(port);
		compare({}, 8);
	}
}

TEST_F(Map, P16_AFewStepsWhateverTheOrder)
{
	constexpr u32 n = 4096;
	const auto lookups = [&](auto order) {
		for (u32 i = 0; i < n; i++)
			EXPECT_TRUE(map.add(
				port, {CcwRun::key_of(8 * order(i), Context::kCommand), 1, i}));

		const unsigned long done = work_of([&] {
			for (u32 i = 0; i < 2 * n; i++)
				map.find(8 * i, Context::kCommand);
		});

		map.release(port);
		return done;
	};
	const unsigned long scattered = lookups([](u32 i) { return i * 2654435761u % n; });
	const unsigned long up = lookups([](u32 i) { return i; });
	const unsigned long down = lookups([](u32 i) { return n - i; });
	const unsigned long inwards = lookups([](u32 i) { return i % 2 ? i : 2 * n - i; });

	// A balanced tree would do 12 steps a look-up, of some basic blocks each.
	EXPECT_LT(scattered, 2 * n * 12 * 10);
	EXPECT_LT(up, 2 * scattered);
	EXPECT_LT(down, 2 * scattered);
	EXPECT_LT(inwards, 2 * scattered);
}

} // namespace
