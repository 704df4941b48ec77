#include "core/encoding/SelectionKernels.h"

#include "core/encoding/InnerTile.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Tiles summed in the responses' own precision before they go into a double.
constexpr Index tilesTogether = 4;
constexpr double accumulatorMemory = 128.0 * 1024 * 1024;
constexpr Index mostParts = 8;

int largestExponent(const PreparedResponses::Data& responses) {
    return responses.exponents.empty() ? 0 : *std::max_element(responses.exponents.begin(), responses.exponents.end());
}

/// Weight of each target of a tile in the sum: 1/√SST for R², its own unit for the mean squared error; 0 leaves it out.
template <typename Scalar>
RowMatrix<Scalar> weightsOf(const InnerTile<Scalar>& inner, const PreparedResponses::Data& responses, Index first,
                            Index width) {
    RowMatrix<Scalar> weights = RowMatrix<Scalar>::Zero(1, width);
    const bool relative = responses.options.effectiveSelection() == SelectionScore::R2;
    const int largest = largestExponent(responses);
    const auto count = std::min(width, static_cast<Index>(responses.kept.size()) - first);
    for (Index column = 0; column < count; ++column) {
        const double squares = inner.testSquares()[column];
        double weight = 0;
        if (!relative)
            weight = std::ldexp(1.0, responses.exponents[static_cast<std::size_t>(first + column)] - largest) /
                     std::sqrt(static_cast<double>(inner.testRows()));
        else if (squares > 0)
            weight = 1 / std::sqrt(squares);
        weights(0, column) = static_cast<Scalar>(weight);
    }
    return weights;
}

/// Sums kernels over tiles.
template <typename Scalar>
class Accumulator {
public:
    void add(InnerTile<Scalar>& inner, const RowMatrix<Scalar>& weights) {
        scaleColumns(inner.training(), weights.data());
        scaleColumns(inner.test(), weights.data());
        const auto into = m_pending == 0 ? Into::Replace : Into::Add;
        m_train.resize(inner.training().rows(), inner.training().rows());
        m_cross.resize(inner.training().rows(), inner.testRows());
        const auto training = readOnly(inner.training());
        const auto test = readOnly(inner.test());
        multiplyBySelf(training, panelOf(m_train), into);
        multiplyByTransposed(training, test, panelOf(m_cross), into);
        m_sum.total += inner.totalSquares().sum();
        m_sum.targets += static_cast<double>((weights.array() != 0).count());
        if (++m_pending == tilesTogether)
            flush();
    }

    [[nodiscard]] PairKernels take() {
        if (m_pending > 0)
            flush();
        return std::move(m_sum);
    }

private:
    void flush() {
        if (m_sum.train.size() == 0) {
            m_sum.train = RowMatrix<double>::Zero(m_train.rows(), m_train.cols());
            m_sum.cross = RowMatrix<double>::Zero(m_cross.rows(), m_cross.cols());
        }
        for (Index row = 0; row < m_train.rows(); ++row)
            m_sum.train.row(row).tail(m_train.cols() - row) +=
                m_train.row(row).tail(m_train.cols() - row).template cast<double>();
        m_sum.cross += m_cross.template cast<double>();
        m_pending = 0;
    }

    RowMatrix<Scalar> m_train;
    RowMatrix<Scalar> m_cross;
    PairKernels m_sum;
    Index m_pending = 0;
};

/// Adds up the parts in order and fills the lower triangles.
std::vector<PairKernels> joinedParts(std::vector<std::vector<PairKernels>>& parts) {
    auto sums = std::move(parts.front());
    for (std::size_t part = 1; part < parts.size(); ++part)
        for (std::size_t inner = 0; inner < sums.size(); ++inner) {
            sums[inner].train += parts[part][inner].train;
            sums[inner].cross += parts[part][inner].cross;
            sums[inner].total += parts[part][inner].total;
            sums[inner].targets += parts[part][inner].targets;
        }
    for (auto& sum : sums)
        sum.train.triangularView<Eigen::StrictlyLower>() = sum.train.transpose();
    return sums;
}

