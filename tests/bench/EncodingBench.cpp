#include "core/encoding/MatrixKernels.h"
#include "core/encoding/Ridge.h"

#include <benchmark/benchmark.h>
#include <cblas.h>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace brainlike;
using Eigen::Index;

/// Values in −1 … 1 from a linear congruential sequence; the same on every machine.
RowMatrix<float> values(Index rows, Index columns, std::uint64_t seed) {
    RowMatrix<float> matrix(rows, columns);
    std::uint64_t state = seed * 2862933555777941757U + 3037000493U;
    for (Index cell = 0; cell < matrix.size(); ++cell) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        matrix.data()[cell] = static_cast<float>(static_cast<double>(state >> 11U) * 0x1p-52 - 1.0);
    }
    return matrix;
}

/// Responses that the features explain in part.
RowMatrix<float> responsesTo(const RowMatrix<float>& features, Index targets) {
    RowMatrix<float> responses = values(features.rows(), targets, 7);
    for (Index target = 0; target < targets; ++target)
        responses.col(target) += 0.5F * features.col(target % features.cols());
    return responses;
}

/// Operations of the products that a fit cannot do without: cross-products and predictions of each outer fold.
double predictionOperations(const RidgeOptions& options, Index rows, Index columns, Index targets) {
    const auto n = static_cast<double>(rows);
    const auto d = static_cast<double>(columns);
    const auto folds = static_cast<double>(options.outer.count);
    const double test = n / folds;
    return 2 * static_cast<double>(targets) * (n * d + folds * d * std::min(test, d + std::min(d, test)));
}

RidgeOptions optionsFor(LambdaMode mode, int threads) {
    RidgeOptions options;
    options.lambdaMode = mode;
    options.threads = threads;
    return options;
}

/// Preparing one feature set for the folds: rows, columns.
void prepareFeatures(benchmark::State& state) {
    const auto options = optionsFor(LambdaMode::Global, 1);
    const auto features = values(state.range(0), state.range(1), 1);
    for (auto _ : state)
        benchmark::DoNotOptimize(PreparedFeatures(features, options));
}

/// Preparing one recording: rows, targets.
void prepareResponses(benchmark::State& state) {
    const auto options = optionsFor(LambdaMode::Global, 1);
    const auto responses = values(state.range(0), state.range(1), 2);
    for (auto _ : state)
        benchmark::DoNotOptimize(PreparedResponses(responses, options));
}

/// One fit on prepared parts: rows, columns, targets.
void fitPrepared(benchmark::State& state, LambdaMode mode) {
    const auto options = optionsFor(mode, 1);
    const auto features = values(state.range(0), state.range(1), 1);
    const auto responses = responsesTo(features, state.range(2));
    const PreparedFeatures preparedFeatures(features, options);
    const PreparedResponses preparedResponses(responses, options);
    JobContext job;
    for (auto _ : state)
        benchmark::DoNotOptimize(fitRidge(preparedFeatures, preparedResponses, options, job));
    state.counters["GFLOPS"] =
        benchmark::Counter(1e-9 * predictionOperations(options, state.range(0), state.range(1), state.range(2)),
                           benchmark::Counter::kIsIterationInvariantRate);
}

/// Everything, from plain matrices, on two threads: rows, columns, targets.
void fitAtOnce(benchmark::State& state, LambdaMode mode) {
    const auto options = optionsFor(mode, 2);
    const auto features = values(state.range(0), state.range(1), 1);
    const auto responses = responsesTo(features, state.range(2));
    JobContext job;
    for (auto _ : state)
        benchmark::DoNotOptimize(fitRidge(features, responses, options, job));
}

/// A product as the library itself makes it, on one thread.
class Product {
public:
    Product(Index rows, Index inner, Index columns) : m_a(values(rows, inner, 3)), m_b(values(inner, columns, 4)) {
        openblas_set_num_threads(1);
        m_result.resize(rows, columns);
    }
    void make() {
        const auto inner = static_cast<blasint>(m_a.cols());
        const auto columns = static_cast<blasint>(m_b.cols());
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, static_cast<blasint>(m_a.rows()), columns, inner, 1,
                    m_a.data(), inner, m_b.data(), columns, 0, m_result.data(), columns);
        benchmark::DoNotOptimize(m_result.data());
    }
    [[nodiscard]] double operations() const { return 2.0 * static_cast<double>(m_a.size() * m_b.cols()); }

