#include "core/encoding/BandedChoice.h"

#include "core/base/Undefined.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/SelectionKernels.h"
#include "core/encoding/TargetScores.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace brainlike {
namespace {

using Eigen::Index;

/// Models of several weights are kept together, so that the responses are loaded once for all of them.
constexpr double modelMemory = 256.0 * 1024 * 1024;

/// What a search is over.
struct Search {
    const BandedFeatures& features;
    const BandedFold& fold;
    std::size_t outer;
    const PreparedResponses::Data& responses;
    const RowMatrix<double>& weights;
    const RidgeOptions& options;
    const JobShare& share;

    [[nodiscard]] Index samples() const { return weights.rows(); }
    [[nodiscard]] Index alphas() const { return static_cast<Index>(options.alphas.size()); }
    [[nodiscard]] Index folds() const { return static_cast<Index>(fold.innerFolds()); }
    void report(Index done) const {
        share.report(static_cast<double>(done) / static_cast<double>(samples()), "choosing weights and λ");
    }
};

/// Mean of each element over matrices, where it is defined.
RowMatrix<double> meanOfDefined(const std::vector<RowMatrix<double>>& matrices) {
    RowMatrix<double> sum = RowMatrix<double>::Zero(matrices.front().rows(), matrices.front().cols());
    RowMatrix<double> count = sum;
    for (const auto& matrix : matrices)
        for (Index cell = 0; cell < sum.size(); ++cell)
            if (const double value = matrix.data()[cell]; !std::isnan(value)) {
                sum.data()[cell] += value;
                count.data()[cell] += 1;
            }
    return sum.cwiseQuotient(count); // 0 / 0 is NaN: undefined
}

/// Scores of all targets together, [sample] inner × λ, from products of the responses that no weight changes.
std::vector<RowMatrix<double>> togetherByTraces(const Search& search) {
    const bool inFeatures = search.features.shared.space == Space::Features;
    auto& job = search.share.job;
    const auto kernels =
        inFeatures ? featureKernels(search.features.shared, search.responses, search.outer, search.options.threads, job)
                   : rowKernels(search.responses, search.outer, search.options.threads, job);
    std::vector<RowMatrix<double>> scores(static_cast<std::size_t>(search.samples()),
                                          RowMatrix<double>(search.folds(), search.alphas()));
    parallelFor(search.options.threads, search.samples() * search.folds(), job, [&](Index task, int worker) {
        const Index sample = task / search.folds();
        const auto inner = static_cast<std::size_t>(task % search.folds());
        scores[static_cast<std::size_t>(sample)].row(task % search.folds()) =
            selectionScores(search.fold.inner(search.weights.row(sample), inner), kernels[inner], search.responses);
        if (worker == 0) // one reporter, so that progress never goes back
            search.report(sample);
    });
    return scores;
}

/// Models of weights first … first + count − 1.
template <typename Scalar>
std::vector<std::unique_ptr<TargetScores<Scalar>>> modelsOf(const Search& search,
                                                            const std::shared_ptr<const FeatureBlocks<Scalar>>& blocks,
                                                            Index width, Index first, Index count) {
    const Index folds = search.folds();
    std::vector<std::vector<InnerDecomposition>> decompositions(
        static_cast<std::size_t>(count), std::vector<InnerDecomposition>(static_cast<std::size_t>(folds)));
    parallelFor(search.options.threads, count * folds, search.share.job, [&](Index task, int) {
        const auto inner = static_cast<std::size_t>(task % folds);
        decompositions[static_cast<std::size_t>(task / folds)][inner] =
            search.fold.inner(search.weights.row(first + task / folds), inner);
    });
    std::vector<std::unique_ptr<TargetScores<Scalar>>> models(static_cast<std::size_t>(count));
    parallelFor(search.options.threads, count, search.share.job, [&](Index index, int) {
        auto& own = decompositions[static_cast<std::size_t>(index)];
        models[static_cast<std::size_t>(index)] =
            std::make_unique<TargetScores<Scalar>>(blocks, own, search.responses, search.outer, width);
        own.clear();
    });
    return models;
}

/// How many weights' models are kept at a time; no answer depends on it.
Index modelsTogether(const Search& search) {
    const auto& shared = search.features.shared;
    double elements = 0;
    const auto& blocks = shared.plan.inner[search.outer];
    for (std::size_t inner = 0; inner < blocks.size(); ++inner) {
        const auto rank = static_cast<double>(
            shared.space == Space::Features ? shared.columns : static_cast<Index>(joinedWithout(blocks, inner).size()));
        elements += rank * (rank + 2 * static_cast<double>(blocks[inner].size()));
    }
    const double bytes = elements * 2 * sizeof(double); // decompositions, and the models made from them
    return std::clamp(static_cast<Index>(modelMemory / std::max(bytes, 1.0)), Index(1), search.samples());
}

/// Called with a tile, a sample, and that tile's scores under its weights, [inner] λ × width.
using Visit = std::function<void(Index, Index, const std::vector<RowMatrix<double>>&)>;

/// Visits every tile and sample; the samples of one tile in order, tiles at the same time.
template <typename Scalar>
void visitScores(const Search& search, const ResponseTiles<Scalar>& tiles, const Visit& visit) {
    std::shared_ptr<const FeatureBlocks<Scalar>> blocks;
    if (search.features.shared.space == Space::Features)
        blocks = std::make_shared<const FeatureBlocks<Scalar>>(FeatureBlocks<Scalar>::make(
            search.features.shared.whitened, search.features.shared.plan.inner[search.outer], search.options.threads));
    std::vector<typename TargetScores<Scalar>::Scratch> scratch(static_cast<std::size_t>(search.options.threads));
    const Index together = modelsTogether(search);
    for (Index first = 0; first < search.samples(); first += together) {
        search.report(first);
        const Index count = std::min(together, search.samples() - first);
        const auto models = modelsOf(search, blocks, tiles.width, first, count);
        parallelFor(search.options.threads, tiles.tiles, search.share.job, [&](Index tile, int worker) {
            auto& own = scratch[static_cast<std::size_t>(worker)];
            if (!own.inner)
                own = models.front()->scratch();
            own.inner->load(tiles, tile);
            std::vector<RowMatrix<double>> scores(static_cast<std::size_t>(search.folds()));
            for (Index index = 0; index < count; ++index) {
                search.share.job.throwIfCancelled();
                for (std::size_t inner = 0; inner < scores.size(); ++inner) {
                    models[static_cast<std::size_t>(index)]->evaluate(inner, own);
                    scores[inner] = own.pairScore;
                }
                visit(tile, first + index, scores);
            }
        });
    }
}

/// The same as togetherByTraces from each target's own score, averaged over the targets.
template <typename Scalar>
std::vector<RowMatrix<double>> togetherByTargets(const Search& search, const ResponseTiles<Scalar>& tiles) {
    struct Sums {
        RowMatrix<double> sum, count; ///< [samples × inner·λ]
    };
    const Index cells = search.folds() * search.alphas();
    const RowMatrix<double> zero = RowMatrix<double>::Zero(search.samples(), cells);
    std::vector<Sums> sums(static_cast<std::size_t>(tiles.tiles), Sums{zero, zero});
    visitScores(search, tiles, [&](Index tile, Index sample, const std::vector<RowMatrix<double>>& scores) {
        auto& own = sums[static_cast<std::size_t>(tile)];
        const Index width =
            std::min(tiles.width, static_cast<Index>(search.responses.kept.size()) - tile * tiles.width);
        for (Index cell = 0; cell < cells; ++cell)
            for (Index column = 0; column < width; ++column)
                if (const double score =
                        scores[static_cast<std::size_t>(cell / search.alphas())](cell % search.alphas(), column);
                    !std::isnan(score)) {
                    own.sum(sample, cell) += score;
                    own.count(sample, cell) += 1;
                }
    });
    Sums total{zero, zero};
    for (const auto& one : sums) {
        total.sum += one.sum;
        total.count += one.count;
    }
    std::vector<RowMatrix<double>> scores;
    for (Index sample = 0; sample < search.samples(); ++sample) {
        const RowMatrix<double> mean = total.sum.row(sample).cwiseQuotient(total.count.row(sample));
        scores.emplace_back(Eigen::Map<const RowMatrix<double>>(mean.data(), search.folds(), search.alphas()));
    }
    return scores;
}

BandedChoice chooseTogether(const Search& search) {
    const auto scores =
        search.options.effectiveSelection() != SelectionScore::Correlation
            ? togetherByTraces(search)
            : std::visit([&](const auto& tiles) { return togetherByTargets(search, tiles); }, search.responses.tiles);
    BandedChoice choice{{-1}, {-1}, RowMatrix<double>(search.samples(), search.alphas())};
    double best = undefined;
    for (Index sample = 0; sample < search.samples(); ++sample) {
        const auto& own = scores[static_cast<std::size_t>(sample)];
        std::vector<RowMatrix<double>> folds;
        for (Index inner = 0; inner < own.rows(); ++inner)
            folds.emplace_back(own.row(inner));
        choice.scores.row(sample) = meanOfDefined(folds);
        for (Index alpha = 0; alpha < search.alphas(); ++alpha)
            if (const double score = choice.scores(sample, alpha);
                !std::isnan(score) && (choice.weights[0] < 0 || score > best)) {
                best = score;
                choice.weights[0] = static_cast<int>(sample);
                choice.alphas[0] = static_cast<int>(alpha);
            }
    }
    return choice;
}

template <typename Scalar>
BandedChoice chooseEach(const Search& search, const ResponseTiles<Scalar>& tiles) {
    const auto kept = static_cast<Index>(search.responses.kept.size());
    const bool squared = search.options.effectiveSelection() == SelectionScore::MeanSquaredError;
    BandedChoice choice{
        std::vector<int>(search.responses.kept.size(), -1), std::vector<int>(search.responses.kept.size(), -1), {}};
    if (search.options.keepInner)
        choice.scores = RowMatrix<double>::Constant(search.samples(), kept, undefined);
    std::vector<double> best(search.responses.kept.size(), undefined);
    visitScores(search, tiles, [&](Index tile, Index sample, const std::vector<RowMatrix<double>>& scores) {
        const auto mean = meanOfDefined(scores);
        for (Index column = 0; column < std::min(tiles.width, kept - tile * tiles.width); ++column) {
            const auto target = static_cast<std::size_t>(tile * tiles.width + column);
            double here = undefined;
            int alpha = -1;
            for (Index index = 0; index < mean.rows(); ++index)
                if (!std::isnan(mean(index, column)) && (alpha < 0 || mean(index, column) > here)) {
                    here = mean(index, column);
                    alpha = static_cast<int>(index);
                }
            if (search.options.keepInner)
                choice.scores(sample, static_cast<Index>(target)) =
                    squared ? std::ldexp(here, 2 * search.responses.exponents[target]) : here;
            if (alpha >= 0 && (choice.weights[target] < 0 || here > best[target])) {
                best[target] = here;
                choice.weights[target] = static_cast<int>(sample);
                choice.alphas[target] = alpha;
            }
        }
    });
    return choice;
}

} // namespace

BandedChoice chooseBanded(const BandedFeatures& features, const BandedFold& fold, std::size_t outer,
                          const PreparedResponses::Data& responses, const RowMatrix<double>& weights,
                          const RidgeOptions& options, const JobShare& share) {
    const Search search{features, fold, outer, responses, weights, options, share};
    if (options.lambdaMode == LambdaMode::Global)
        return chooseTogether(search);
    return std::visit([&](const auto& tiles) { return chooseEach(search, tiles); }, responses.tiles);
}

} // namespace brainlike