/// How many parts the tiles are divided into; depends on sizes alone, so that sums do not depend on threads.
Index partsFor(Index tiles, Index size, std::size_t folds) {
    const double bytes = 8.0 * static_cast<double>(size) * static_cast<double>(size) * static_cast<double>(folds);
    const auto fitting = static_cast<Index>(accumulatorMemory / std::max(bytes, 1.0));
    return std::clamp(std::min(fitting, tiles / tilesTogether), Index(1), mostParts);
}

template <typename Scalar>
std::vector<PairKernels> kernelsOf(const ResponseTiles<Scalar>& tiles, const PreparedResponses::Data& responses,
                                   std::size_t outer, const FeatureBlocks<Scalar>* features, int threads,
                                   const JobContext& job) {
    const auto& blocks = responses.plan.inner[outer];
    const Index size = features != nullptr ? features->columns() : static_cast<Index>(joined(blocks).size());
    const Index count = partsFor(tiles.tiles, size, blocks.size());
    std::vector<std::vector<PairKernels>> parts(static_cast<std::size_t>(count));
    parallelFor(threads, count, job, [&](Index part, int) {
        InnerTile<Scalar> inner(blocks, responses.storageOf, features, tiles.width);
        std::vector<Accumulator<Scalar>> sums(blocks.size());
        for (Index tile = part * tiles.tiles / count; tile < (part + 1) * tiles.tiles / count; ++tile) {
            job.throwIfCancelled();
            inner.load(tiles.tile(tile));
            for (std::size_t left = 0; left < blocks.size(); ++left) {
                inner.choose(left);
                sums[left].add(inner, weightsOf(inner, responses, tile * tiles.width, tiles.width));
            }
        }
        for (auto& sum : sums)
            parts[static_cast<std::size_t>(part)].push_back(sum.take());
    });
    return joinedParts(parts);
}

} // namespace

std::vector<PairKernels> rowKernels(const PreparedResponses::Data& responses, std::size_t outer, int threads,
                                    JobContext& job) {
    return std::visit(
        [&]<typename Scalar>(const ResponseTiles<Scalar>& tiles) {
            return kernelsOf<Scalar>(tiles, responses, outer, nullptr, threads, job);
        },
        responses.tiles);
}

std::vector<PairKernels> featureKernels(const PreparedFeatures::Data& features,
                                        const PreparedResponses::Data& responses, std::size_t outer, int threads,
                                        JobContext& job) {
    return std::visit(
        [&]<typename Scalar>(const ResponseTiles<Scalar>& tiles) {
            const auto blocks = FeatureBlocks<Scalar>::make(features.whitened, responses.plan.inner[outer]);
            return kernelsOf<Scalar>(tiles, responses, outer, &blocks, threads, job);
        },
        responses.tiles);
}

PairKernels withFeatures(const PairKernels& kernels, const RowMatrix<double>& whitened, const Rows& training) {
    const auto rows = gathered(whitened, training);
    return {productTransposed(rows, product(kernels.train, rows)), productTransposed(rows, kernels.cross),
            kernels.total, kernels.targets};
}

Eigen::VectorXd selectionScores(const Decomposition& decomposition, const PairKernels& kernels,
                                const PreparedResponses::Data& responses) {
    const auto& alphas = responses.options.alphas;
    Eigen::VectorXd scores(static_cast<Index>(alphas.size()));
    if (!(kernels.targets > 0))
        return scores.setConstant(std::numeric_limits<double>::quiet_NaN());
    const bool relative = responses.options.effectiveSelection() == SelectionScore::R2;
    const double unit = relative ? 1.0 : std::ldexp(1.0, 2 * largestExponent(responses));
    const auto& project = decomposition.project;
    const RowMatrix<double> weighted =
        productByTransposed(product(project, kernels.train), project).cwiseProduct(gramOfColumns(decomposition.right));
    const Eigen::VectorXd linear =
        product(project, kernels.cross).cwiseProduct(decomposition.right.transpose()).rowwise().sum();
    const auto factors = shrinkage(decomposition, alphas);
    for (Index index = 0; index < scores.size(); ++index) {
        const Eigen::VectorXd factor = factors.col(index);
        const double squares = kernels.total - 2 * factor.dot(linear) + factor.dot(weighted * factor);
        scores[index] = (relative ? 1.0 : 0.0) - unit * squares / kernels.targets;
    }
    return scores;
}

} // namespace brainlike