private:
    RowMatrix<float> m_a, m_b, m_result;
};

/// Operations a second of large square products: the most that the library reaches here.
double largeProductRate() {
    static const double rate = [] {
        Product product(2048, 2048, 2048);
        product.make();
        const auto start = std::chrono::steady_clock::now();
        constexpr int repeats = 3;
        for (int repeat = 0; repeat < repeats; ++repeat)
            product.make();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        return repeats * product.operations() / taken.count();
    }();
    return rate;
}

/// The library's own speed in the shapes that fits multiply, also as a share of its speed on large square ones: rows,
/// inner, columns.
void sgemm(benchmark::State& state) {
    Product product(state.range(0), state.range(1), state.range(2));
    const double most = largeProductRate();
    for (auto _ : state)
        product.make();
    using benchmark::Counter;
    state.counters["GFLOPS"] = Counter(1e-9 * product.operations(), Counter::kIsIterationInvariantRate);
    state.counters["of_large"] = Counter(product.operations() / most, Counter::kIsIterationInvariantRate);
}

/// A batch of the demo study: one feature set, three fMRI recordings and two MEG recordings.
void demoFeatureSet(benchmark::State& state) {
    const auto options = optionsFor(LambdaMode::Global, 1);
    const auto features = values(state.range(0), state.range(1), 1);
    std::vector<PreparedResponses> recordings;
    for (const Index targets : {20484, 20484, 20484, 28726, 28726})
        recordings.emplace_back(responsesTo(features, targets), options);
    JobContext job;
    for (auto _ : state) {
        const PreparedFeatures prepared(features, options);
        for (const auto& recording : recordings)
            benchmark::DoNotOptimize(fitRidge(prepared, recording, options, job));
    }
    state.SetLabel("5 fits; the demo study has 360 of these");
}

BENCHMARK(demoFeatureSet)->Args({200, 16})->Args({240, 24})->Unit(benchmark::kMillisecond);
BENCHMARK(prepareFeatures)->Args({240, 24})->Args({1000, 256})->Unit(benchmark::kMillisecond);
BENCHMARK(prepareResponses)->Args({240, 20484})->Args({1000, 20484})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(fitPrepared, global, LambdaMode::Global)
    ->Args({240, 24, 20484})
    ->Args({1000, 64, 20484})
    ->Args({1000, 256, 20484})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(fitPrepared, per_target, LambdaMode::PerTarget)
    ->Args({240, 24, 20484})
    ->Args({1000, 256, 4096})
    ->Unit(benchmark::kMillisecond);
// A tenth in each direction of 4000 images × 1024 features × 10000 targets, and half of it.
BENCHMARK_CAPTURE(fitAtOnce, global, LambdaMode::Global)
    ->Args({400, 102, 1000})
    ->Args({2000, 512, 5000})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(fitAtOnce, per_target, LambdaMode::PerTarget)
    ->Args({400, 102, 1000})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sgemm)
    ->Args({24, 48, 256})
    ->Args({24, 24, 256})
    ->Args({48, 192, 256})
    // Cross-products of an atom, projections and predictions with 1024 features; the same with 384.
    ->Args({1024, 160, 448})
    ->Args({1024, 1024, 448})
    ->Args({800, 1024, 448})
    ->Args({384, 80, 448})
    ->Args({384, 384, 448})
    ->Args({1024, 1024, 1024})
    ->Unit(benchmark::kMicrosecond);

} // namespace

int main(int argc, char** argv) {
    restartWithBetterKernels(argv);
    benchmark::Initialize(&argc, argv);
    benchmark::AddCustomContext("matrix kernels", matrixKernels());
    benchmark::RunSpecifiedBenchmarks();
}
