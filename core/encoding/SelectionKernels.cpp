#include "core/encoding/SelectionKernels.h"

#include "core/encoding/InnerTile.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <variant>

namespace brainlike {
namespace {

using Eigen::Index;

/// Tiles summed in the responses' own precision before they go into a double.
constexpr Index tilesTogether = 4;
constexpr double accumulatorMemory = 128.0 * 1024 * 1024;
constexpr Index mostParts = 8;

/// Weight of each target of a tile in the sum: 1/√SST for R², its own unit for the mean squared error; 0 leaves it out.
template <typename Scalar>
RowMatrix<Scalar> weightsOf(const InnerTile<Scalar>& inner, const PreparedResponses::Data& responses, Index first,
                            Index width) {
    RowMatrix<Scalar> weights = RowMatrix<Scalar>::Zero(1, width);
    const bool relative = responses.options.effectiveSelection() == SelectionScore::R2;
    const auto count = std::min(width, static_cast<Index>(responses.kept.size()) - first);
    for (Index column = 0; column < count; ++column) {
        const double squares = inner.testSquares()[column];
        double weight = 0;
        if (!relative)
            weight = std::ldexp(1.0, responses.exponents[static_cast<std::size_t>(first + column)] -
                                         responses.largestExponent) /
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
        m_train.resize(0, 0);
        m_cross.resize(0, 0);
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

    RowMatrix<Scalar> m_train; ///< of the pending tiles
    RowMatrix<Scalar> m_cross;
    PairKernels m_sum;
    Index m_pending = 0;
};

/// Adds up the parts of one fold in order and fills the lower triangle.
PairKernels joinedParts(std::vector<std::vector<PairKernels>>& parts, std::size_t inner) {
    PairKernels sum = std::move(parts.front()[inner]);
    for (std::size_t part = 1; part < parts.size(); ++part) {
        PairKernels& other = parts[part][inner];
        sum.train += other.train;
        sum.cross += other.cross;
        sum.total += other.total;
        sum.targets += other.targets;
        other = {};
    }
    sum.train.triangularView<Eigen::StrictlyLower>() = sum.train.transpose();
    return sum;
}

} // namespace

/// The sums of each part of the tiles, whatever the precision of the responses.
struct KernelSums::Parts {
    Parts() = default;
    virtual ~Parts() = default;
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    virtual void add(const PreparedResponses::Data& chunk, int threads, const JobContext& job) = 0;
    virtual std::vector<std::vector<PairKernels>> take() = 0; ///< [part][inner]
};

namespace {

template <typename Scalar>
class SumsOf final : public KernelSums::Parts {
public:
    SumsOf(const PreparedFeatures::Data* features, const FitProducts* products, std::size_t outer, Index parts,
           std::size_t folds)
        : m_features(features), m_shared(productsIn<Scalar>(products)), m_outer(outer),
          m_sums(static_cast<std::size_t>(parts)) {
        for (auto& part : m_sums)
            part.resize(folds);
    }

    void add(const PreparedResponses::Data& chunk, int threads, const JobContext& job) override {
        std::optional<FeatureBlocks<Scalar>> blocks;
        if (m_features != nullptr && m_shared == nullptr)
            blocks = FeatureBlocks<Scalar>::make(m_features->whitened, chunk.plan.inner[m_outer], threads);
        parallelFor(threads, static_cast<Index>(m_sums.size()), job,
                    [&](Index part, int) { addPart(chunk, blocks ? &*blocks : nullptr, part, job); });
    }

