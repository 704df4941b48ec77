#include "core/base/Error.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/FeatureScaling.h"
#include "core/encoding/FiniteCheck.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;
using Eigen::RowVectorXd;

/// Decomposes the folds of one feature set.
class Decomposer {
public:
    Decomposer(const RowMatrix<double>& features, PreparedFeatures::Data& data, FoldDepth depth)
        : m_features(features), m_data(data), m_depth(depth), m_centred(centred(features)),
          m_work(data.plan.outer.size()) {
        if (data.space == Space::Features)
            whitenBeside();
    }

    /// Decomposes one outer fold (`part` 0) or one of its inner folds. Parts of one outer fold share what the first of
    /// them to begin computes; it is given up with the last. Safe to call from several threads.
    void decompose(std::size_t outer, std::size_t part) {
        beginOnce(outer);
        auto& work = m_work[outer];
        if (work.failure)
            std::rethrow_exception(work.failure);
        auto& result = m_data.folds[outer];
        const double alpha = m_data.options.alphas.front();
        const bool isOuter = part == 0;
        const std::size_t left = isOuter ? outer : part - 1;
        const auto& blocks = isOuter ? m_data.plan.outer : m_data.plan.inner[outer];
        auto& decomposition = isOuter ? result.outer : result.inner[left];
        decomposition =
            m_data.space == Space::Features
                ? decomposeFeatures(m_centred.values, work.scale, m_unwhiten,
                                    isOuter ? m_outerMoments : work.innerMoments, blocks, left, alpha,
                                    isOuter || m_data.options.doublePrecision ? Products::Double : Products::Single)
                : decomposeSamples(work.innerProducts, blocks, left, alpha);
        decomposition.testRowsEqual = rowsEqual(m_features, work.scale, blocks[left]);
        if (++work.finished == partCount(outer)) {
            work.innerMoments = {};
            work.innerProducts = {};
        }
    }

    /// The outer fold and its inner ones.
    [[nodiscard]] std::size_t partCount(std::size_t outer) const {
        return m_depth == FoldDepth::Nested ? m_data.plan.inner[outer].size() + 1 : 1;
    }

private:
    struct OuterWork {
        std::once_flag begun;
        std::exception_ptr failure; ///< of what `begun` guards
        RowVectorXd scale;
        std::vector<BlockMoments> innerMoments; ///< Space::Features
        RowMatrix<double> innerProducts;        ///< Space::Samples
        std::atomic<std::size_t> finished = 0;
    };

    /// The whitening is one long decomposition that all folds wait for: the other threads begin the first folds.
    void whitenBeside() {
        Whitening whitening;
        const int threads = m_data.options.threads;
        const auto begun = std::min(m_work.size(), static_cast<std::size_t>(threads));
        parallelFor(threads, static_cast<Index>(begun) + 2, JobContext(), [&](Index index, int) {
            if (index == 0)
                whitening = whiteningOf(m_centred.values);
            else if (index == 1)
                m_outerMoments = momentsOf(m_centred.values, m_data.plan.outer);
            else
                beginOnce(static_cast<std::size_t>(index - 2));
        });
        m_data.whitened = whitened(m_centred.values, whitening, threads);
        m_unwhiten = std::move(whitening.unwhiten);
    }

    void beginOnce(std::size_t outer) {
        auto& work = m_work[outer];
        // Nothing is thrown through call_once, which not every threading library bears.
        std::call_once(work.begun, [&] {
            try {
                begin(outer);
            } catch (...) {
                work.failure = std::current_exception();
            }
        });
    }

    void begin(std::size_t outer) {
        auto& work = m_work[outer];
        work.scale =
            scaleIn(m_features, m_centred, joinedWithout(m_data.plan.outer, outer), m_data.options.standardize);
        auto& result = m_data.folds[outer];
        result.droppedColumns = static_cast<int>((work.scale.array() == 0).count());
        if (result.droppedColumns == work.scale.size())
            throw ValueError({.what = "Every feature is constant in a training set",
                              .place = "training rows of outer fold " + std::to_string(outer),
                              .expected = "at least one feature that varies",
                              .advice = "check the features, or shuffle the rows"});
        result.inner.resize(partCount(outer) - 1);
        if (m_data.space == Space::Features)
            work.innerMoments = result.inner.empty() ? std::vector<BlockMoments>()
                                                     : momentsOf(m_centred.values, m_data.plan.inner[outer]);
        else
            work.innerProducts = gramOfRows(m_centred.values * work.scale.asDiagonal());
    }

    const RowMatrix<double>& m_features;
    PreparedFeatures::Data& m_data;
    FoldDepth m_depth;
    CentredFeatures m_centred;
    RowMatrix<double> m_unwhiten;
    std::vector<BlockMoments> m_outerMoments;
    std::vector<OuterWork> m_work; ///< [outer]
};

/// All parts of all outer folds; as many folds in turn as there are threads, so that none waits for what another
/// begins.
std::vector<std::pair<std::size_t, std::size_t>> partsInTurn(const Decomposer& decomposer, std::size_t folds,
                                                             std::size_t threads) {
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    for (std::size_t first = 0; first < folds; first += threads) {
        const std::size_t last = std::min(folds, first + threads);
        std::size_t most = 0;
        for (std::size_t outer = first; outer < last; ++outer)
            most = std::max(most, decomposer.partCount(outer));
        for (std::size_t part = 0; part < most; ++part)
            for (std::size_t outer = first; outer < last; ++outer)
                if (part < decomposer.partCount(outer))
                    parts.emplace_back(outer, part);
    }
    return parts;
}

std::unique_ptr<const PreparedFeatures::Data> prepare(const RowMatrix<double>& features, const RidgeOptions& options,
                                                      const JobContext& job, FoldDepth depth) {
    validate(options);
    if (features.cols() < 1)
        throw ShapeError({.what = "The features have no columns",
                          .expected = "images × features",
                          .found = std::to_string(features.rows()) + " × 0"});
    auto data = std::make_unique<PreparedFeatures::Data>();
    data->options = options;
    data->columns = features.cols();
    data->plan = FoldPlan::make(features.rows(), options);
    data->space = cheaperSpace(data->plan, features.cols());
    data->folds.resize(data->plan.outer.size());
    Decomposer decomposer(features, *data, depth);
    const auto parts = partsInTurn(decomposer, data->folds.size(), static_cast<std::size_t>(options.threads));
    parallelFor(options.threads, static_cast<Index>(parts.size()), job, [&](Index index, int) {
        const auto [outer, part] = parts[static_cast<std::size_t>(index)];
        decomposer.decompose(outer, part);
    });
    return data;
}

} // namespace

PreparedFeatures::PreparedFeatures(const RowMatrix<float>& features, const RidgeOptions& options,
                                   const JobContext& job) {
    requireFinite(features, "features");
    m_data = prepare(features.cast<double>(), options, job, FoldDepth::Nested);
}

PreparedFeatures::PreparedFeatures(const RowMatrix<double>& features, const RidgeOptions& options,
                                   const JobContext& job, FoldDepth depth) {
    requireFinite(features, "features");
    m_data = prepare(features, options, job, depth);
}

PreparedFeatures::~PreparedFeatures() = default;
PreparedFeatures::PreparedFeatures(PreparedFeatures&&) noexcept = default;
PreparedFeatures& PreparedFeatures::operator=(PreparedFeatures&&) noexcept = default;

} // namespace brainlike
