#include "core/encoding/RidgeOperations.h"

#include "core/encoding/FeatureScaling.h"
#include "core/encoding/LinearAlgebra.h"
#include "core/encoding/OuterPrediction.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/ResponseTiling.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Tridiagonal reduction, eigenvectors by divide and conquer, and back: about so often the order cubed.
constexpr double eigenFactor = 9;

double count(const Rows& rows) {
    return static_cast<double>(rows.size());
}

/// Calls `use(training rows, test rows)` for every inner fold of an outer one.
template <typename Use>
void forInner(const FoldPlan& plan, std::size_t outer, Use use) {
    const double all = static_cast<double>(plan.rows) - count(plan.outer[outer]);
    for (const auto& block : plan.inner[outer])
        use(all - count(block), count(block));
}

double eigen(double order) {
    return eigenFactor * order * order * order;
}

/// The scores of all λ from kernels of one inner fold.
double traceOperations(double rank, double size, double test) {
    return 2 * rank * size * (size + rank + test) + rank * rank * test;
}

struct Fit {
    explicit Fit(const FitSizes& all)
        : sizes(all), rows(static_cast<double>(all.plan.rows)), columns(static_cast<double>(all.columns)),
          targets(static_cast<double>(all.targets)), alphas(static_cast<double>(all.options.alphas.size())),
          inFeatures(cheaperSpace(all.plan, all.columns) == Space::Features) {}

    [[nodiscard]] double choosing(std::size_t outer) const {
        const double all = rows - count(sizes.plan.outer[outer]);
        const bool traces = choosesByTraces(sizes.options);
        double sum = inFeatures && !(traces && sizes.hasRowKernels) ? 2 * all * columns * targets : 0;
        forInner(sizes.plan, outer, [&](double training, double test) {
            const double size = inFeatures ? columns : training;
            if (!traces) {
                sum += 2 * targets * (size * size + size * test + alphas * size * std::min(size, test));
                return;
            }
            sum += traceOperations(size, size, test);
            if (!sizes.hasRowKernels)
                sum += targets * size * (size + 2 * test);
            else if (inFeatures)
                sum += 2 * training * columns * (training + columns + test);
        });
        return sum;
    }

    [[nodiscard]] double predicting() const {
        const auto space = inFeatures ? Space::Features : Space::Samples;
        const bool blocks = cheaperForm(sizes.plan, space, sizes.columns) == PredictionForm::Blocks;
        const bool global = sizes.options.lambdaMode == LambdaMode::Global;
        double sum = blocks ? 2 * rows * columns * targets : 0;
        for (const auto& block : sizes.plan.outer) {
            const double test = count(block);
            const double training = rows - test;
            const double rank = inFeatures ? columns : training;
            if (blocks)
                sum += 2 * targets * columns *
                       ((global ? 0 : columns) + std::min(test, columns + std::min(columns, test)));
            else if (global)
                sum += 2 * test * training * (targets + rank);
            else
                sum += 2 * targets * rank * (training + test);
        }
        return sum;
    }

    const FitSizes& sizes;
    double rows, columns, targets, alphas;
    bool inFeatures;
};

/// Operations a second of `work`, done again and again on all threads for some milliseconds.
double rateOf(int threads, double operations, const std::function<void()>& work) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds time(20);
    work(); // not timed: the first call makes buffers
    std::vector<double> done(static_cast<std::size_t>(threads));
    const auto start = Clock::now();
    parallelFor(threads, threads, JobContext(), [&](Index thread, int) {
        while (Clock::now() - start < time) {
            work();
            done[static_cast<std::size_t>(thread)] += operations;
        }
    });
    const std::chrono::duration<double> seconds = Clock::now() - start;
    double sum = 0;
    for (const double own : done)
        sum += own;
    return sum / seconds.count();
}

template <typename Scalar>
double productRate(int threads) {
    constexpr Index size = 256;
    const RowMatrix<Scalar> a = RowMatrix<Scalar>::Constant(size, size, Scalar(0.5));
    const auto work = [&a] {
        RowMatrix<Scalar> result(a.rows(), a.cols());
        multiply(panelOf(a), panelOf(a), panelOf(result));
    };
    return rateOf(threads, 2.0 * size * size * size, work);
}

} // namespace

Operations featureOperations(const FitSizes& sizes) {
    const Fit fit(sizes);
    Operations sum;
    if (fit.inFeatures) {
        sum.products += 3 * fit.rows * fit.columns * fit.columns;
        sum.decompositions += eigen(fit.columns);
    }
    const auto decompose = [&](double training, double test) {
        const double order = fit.inFeatures ? fit.columns : training;
        sum.decompositions += eigen(order);
        sum.products += 2 * test * order * order + (fit.inFeatures ? 2 * order * order * order : 0);
    };
    for (std::size_t outer = 0; outer < sizes.plan.outer.size(); ++outer) {
        const double test = count(sizes.plan.outer[outer]);
        sum.products += fit.inFeatures ? fit.rows * fit.columns * fit.columns : fit.rows * fit.rows * fit.columns;
        decompose(fit.rows - test, test);
        forInner(sizes.plan, outer, decompose);
    }
    return sum;
}

Operations responseOperations(const FitSizes& sizes) {
    Operations sum;
    if (rowKernelBytes(sizes.plan, sizes.options, sizes.targets) > 0)
        for (std::size_t outer = 0; outer < sizes.plan.outer.size(); ++outer)
            forInner(sizes.plan, outer, [&](double training, double test) {
                sum.products += static_cast<double>(sizes.targets) * training * (training + 2 * test);
            });
    return sum;
}

Operations fitOperations(const FitSizes& sizes) {
    const Fit fit(sizes);
    Operations sum{.products = fit.predicting()};
    for (std::size_t outer = 0; outer < sizes.plan.outer.size(); ++outer)
        sum.products += fit.choosing(outer);
    return sum;
}

ProcessorSpeed measureSpeed(bool doublePrecision, int threads) {
    constexpr Index order = 128;
    const RowMatrix<double> matrix = RowMatrix<double>::NullaryExpr(order, order, [](Index row, Index column) {
        return row == column ? static_cast<double>(order + row) : 1.0 / static_cast<double>(1 + row + column);
    });
    return {doublePrecision ? productRate<double>(threads) : productRate<float>(threads),
            rateOf(threads, eigen(order), [&matrix] { (void)symmetricEigen(matrix); })};
}

} // namespace brainlike
