#include "core/encoding/AlphaChoice.h"

#include "core/base/Undefined.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/ResponseTiling.h"
#include "core/encoding/TargetScores.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Index of the largest defined value, the first on a tie; −1 where none is defined.
template <typename Values>
int best(const Values& values) {
    int found = -1;
    for (Index index = 0; index < values.size(); ++index)
        if (!std::isnan(values[index]) && (found < 0 || values[index] > values[found]))
            found = static_cast<int>(index);
    return found;
}

/// Adds the scores of a chunk's targets in one outer fold, tile after tile: [inner × λ].
template <typename Scalar>
void addAverages(const PreparedFeatures::Data& features, const PreparedResponses::Data& chunk,
                 const ResponseTiles<Scalar>& tiles, std::size_t outer, int threads, std::vector<RunningMean>& total,
                 const JobContext& job) {
    const TargetScores<Scalar> model(features, chunk, outer, tiles.width);
    const auto alphas = static_cast<Index>(chunk.options.alphas.size());
    const Index kept = static_cast<Index>(chunk.kept.size());
    std::vector<std::vector<RunningMean>> means(static_cast<std::size_t>(tiles.tiles));
    std::vector<typename TargetScores<Scalar>::Scratch> scratch(static_cast<std::size_t>(threads));
    parallelFor(threads, tiles.tiles, job, [&](Index tile, int worker) {
        auto& own = scratch[static_cast<std::size_t>(worker)];
        if (!own.inner)
            own = model.scratch();
        own.inner->load(tiles, tile);
        auto& sums = means[static_cast<std::size_t>(tile)];
        sums.resize(total.size());
        for (std::size_t inner = 0; inner < model.innerFolds(); ++inner) {
            model.evaluate(inner, own);
            for (Index alpha = 0; alpha < alphas; ++alpha)
                for (Index column = 0; column < std::min(tiles.width, kept - tile * tiles.width); ++column)
                    sums[inner * static_cast<std::size_t>(alphas) + static_cast<std::size_t>(alpha)].add(
                        own.pairScore(alpha, column));
        }
    });
    for (const auto& tile : means)
        for (std::size_t cell = 0; cell < total.size(); ++cell)
            total[cell].add(tile[cell]);
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
TargetChoice eachTarget(const PreparedFeatures::Data& features, const PreparedResponses::Data& chunk,
                        const ResponseTiles<Scalar>& tiles, std::size_t outer, const RidgeOptions& options,
                        const JobContext& job) {
    const TargetScores<Scalar> model(features, chunk, outer, tiles.width);
    const Index kept = static_cast<Index>(chunk.kept.size());
    const bool squared = chunk.options.effectiveSelection() == SelectionScore::MeanSquaredError;
    TargetChoice choice;
    choice.chosen.resize(chunk.kept.size());
    if (options.keepInner)
        choice.scores.resize(static_cast<Index>(options.alphas.size()), kept);
    std::vector<typename TargetScores<Scalar>::Scratch> scratch(static_cast<std::size_t>(options.threads));
    parallelFor(options.threads, tiles.tiles, job, [&](Index tile, int worker) {
        auto& own = scratch[static_cast<std::size_t>(worker)];
        if (!own.inner)
            own = model.scratch();
        own.inner->load(tiles, tile);
        const auto scores = tileScores(model, own);
        const Index first = tile * tiles.width;
        for (Index column = 0; column < std::min(tiles.width, kept - first); ++column) {
            const auto target = static_cast<std::size_t>(first + column);
            choice.chosen[target] = best(scores.col(column));
            if (options.keepInner)
                choice.scores.col(first + column) =
                    scores.col(column) * (squared ? std::ldexp(1.0, 2 * chunk.exponents[target]) : 1.0);
        }
    });
    return choice;
}

} // namespace

void RunningMean::add(double value) {
    if (!std::isnan(value)) {
        sum += value;
        ++count;
    }
}

double RunningMean::mean() const {
    return count > 0 ? sum / count : undefined;
}

