#include "core/base/Error.h"
#include "core/encoding/FeatureDecomposer.h"
#include "core/encoding/FiniteCheck.h"

#include <string>

namespace brainlike {
namespace {

using Eigen::Index;

/// All that is told from sizes; nothing is decomposed yet.
std::unique_ptr<PreparedFeatures::Data> undecomposed(Index rows, Index columns, const RidgeOptions& options) {
    validate(options);
    if (columns < 1)
        throw ShapeError({.what = "The features have no columns",
                          .expected = "images × features",
                          .found = std::to_string(rows) + " × 0"});
    auto data = std::make_unique<PreparedFeatures::Data>();
    data->options = options;
    data->columns = columns;
    data->plan = FoldPlan::make(rows, options);
    data->space = cheaperSpace(data->plan, columns);
    data->folds.resize(data->plan.outer.size());
    return data;
}

} // namespace

PreparedFeatures::PreparedFeatures(const RowMatrix<float>& features, const RidgeOptions& options, const JobContext& job,
                                   FoldDepth depth) {
    requireFinite(features, "features");
    RowMatrix<double> values = features.cast<double>();
    prepare(values, options, job, depth, &values);
}

PreparedFeatures::PreparedFeatures(const RowMatrix<double>& features, const RidgeOptions& options,
                                   const JobContext& job, FoldDepth depth) {
    requireFinite(features, "features");
    prepare(features, options, job, depth, nullptr);
}

PreparedFeatures::PreparedFeatures(RowMatrix<double>&& features, const RidgeOptions& options, const JobContext& job,
                                   FoldDepth depth) {
    requireFinite(features, "features");
    RowMatrix<double> values = std::move(features);
    prepare(values, options, job, depth, &values);
}

void PreparedFeatures::prepare(const RowMatrix<double>& features, const RidgeOptions& options, const JobContext& job,
                               FoldDepth depth, RowMatrix<double>* given) {
    m_data = undecomposed(features.rows(), features.cols(), options);
    m_data->inTurn = depth == FoldDepth::InTurn;
    job.throwIfCancelled();
    m_decomposer = std::make_unique<FeatureDecomposer>(features, *m_data, depth, given);
    if (m_data->inTurn)
        return;
    m_decomposer->decomposeAll(job);
    if (depth != FoldDepth::InnerOnly)
        m_decomposer.reset();
}

void PreparedFeatures::decomposeInner(std::size_t first, std::size_t count, const JobContext& job) {
    if (m_decomposer)
        m_decomposer->decomposeInner(first, count, job);
}

void PreparedFeatures::decomposeOuter(const JobContext& job) {
    if (!m_decomposer)
        return;
    m_decomposer->decomposeOuter(job);
    m_decomposer.reset();
}

void PreparedFeatures::solveOuter(const std::vector<int>& alphas, const JobContext& job) {
    m_decomposer->solveOuter(alphas, job);
    m_decomposer.reset();
}

PreparedFeatures::~PreparedFeatures() = default;
PreparedFeatures::PreparedFeatures(PreparedFeatures&&) noexcept = default;
PreparedFeatures& PreparedFeatures::operator=(PreparedFeatures&&) noexcept = default;

} // namespace brainlike
