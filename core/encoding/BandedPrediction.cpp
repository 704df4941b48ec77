#include "core/encoding/BandedPrediction.h"

#include "core/base/Undefined.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;
using Targets = std::vector<Index>;

constexpr Index chunkWidth = 256;
/// Decompositions kept at a time; no answer depends on it.
constexpr double decompositionMemory = 256.0 * 1024 * 1024;

/// Targets that share their weights.
struct Chunk {
    std::size_t decomposition = 0;
    int weights = 0;
    Targets targets; ///< kept targets
};

/// Kept targets by the weights chosen for them.
std::map<int, Targets> byWeights(const BandedChoice& choice, std::size_t kept) {
    std::map<int, Targets> groups;
    for (std::size_t target = 0; target < kept; ++target)
        if (const int weights = choice.weights.size() == 1 ? choice.weights[0] : choice.weights[target]; weights >= 0)
            groups[weights].push_back(static_cast<Index>(target));
    return groups;
}

/// Responses of some targets in some rows, centred over these rows.
RowMatrix<double> centredResponses(const PreparedResponses::Data& responses, const Rows& rows, const Targets& targets) {
    RowMatrix<double> values(static_cast<Index>(rows.size()), static_cast<Index>(targets.size()));
    std::visit(
        [&](const auto& tiles) {
            for (Index column = 0; column < values.cols(); ++column) {
                const Index target = targets[static_cast<std::size_t>(column)];
                const auto tile = tiles.tile(target / tiles.width);
                for (Index row = 0; row < values.rows(); ++row) {
                    const auto image = static_cast<std::size_t>(rows[static_cast<std::size_t>(row)]);
                    values(row, column) = static_cast<double>(tile(responses.storageOf[image], target % tiles.width));
                }
            }
        },
        responses.tiles);
    const Eigen::RowVectorXd mean = values.colwise().mean();
    values.rowwise() -= mean;
    return values;
}

/// Whether r can be defined: the target varies in the training and the test rows.
bool varies(const PreparedResponses::Data& responses, std::size_t outer, Index target) {
    return std::visit([&](const auto& tiles) { return tiles.testSquares(static_cast<Index>(outer), target) > 0; },
                      responses.tiles);
}

class Predictor {
public:
    Predictor(const BandedFeatures& features, const BandedFold& fold, std::size_t outer,
              const PreparedResponses::Data& responses, const RowMatrix<double>& weights, const BandedChoice& choice)
        : m_features(features), m_fold(fold), m_outer(outer), m_responses(responses), m_weights(weights),
          m_choice(choice), m_training(joinedWithout(features.shared.plan.outer, outer)) {
        const auto kept = static_cast<Index>(responses.kept.size());
        m_scores.score = Eigen::VectorXd::Constant(kept, undefined);
        m_scores.split = RowMatrix<double>::Constant(features.spaces(), kept, undefined);
        m_scores.r2 = m_scores.split;
    }

    /// Every kept target is in one chunk only, so that chunks can be predicted at the same time.
    void predict(const Chunk& chunk, const Decomposition& decomposition) {
        const Eigen::RowVectorXd weights = m_weights.row(chunk.weights);
        if (m_fold.testRowsEqual(weights))
            return;
        const auto solved = solve(chunk, decomposition);
        std::vector<RowMatrix<double>> parts;
        for (std::size_t space = 0; space < m_features.names.size(); ++space) {
            parts.push_back(product(m_fold.testSides()[space], solved));
            if (m_features.shared.space == Space::Samples)
                parts.back() *= weights[static_cast<Index>(space)];
        }
        score(chunk, parts);
    }

    [[nodiscard]] BandedScores take() { return std::move(m_scores); }

private:
    /// projectᵀ · diag(s(λ)) · project · c, each target with its own λ: [p × targets].
    RowMatrix<double> solve(const Chunk& chunk, const Decomposition& decomposition) const {
        auto training = centredResponses(m_responses, m_training, chunk.targets);
        if (m_features.shared.space == Space::Features)
            training = product(m_fold.trainingSide(), training);
        auto projected = product(decomposition.project, training);
        const auto factors = shrinkage(decomposition.eigenvalues, m_features.shared.options.alphas);
        for (Index column = 0; column < projected.cols(); ++column) {
            const auto target = static_cast<std::size_t>(chunk.targets[static_cast<std::size_t>(column)]);
            const int alpha = m_choice.alphas.size() == 1 ? m_choice.alphas[0] : m_choice.alphas[target];
            projected.col(column).array() *= factors.col(alpha).array();
        }
        return productTransposed(decomposition.project, projected);
    }