GlobalChoice::GlobalChoice(const PreparedFeatures::Data& features, const ResponseOutline& responses,
                           const RidgeOptions& options, const std::vector<std::vector<PairKernels>>& kernels,
                           const FitProducts* products)
    : m_features(features), m_responses(responses), m_options(options), m_kernels(kernels), m_products(products) {}

bool GlobalChoice::byTraces() const {
    return choosesByTraces(m_options);
}

bool GlobalChoice::needsResponses() const {
    return !byTraces() || m_kernels.empty();
}

void GlobalChoice::begin(std::size_t folds) {
    m_first = m_choice.global.size();
    m_count = std::min(folds, remaining());
    const auto* features = m_features.space == Space::Features ? &m_features : nullptr;
    for (std::size_t index = 0; index < m_count && needsResponses(); ++index) {
        if (byTraces())
            m_sums.emplace_back(m_responses, features, m_first + index, m_products);
        else
            m_averages.emplace_back(m_features.plan.inner[m_first + index].size() * m_options.alphas.size());
    }
}

void GlobalChoice::add(const PreparedResponses::Data& chunk, JobContext& job) {
    for (std::size_t index = 0; index < m_sums.size(); ++index)
        m_sums[index].add(chunk, m_options.threads, job);
    for (std::size_t index = 0; index < m_averages.size(); ++index)
        std::visit(
            [&](const auto& tiles) {
                addAverages(m_features, chunk, tiles, m_first + index, m_options.threads, m_averages[index], job);
            },
            chunk.tiles);
}

RowMatrix<double> GlobalChoice::traceScores(std::size_t index, JobContext& job) {
    const auto& blocks = m_features.plan.inner[m_first + index];
    const auto& decompositions = m_features.folds[m_first + index].inner;
    const bool multiply = !m_kernels.empty() && m_features.space == Space::Features;
    std::vector<PairKernels> own;
    if (m_kernels.empty())
        own = m_sums[index].take(m_options.threads);
    RowMatrix<double> scores(static_cast<Index>(blocks.size()), static_cast<Index>(m_options.alphas.size()));
    const auto score = [&](Index row, int threads) {
        const auto inner = static_cast<std::size_t>(row);
        const auto& kernels = m_kernels.empty() ? own[inner] : m_kernels[m_first + index][inner];
        scores.row(row) = multiply ? selectionScores(decompositions[inner],
                                                     withFeatures(kernels, m_features, joinedWithout(blocks, inner)),
                                                     m_responses, threads)
                                   : selectionScores(decompositions[inner], kernels, m_responses, threads);
    };
    // A fold a thread; where folds are left for fewer threads than there are, several threads a fold.
    const Index left = scores.rows() % m_options.threads;
    parallelFor(m_options.threads, scores.rows() - left, job, [&](Index row, int) { score(row, 1); });
    parallelFor(static_cast<int>(left), left, job,
                [&](Index row, int) { score(scores.rows() - left + row, static_cast<int>(m_options.threads / left)); });
    return scores;
}

void GlobalChoice::choose(const RowMatrix<double>& scores) {
    const auto means = overFolds(scores);
    m_choice.global.push_back(best(means));
    if (m_options.keepInner)
        m_choice.innerScores.insert(m_choice.innerScores.end(), means.begin(), means.end());
}

void GlobalChoice::end(JobContext& job) {
    for (std::size_t index = 0; index < m_count; ++index) {
        job.throwIfCancelled();
        if (byTraces()) {
            choose(traceScores(index, job));
            continue;
        }
        const auto alphas = static_cast<Index>(m_options.alphas.size());
        const auto& averages = m_averages[index];
        RowMatrix<double> scores(static_cast<Index>(averages.size()) / alphas, alphas);
        for (std::size_t cell = 0; cell < averages.size(); ++cell)
            scores.data()[cell] = averages[cell].mean();
        choose(scores);
    }
    m_sums.clear();
    m_averages.clear();
}

TargetChoice chooseEachTarget(const PreparedFeatures::Data& features, const PreparedResponses::Data& chunk,
                              std::size_t outer, const RidgeOptions& options, const JobContext& job) {
    return std::visit([&](const auto& tiles) { return eachTarget(features, chunk, tiles, outer, options, job); },
                      chunk.tiles);
}

} // namespace brainlike
