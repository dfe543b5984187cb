// SPDX-License-Identifier: GPL-2.0-only
// Google Benchmark over the same shapes: nanoseconds.
#include "subject.hpp"

#include <benchmark/benchmark.h>

using namespace vccw_bench;

static void run(benchmark::State &state, const Shape &shape)
{
	Subject subject(shape);

	if (!subject.plausible())
		state.SkipWithError("not translated as it must be");
	for (auto unused : state) {
		static_cast<void>(unused);
		benchmark::DoNotOptimize(subject.once());
	}
	state.counters["a_ccw"] = benchmark::Counter(double(shape.ccws),
						     benchmark::Counter::kIsIterationInvariantRate |
							     benchmark::Counter::kInvert);
}

int main(int argc, char **argv)
{
	for (const Shape &shape : shapes())
		benchmark::RegisterBenchmark(shape.name.c_str(), [&shape](benchmark::State &state) {
			run(state, shape);
		});
	benchmark::Initialize(&argc, argv);
	if (benchmark::ReportUnrecognizedArguments(argc, argv))
		return 1;
	benchmark::RunSpecifiedBenchmarks();
	return 0;
}