    std::vector<std::vector<PairKernels>> take() override {
        std::vector<std::vector<PairKernels>> taken;
        for (auto& part : m_sums) {
            auto& own = taken.emplace_back();
            for (auto& sum : part)
                own.push_back(sum.take());
        }
        return taken;
    }

private:
    /// Adds the tiles that fall to one part: they are dealt out in turn.
    void addPart(const PreparedResponses::Data& chunk, const FeatureBlocks<Scalar>* features, Index part,
                 const JobContext& job) {
        const auto& tiles = std::get<ResponseTiles<Scalar>>(chunk.tiles);
        const auto& blocks = chunk.plan.inner[m_outer];
        auto& sums = m_sums[static_cast<std::size_t>(part)];
        auto inner = m_shared != nullptr ? InnerTile<Scalar>(blocks, chunk.storageOf, *m_shared, m_outer, tiles.width)
                                         : InnerTile<Scalar>(blocks, chunk.storageOf, features, tiles.width);
        for (Index tile = 0; tile < tiles.tiles; ++tile) {
            if ((chunk.firstTile + tile) % static_cast<Index>(m_sums.size()) != part)
                continue;
            job.throwIfCancelled();
            inner.load(tiles, tile);
            for (std::size_t left = 0; left < blocks.size(); ++left) {
                inner.choose(left);
                sums[left].add(inner, weightsOf(inner, chunk, tile * tiles.width, tiles.width));
            }
        }
    }

    const PreparedFeatures::Data* m_features;
    const SharedProducts<Scalar>* m_shared;
    std::size_t m_outer;
    std::vector<std::vector<Accumulator<Scalar>>> m_sums; ///< [part][inner]
};

std::vector<PairKernels> kernelsOf(const PreparedResponses::Data& responses, const PreparedFeatures::Data* features,
                                   std::size_t outer, int threads, const JobContext& job) {
    KernelSums sums(responses, features, outer);
    sums.add(responses, threads, job);
    return sums.take(threads);
}

} // namespace

Index kernelParts(Index tiles, Index size, std::size_t folds) {
    const double bytes = 8.0 * static_cast<double>(size) * static_cast<double>(size) * static_cast<double>(folds);
    const auto fitting = static_cast<Index>(accumulatorMemory / std::max(bytes, 1.0));
    const Index most = std::clamp(std::min(fitting, tiles / tilesTogether), Index(1), mostParts);
    Index parts = 1;
    while (2 * parts <= most)
        parts *= 2;
    return parts;
}

KernelSums::KernelSums(const ResponseOutline& responses, const PreparedFeatures::Data* features,
                       std::size_t outer, const FitProducts* products) {
    const auto& blocks = responses.plan.inner[outer];
    const Index size = features != nullptr ? features->whitened.cols() : static_cast<Index>(joined(blocks).size());
    const Index parts = kernelParts(responses.tileCount, size, blocks.size());
    if (responses.options.doublePrecision)
        m_parts = std::make_unique<SumsOf<double>>(features, products, outer, parts, blocks.size());
    else
        m_parts = std::make_unique<SumsOf<float>>(features, products, outer, parts, blocks.size());
}

KernelSums::~KernelSums() = default;
KernelSums::KernelSums(KernelSums&&) noexcept = default;

void KernelSums::add(const PreparedResponses::Data& chunk, int threads, const JobContext& job) {
    m_parts->add(chunk, threads, job);
}

std::vector<PairKernels> KernelSums::take(int threads) {
    auto parts = m_parts->take();
    std::vector<PairKernels> sums(parts.front().size());
    parallelFor(threads, static_cast<Index>(sums.size()), JobContext(), [&](Index inner, int) {
        sums[static_cast<std::size_t>(inner)] = joinedParts(parts, static_cast<std::size_t>(inner));
    });
    return sums;
}

std::vector<PairKernels> rowKernels(const PreparedResponses::Data& responses, std::size_t outer, int threads,
                                    const JobContext& job) {
    return kernelsOf(responses, nullptr, outer, threads, job);
}

std::vector<PairKernels> featureKernels(const PreparedFeatures::Data& features,
                                        const PreparedResponses::Data& responses, std::size_t outer, int threads,
                                        const JobContext& job) {
    return kernelsOf(responses, &features, outer, threads, job);
}

} // namespace brainlike
