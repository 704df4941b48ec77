#include "core/stats/SpinAssignments.h"
#include "core/stats/SpinTest.h"

#include <benchmark/benchmark.h>
#include <cmath>
#include <numbers>
#include <vector>

namespace {

using namespace brainlike;

constexpr int vertices = 10242; ///< of fsaverage5, a hemisphere
constexpr int areas = 180;      ///< of HCP-MMP1

/// Points evenly spread on both spheres.
SpinPoints evenPoints(int count) {
    RowMatrix<float> points(count, 3);
    for (int i = 0; i < count; ++i) {
        const double z = 1 - (2.0 * i + 1) / count, ring = std::sqrt(1 - z * z);
        const double turn = std::numbers::pi * (1 + std::sqrt(5.0)) * i;
        points.row(i) << static_cast<float>(100 * ring * std::cos(turn)),
            static_cast<float>(100 * ring * std::sin(turn)), static_cast<float>(100 * z);
    }
    return {.left = points, .right = points};
}

std::vector<double> mapOf(const SpinPoints& points, int axis) {
    std::vector<double> map;
    for (const RowMatrix<float>* side : {&points.left, &points.right})
        for (Eigen::Index i = 0; i < side->rows(); ++i)
            map.push_back(std::sin((*side)(i, axis) / 30.0) + (*side)(i, (axis + 1) % 3) / 100.0);
    return map;
}

/// Assigning all spins: points a hemisphere, spins, threads.
void assign(benchmark::State& state, SpinMethod method) {
    const SpinPoints points = evenPoints(static_cast<int>(state.range(0)));
    const SpinRotations rotations(static_cast<int>(state.range(1)), 1);
    JobContext job;
    for (auto _ : state)
        benchmark::DoNotOptimize(assignSpins(points, rotations, method, static_cast<int>(state.range(2)), job));
    state.counters["spins/s"] =
        benchmark::Counter(static_cast<double>(state.range(1)), benchmark::Counter::kIsIterationInvariantRate);
}

/// The test of one pair of maps on stored assignments: points a hemisphere, spins, threads.
void testMaps(benchmark::State& state) {
    const SpinPoints points = evenPoints(static_cast<int>(state.range(0)));
    JobContext job;
    const SpinAssignments assignments =
        assignSpins(points, SpinRotations(static_cast<int>(state.range(1)), 1), SpinMethod::AlexanderBloch, 0, job);
    const auto x = mapOf(points, 0), y = mapOf(points, 1);
    const SpinTestOptions options{.threads = static_cast<int>(state.range(2))};
    for (auto _ : state)
        benchmark::DoNotOptimize(spinTest(x, y, assignments, options, job));
}

BENCHMARK_CAPTURE(assign, alexander_bloch, SpinMethod::AlexanderBloch)
    ->ArgsProduct({{vertices}, {1000}, {1, 2}})
    ->Args({4 * vertices - 6, 100, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign, vasa, SpinMethod::Vasa)
    ->ArgsProduct({{areas}, {1000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign, hungarian, SpinMethod::Hungarian)
    ->ArgsProduct({{areas}, {1000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(testMaps)->ArgsProduct({{vertices}, {1000}, {1, 2}})->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

BENCHMARK_MAIN();
