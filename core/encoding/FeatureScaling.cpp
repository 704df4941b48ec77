#include "core/encoding/FeatureScaling.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

/// Axes shorter than this share of the longest are not stretched to length 1.
constexpr double shortestAxis = 1e-6;

bool constantIn(const RowMatrix<double>& features, Eigen::Index column, const Rows& rows) {
    return std::all_of(rows.begin(), rows.end(),
                       [&](Eigen::Index row) { return features(row, column) == features(rows[0], column); });
}

} // namespace

using Eigen::Index;
using Eigen::RowVectorXd;

CentredFeatures centred(const RowMatrix<double>& features) {
    CentredFeatures result{features.rowwise() - features.colwise().mean(), {}};
    result.values.rowwise() -= result.values.colwise().mean().eval();
    result.deviation = (result.values.colwise().squaredNorm() / static_cast<double>(features.rows())).cwiseSqrt();
    for (Index column = 0; column < features.cols(); ++column) {
        const bool constant = features.col(column).minCoeff() == features.col(column).maxCoeff();
        if (constant || !(result.deviation[column] > 0)) {
            result.values.col(column).setZero();
            result.deviation[column] = 0;
        } else {
            result.values.col(column) /= result.deviation[column];
        }
    }
    return result;
}

Whitening whiten(const RowMatrix<double>& values) {
    const auto eigen = symmetricEigen(gramOfColumns(values));
    const double longest = std::sqrt(std::max(eigen.values.maxCoeff(), 0.0));
    const Eigen::VectorXd length = eigen.values.cwiseSqrt().cwiseMax(longest > 0 ? longest * shortestAxis : 1.0);
    Whitening result{productByTransposed(values, eigen.vectors), eigen.vectors.transpose() * length.asDiagonal()};
    result.values = result.values * length.cwiseInverse().asDiagonal();
    return result;
}

RowVectorXd scaleIn(const RowMatrix<double>& features, const CentredFeatures& centredFeatures, const Rows& training,
                    bool standardize) {
    RowVectorXd scale = RowVectorXd::Zero(features.cols());
    const auto values = gathered(centredFeatures.values, training);
    const RowVectorXd mean = values.colwise().mean();
    const RowVectorXd deviation =
        ((values.rowwise() - mean).colwise().squaredNorm() / static_cast<double>(values.rows())).cwiseSqrt();
    for (Index column = 0; column < features.cols(); ++column)
        if (deviation[column] > 0 && !constantIn(features, column, training))
            scale[column] = standardize ? 1 / deviation[column] : centredFeatures.deviation[column];
    return scale;
}

bool rowsEqual(const RowMatrix<double>& features, const RowVectorXd& scale, const Rows& rows) {
    for (Index column = 0; column < features.cols(); ++column)
        if (scale[column] != 0 && !constantIn(features, column, rows))
            return false;
    return true;
}

Space cheaperSpace(const FoldPlan& plan, Index columns) {
    std::size_t smallest = static_cast<std::size_t>(plan.rows);
    for (const auto& blocks : plan.inner)
        for (std::size_t inner = 0; inner < blocks.size(); ++inner)
            smallest = std::min(smallest, joinedWithout(blocks, inner).size());
    return columns <= static_cast<Index>(smallest) ? Space::Features : Space::Samples;
}

} // namespace brainlike
