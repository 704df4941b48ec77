#include "core/base/Error.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/FeatureScaling.h"
#include "core/encoding/FiniteCheck.h"
#include "core/encoding/Parallel.h"

#include <string>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;
using Eigen::RowVectorXd;

/// Decomposes the folds of one feature set.
class Decomposer {
public:
    Decomposer(const RowMatrix<double>& features, PreparedFeatures::Data& data)
        : m_features(features), m_data(data), m_centred(centred(features)) {
        if (data.space == Space::Features) {
            auto whitening = whiten(m_centred.values);
            data.whitened = std::move(whitening.values);
            m_unwhiten = std::move(whitening.unwhiten);
            m_outerMoments = momentsOf(m_centred.values, data.plan.outer);
        }
    }

    [[nodiscard]] OuterFeatures fold(std::size_t outer) const {
        const auto& blocks = m_data.plan.outer;
        const RowVectorXd scale =
            scaleIn(m_features, m_centred, joinedWithout(blocks, outer), m_data.options.standardize);
        OuterFeatures result;
        result.droppedColumns = static_cast<int>((scale.array() == 0).count());
        if (result.droppedColumns == scale.size())
            throw ValueError({.what = "Every feature is constant in a training set",
                              .place = "training rows of outer fold " + std::to_string(outer),
                              .expected = "at least one feature that varies",
                              .advice = "check the features, or shuffle the rows"});
        const auto& innerBlocks = m_data.plan.inner[outer];
        if (m_data.space == Space::Features)
            inFeatures(result, scale, outer, innerBlocks);
        else
            inSamples(result, scale, outer, innerBlocks);
        result.outer.testRowsEqual = rowsEqual(m_features, scale, blocks[outer]);
        for (std::size_t inner = 0; inner < innerBlocks.size(); ++inner)
            result.inner[inner].testRowsEqual = rowsEqual(m_features, scale, innerBlocks[inner]);
        return result;
    }

private:
    void inFeatures(OuterFeatures& result, const RowVectorXd& scale, std::size_t outer,
                    const std::vector<Rows>& innerBlocks) const {
        const double alpha = m_data.options.alphas.front();
        result.outer =
            decomposeFeatures(m_centred.values, scale, m_unwhiten, m_outerMoments, m_data.plan.outer, outer, alpha);
        const auto moments = momentsOf(m_centred.values, innerBlocks);
        for (std::size_t inner = 0; inner < innerBlocks.size(); ++inner)
            result.inner.push_back(
                decomposeFeatures(m_centred.values, scale, m_unwhiten, moments, innerBlocks, inner, alpha));
    }

    void inSamples(OuterFeatures& result, const RowVectorXd& scale, std::size_t outer,
                   const std::vector<Rows>& innerBlocks) const {
        const double alpha = m_data.options.alphas.front();
        const RowMatrix<double> scaled = m_centred.values * scale.asDiagonal();
        const auto innerProducts = gramOfRows(scaled);
        result.outer = decomposeSamples(innerProducts, m_data.plan.outer, outer, alpha);
        for (std::size_t inner = 0; inner < innerBlocks.size(); ++inner)
            result.inner.push_back(decomposeSamples(innerProducts, innerBlocks, inner, alpha));
    }

    const RowMatrix<double>& m_features;
    PreparedFeatures::Data& m_data;
    CentredFeatures m_centred;
    RowMatrix<double> m_unwhiten;
    std::vector<BlockMoments> m_outerMoments;
};

std::unique_ptr<const PreparedFeatures::Data> prepare(const RowMatrix<double>& features, const RidgeOptions& options) {
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
    const Decomposer decomposer(features, *data);
    const JobContext unattended;
    parallelFor(options.threads, static_cast<Index>(data->folds.size()), unattended, [&](Index fold, int) {
        const auto index = static_cast<std::size_t>(fold);
        data->folds[index] = decomposer.fold(index);
    });
    return data;
}

} // namespace

PreparedFeatures::PreparedFeatures(const RowMatrix<float>& features, const RidgeOptions& options) {
    requireFinite(features, "features");
    m_data = prepare(features.cast<double>(), options);
}

PreparedFeatures::PreparedFeatures(const RowMatrix<double>& features, const RidgeOptions& options) {
    requireFinite(features, "features");
    m_data = prepare(features, options);
}

PreparedFeatures::~PreparedFeatures() = default;
PreparedFeatures::PreparedFeatures(PreparedFeatures&&) noexcept = default;
PreparedFeatures& PreparedFeatures::operator=(PreparedFeatures&&) noexcept = default;

} // namespace brainlike
