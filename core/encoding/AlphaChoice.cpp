#include "core/encoding/Parallel.h"
#include "core/encoding/RidgeFit.h"
#include "core/encoding/SelectionKernels.h"
#include "core/encoding/TargetScores.h"
#include "core/base/Undefined.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace brainlike {
namespace {

using Eigen::Index;


std::string foldText(std::size_t outer, std::size_t folds) {
    return "choosing λ, fold " + std::to_string(outer + 1) + " of " + std::to_string(folds);
}

/// Index of the largest defined value, the first on a tie; −1 where none is defined.
template <typename Values>
int best(const Values& values) {
    int found = -1;
    for (Index index = 0; index < values.size(); ++index)
        if (!std::isnan(values[index]) && (found < 0 || values[index] > values[found]))
            found = static_cast<int>(index);
    return found;
}

/// Mean and number of what is defined.
struct RunningMean {
    double sum = 0;
    double count = 0;

    void add(double value) {
        if (!std::isnan(value)) {
            sum += value;
            ++count;
        }
    }
    [[nodiscard]] double mean() const { return count > 0 ? sum / count : undefined; }
};

/// Scores of one outer fold by traces: [inner × λ].
RowMatrix<double> traceScores(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                              std::size_t outer, int threads, JobContext& job) {
    const auto& blocks = features.plan.inner[outer];
    const auto& decompositions = features.folds[outer].inner;
    RowMatrix<double> scores(static_cast<Index>(blocks.size()), static_cast<Index>(responses.options.alphas.size()));
    const bool inFeatures = features.space == Space::Features;
    const bool shared = !responses.kernels.empty();
    std::vector<PairKernels> own;
    if (!shared)
        own = inFeatures ? featureKernels(features, responses, outer, threads, job)
                         : rowKernels(responses, outer, threads, job);
    parallelFor(threads, scores.rows(), job, [&](Index inner, int) {
        const auto index = static_cast<std::size_t>(inner);
        const auto& kernels = shared ? responses.kernels[outer][index] : own[index];
        scores.row(inner) =
            shared && inFeatures
                ? selectionScores(decompositions[index],
                                  withFeatures(kernels, features.whitened, joinedWithout(blocks, index)), responses)
                : selectionScores(decompositions[index], kernels, responses);
    });
    return scores;
}

/// Scores of one outer fold, each target's own averaged: [inner × λ].
template <typename Scalar>
RowMatrix<double> averagedScores(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                                 const ResponseTiles<Scalar>& tiles, std::size_t outer, int threads,
                                 const JobContext& job) {
    const TargetScores<Scalar> model(features, responses, outer, tiles.width);
    const auto alphas = static_cast<Index>(responses.options.alphas.size());
    const auto folds = static_cast<Index>(model.innerFolds());
    const Index kept = static_cast<Index>(responses.kept.size());
    std::vector<std::vector<RunningMean>> means(static_cast<std::size_t>(tiles.tiles));
    std::vector<typename TargetScores<Scalar>::Scratch> scratch(static_cast<std::size_t>(threads));
    parallelFor(threads, tiles.tiles, job, [&](Index tile, int worker) {
        auto& own = scratch[static_cast<std::size_t>(worker)];
        if (!own.inner)
            own = model.scratch();
        own.inner->load(tiles.tile(tile));
        auto& sums = means[static_cast<std::size_t>(tile)];
        sums.resize(static_cast<std::size_t>(folds * alphas));
        for (Index inner = 0; inner < folds; ++inner) {
            model.evaluate(static_cast<std::size_t>(inner), own);
            for (Index alpha = 0; alpha < alphas; ++alpha)
                for (Index column = 0; column < std::min(tiles.width, kept - tile * tiles.width); ++column)
                    sums[static_cast<std::size_t>(inner * alphas + alpha)].add(own.pairScore(alpha, column));
        }
    });
    RowMatrix<double> scores(folds, alphas);
    for (Index cell = 0; cell < scores.size(); ++cell) {
        RunningMean total;
        for (const auto& tile : means) {
            total.sum += tile[static_cast<std::size_t>(cell)].sum;
            total.count += tile[static_cast<std::size_t>(cell)].count;
        }
        scores(cell / alphas, cell % alphas) = total.mean();
    }
    return scores;
}

/// Mean over the inner folds where it is defined.
Eigen::VectorXd overFolds(const RowMatrix<double>& scores) {
    Eigen::VectorXd means(scores.cols());
    for (Index alpha = 0; alpha < scores.cols(); ++alpha) {
        RunningMean mean;
        for (Index inner = 0; inner < scores.rows(); ++inner)
            mean.add(scores(inner, alpha));
        means[alpha] = mean.mean();
    }
    return means;
}

/// One outer fold's choice for each kept target.
struct TargetChoice {
    std::vector<int> chosen;  ///< [kept]
    RowMatrix<double> scores; ///< with keepInner [λ × kept]
};

/// Mean scores of one tile over the inner folds: [λ × width].
template <typename Scalar>
RowMatrix<double> tileScores(const TargetScores<Scalar>& model, typename TargetScores<Scalar>::Scratch& scratch) {
    RowMatrix<double> sum;
    RowMatrix<double> count;
    for (std::size_t inner = 0; inner < model.innerFolds(); ++inner) {
        model.evaluate(inner, scratch);
        if (inner == 0) {
            sum.setZero(scratch.pairScore.rows(), scratch.pairScore.cols());
            count = sum;
        }
        for (Index cell = 0; cell < sum.size(); ++cell)
            if (const double score = scratch.pairScore.data()[cell]; !std::isnan(score)) {
                sum.data()[cell] += score;
                count.data()[cell] += 1;
            }
    }
    return sum.cwiseQuotient(count); // 0 / 0 is NaN: undefined
}

template <typename Scalar>
TargetChoice targetChoice(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                          const ResponseTiles<Scalar>& tiles, std::size_t outer, const RidgeOptions& options,
                          const JobContext& job) {
    const TargetScores<Scalar> model(features, responses, outer, tiles.width);
    const Index kept = static_cast<Index>(responses.kept.size());
    const bool squared = responses.options.effectiveSelection() == SelectionScore::MeanSquaredError;
    TargetChoice choice;
    choice.chosen.resize(responses.kept.size());
    if (options.keepInner)
        choice.scores.resize(static_cast<Index>(options.alphas.size()), kept);
    std::vector<typename TargetScores<Scalar>::Scratch> scratch(static_cast<std::size_t>(options.threads));
    parallelFor(options.threads, tiles.tiles, job, [&](Index tile, int worker) {
        auto& own = scratch[static_cast<std::size_t>(worker)];
        if (!own.inner)
            own = model.scratch();
        own.inner->load(tiles.tile(tile));
        const auto scores = tileScores(model, own);
        const Index first = tile * tiles.width;
        for (Index column = 0; column < std::min(tiles.width, kept - first); ++column) {
            const auto target = static_cast<std::size_t>(first + column);
            choice.chosen[target] = best(scores.col(column));
            if (options.keepInner)
                choice.scores.col(first + column) =
                    scores.col(column) * (squared ? std::ldexp(1.0, 2 * responses.exponents[target]) : 1.0);
        }
    });
    return choice;
}

} // namespace

