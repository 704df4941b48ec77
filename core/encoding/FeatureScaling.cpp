#include "core/encoding/FeatureScaling.h"

#include "core/encoding/Parallel.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

/// Axes shorter than this share of the longest are not stretched to length 1.
constexpr double shortestAxis = 1e-6;
constexpr Eigen::Index rowsAtOnce = 256;

/// Whether each column has one value only in some rows. Rows lie one after the other: they are gone through once.
Eigen::Array<bool, 1, Eigen::Dynamic> constantColumns(const RowMatrix<double>& features, const Rows& rows) {
    Eigen::Array<bool, 1, Eigen::Dynamic> constant =
        Eigen::Array<bool, 1, Eigen::Dynamic>::Constant(features.cols(), true);
    for (const Eigen::Index row : rows)
        constant = constant && features.row(row).array() == features.row(rows.front()).array();
    return constant;
}

} // namespace

using Eigen::Index;
using Eigen::RowVectorXd;

CentredFeatures centred(const RowMatrix<double>& features) {
    CentredFeatures result{features.rowwise() - features.colwise().mean(), {}};
    result.values.rowwise() -= result.values.colwise().mean().eval();
    result.deviation = (result.values.colwise().squaredNorm() / static_cast<double>(features.rows())).cwiseSqrt();
    const RowVectorXd smallest = features.colwise().minCoeff();
    const RowVectorXd largest = features.colwise().maxCoeff();
    for (Index column = 0; column < features.cols(); ++column)
        if (smallest[column] == largest[column] || !(result.deviation[column] > 0))
            result.deviation[column] = 0;
    for (Index row = 0; row < features.rows(); ++row)
        result.values.row(row) =
            (result.deviation.array() > 0).select(result.values.row(row).array() / result.deviation.array(), 0.0);
    return result;
}

Whitening whiteningOf(const RowMatrix<double>& values) {
    auto eigen = symmetricEigen(gramOfColumns(values));
    const double longest = std::sqrt(std::max(eigen.values.maxCoeff(), 0.0));
    const Eigen::VectorXd length = eigen.values.cwiseSqrt().cwiseMax(longest > 0 ? longest * shortestAxis : 1.0);
    Whitening result{{}, eigen.vectors.transpose() * length.asDiagonal()};
    eigen.vectors.array().colwise() /= length.array();
    result.axes = std::move(eigen.vectors);
    return result;
}

RowMatrix<double> whitened(const RowMatrix<double>& values, const Whitening& whitening, int threads) {
    RowMatrix<double> result(values.rows(), values.cols());
    const Index blocks = (values.rows() + rowsAtOnce - 1) / rowsAtOnce;
    parallelFor(threads, blocks, JobContext(), [&](Index block, int) {
        const Index first = block * rowsAtOnce;
        const Index count = std::min(rowsAtOnce, values.rows() - first);
        multiplyByTransposed(
            rowsOf(panelOf(values), first, count), panelOf(whitening.axes),
            {result.data() + first * values.cols(), count, values.cols(), Eigen::OuterStride<>(values.cols())});
    });
    return result;
}

RowVectorXd scaleIn(const RowMatrix<double>& features, const CentredFeatures& centredFeatures, const Rows& training,
                    bool standardize) {
    RowVectorXd scale = RowVectorXd::Zero(features.cols());
    const auto values = gathered(centredFeatures.values, training);
    const RowVectorXd mean = values.colwise().mean();
    const RowVectorXd deviation =
        ((values.rowwise() - mean).colwise().squaredNorm() / static_cast<double>(values.rows())).cwiseSqrt();
    const auto isConstant = constantColumns(features, training);
    for (Index column = 0; column < features.cols(); ++column)
        if (deviation[column] > 0 && !isConstant[column])
            scale[column] = standardize ? 1 / deviation[column] : centredFeatures.deviation[column];
    return scale;
}

bool rowsEqual(const RowMatrix<double>& features, const RowVectorXd& scale, const Rows& rows) {
    for (const Index row : rows)
        for (Index column = 0; column < features.cols(); ++column)
            if (scale[column] != 0 && features(row, column) != features(rows.front(), column))
                return false;
    return true;
}

Space cheaperSpace(const FoldPlan& plan, Index columns) {
    std::size_t smallest = static_cast<std::size_t>(plan.rows);
    for (const auto& blocks : plan.inner)
        for (const auto& block : blocks)
            smallest = std::min(smallest, rowCount(blocks) - block.size());
    return columns <= static_cast<Index>(smallest) ? Space::Features : Space::Samples;
}

} // namespace brainlike