    void score(const Chunk& chunk, const std::vector<RowMatrix<double>>& parts) {
        const auto measured = centredResponses(m_responses, m_features.shared.plan.outer[m_outer], chunk.targets);
        RowMatrix<double> joint = parts[0];
        for (std::size_t space = 1; space < parts.size(); ++space)
            joint += parts[space];
        for (Index column = 0; column < measured.cols(); ++column) {
            const Index target = chunk.targets[static_cast<std::size_t>(column)];
            const double variation = measured.col(column).squaredNorm();
            const double length = std::sqrt(joint.col(column).squaredNorm() * variation);
            if (!varies(m_responses, m_outer, target) || !(length > 0))
                continue;
            m_scores.score[target] = std::clamp(measured.col(column).dot(joint.col(column)) / length, -1.0, 1.0);
            for (std::size_t space = 0; space < parts.size(); ++space) {
                const auto part = parts[space].col(column);
                m_scores.split(static_cast<Index>(space), target) = measured.col(column).dot(part) / length;
                m_scores.r2(static_cast<Index>(space), target) =
                    (2 * measured.col(column) - joint.col(column)).dot(part) / variation;
            }
        }
    }

    const BandedFeatures& m_features;
    const BandedFold& m_fold;
    std::size_t m_outer;
    const PreparedResponses::Data& m_responses;
    const RowMatrix<double>& m_weights;
    const BandedChoice& m_choice;
    Rows m_training;
    BandedScores m_scores;
};

std::size_t decompositionsTogether(const BandedFeatures& features, std::size_t trainingRows) {
    const auto rank = static_cast<double>(features.shared.space == Space::Features ? features.shared.columns
                                                                                   : static_cast<Index>(trainingRows));
    return static_cast<std::size_t>(std::max(1.0, decompositionMemory / (8 * rank * rank)));
}

std::vector<Chunk> chunksOf(int weights, const Targets& targets, std::size_t decomposition) {
    std::vector<Chunk> chunks;
    const auto count = static_cast<Index>(targets.size());
    for (Index first = 0; first < count; first += chunkWidth)
        chunks.push_back({decomposition, weights,
                          Targets(targets.begin() + first, targets.begin() + std::min(first + chunkWidth, count))});
    return chunks;
}

} // namespace

BandedScores predictBanded(const BandedFeatures& features, const BandedFold& fold, std::size_t outer,
                           const PreparedResponses::Data& responses, const RowMatrix<double>& weights,
                           const BandedChoice& choice, const RidgeOptions& options, const JobContext& job) {
    Predictor predictor(features, fold, outer, responses, weights, choice);
    const auto groups = byWeights(choice, responses.kept.size());
    const std::size_t together =
        decompositionsTogether(features, joinedWithout(features.shared.plan.outer, outer).size());
    for (auto group = groups.begin(); group != groups.end();) {
        std::vector<int> chosen;
        std::vector<Chunk> chunks;
        for (; group != groups.end() && chosen.size() < together; ++group) {
            const auto more = chunksOf(group->first, group->second, chosen.size());
            chunks.insert(chunks.end(), more.begin(), more.end());
            chosen.push_back(group->first);
        }
        std::vector<Decomposition> decompositions(chosen.size());
        parallelFor(options.threads, static_cast<Index>(chosen.size()), job, [&](Index index, int) {
            const auto place = static_cast<std::size_t>(index);
            decompositions[place] = fold.outer(weights.row(chosen[place]));
        });
        parallelFor(options.threads, static_cast<Index>(chunks.size()), job, [&](Index index, int) {
            const auto& chunk = chunks[static_cast<std::size_t>(index)];
            predictor.predict(chunk, decompositions[chunk.decomposition]);
        });
    }
    return predictor.take();
}

} // namespace brainlike