AlphaChoice chooseGlobal(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                         const RidgeOptions& options, const JobShare& share) {
    AlphaChoice choice;
    const std::size_t folds = features.folds.size();
    for (std::size_t outer = 0; outer < folds; ++outer) {
        share.job.throwIfCancelled();
        share.report(static_cast<double>(outer) / static_cast<double>(folds), foldText(outer, folds));
        const auto scores =
            options.effectiveSelection() != SelectionScore::Correlation
                ? traceScores(features, responses, outer, options.threads, share.job)
                : std::visit(
                      [&]<typename Scalar>(const ResponseTiles<Scalar>& tiles) {
                          return averagedScores(features, responses, tiles, outer, options.threads, share.job);
                      },
                      responses.tiles);
        const auto means = overFolds(scores);
        choice.global.push_back(best(means));
        if (options.keepInner)
            choice.innerScores.insert(choice.innerScores.end(), means.begin(), means.end());
    }
    return choice;
}

AlphaChoice choosePerTarget(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                            const RidgeOptions& options, const JobShare& share) {
    AlphaChoice choice;
    const std::size_t folds = features.folds.size();
    const auto targets = static_cast<std::size_t>(responses.targets);
    for (std::size_t outer = 0; outer < folds; ++outer) {
        share.job.throwIfCancelled();
        share.report(static_cast<double>(outer) / static_cast<double>(folds), foldText(outer, folds));
        auto own = std::visit(
            [&]<typename Scalar>(const ResponseTiles<Scalar>& tiles) {
                return targetChoice(features, responses, tiles, outer, options, share.job);
            },
            responses.tiles);
        choice.targets.push_back(std::move(own.chosen));
        if (!options.keepInner)
            continue;
        const std::size_t start = choice.innerScores.size();
        choice.innerScores.resize(start + options.alphas.size() * targets, undefined);
        for (std::size_t alpha = 0; alpha < options.alphas.size(); ++alpha)
            for (std::size_t kept = 0; kept < responses.kept.size(); ++kept)
                choice.innerScores[start + alpha * targets + static_cast<std::size_t>(responses.kept[kept])] =
                    own.scores(static_cast<Index>(alpha), static_cast<Index>(kept));
    }
    return choice;
}

} // namespace brainlike
