#include "core/encoding/TargetScores.h"

#include "core/base/Undefined.h"

#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {

using Eigen::Index;

template <typename Scalar>
TargetScores<Scalar>::TargetScores(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                                   std::size_t outer, Index width)
    : TargetScores(features.space == Space::Features
                       ? std::make_shared<const FeatureBlocks<Scalar>>(FeatureBlocks<Scalar>::make(
                             features.whitened, features.plan.inner[outer], responses.options.threads))
                       : nullptr,
                   features.folds[outer].inner, responses, outer, width) {}

template <typename Scalar>
TargetScores<Scalar>::TargetScores(std::shared_ptr<const FeatureBlocks<Scalar>> features,
                                   const std::vector<InnerDecomposition>& decompositions,
                                   const PreparedResponses::Data& responses, std::size_t outer, Index width)
    : m_features(std::move(features)), m_responses(responses), m_outer(outer), m_width(width),
      m_selection(responses.options.effectiveSelection()) {
    for (const auto& decomposition : decompositions) {
        RowMatrix<double> right = decomposition.right.toDouble();
        auto factors = shrinkage(decomposition.eigenvalues, responses.options.alphas);
        if (m_selection == SelectionScore::Correlation) {
            // r does not change with the mean and the scale of the prediction.
            right.rowwise() -= right.colwise().mean().eval();
            const Eigen::RowVectorXd largest = factors.colwise().maxCoeff();
            factors = (factors.array().rowwise() / largest.array()).eval(); // exactly 1 for one feature: a tie
        }
        m_pairs.push_back({decomposition.project.toDouble().template cast<Scalar>(), right.template cast<Scalar>(),
                           reducedRows(right).template cast<Scalar>(), factors.template cast<Scalar>(),
                           decomposition.testRowsEqual});
    }
}

template <typename Scalar>
typename TargetScores<Scalar>::Scratch TargetScores<Scalar>::scratch() const {
    Scratch result;
    result.inner = std::make_unique<InnerTile<Scalar>>(m_responses.plan.inner[m_outer], m_responses.storageOf,
                                                       m_features.get(), m_width);
    return result;
}

template <typename Scalar>
void TargetScores<Scalar>::project(const Pair& pair, Scratch& scratch) const {
    auto& tile = *scratch.inner;
    const Index rank = pair.project.rows();
    scratch.projected.resize(rank, m_width);
    scratch.projectedTest.resize(rank, m_width);
    multiply(panelOf(pair.project), readOnly(tile.training()), panelOf(scratch.projected));
    multiplyTransposed(panelOf(pair.right), readOnly(tile.test()), panelOf(scratch.projectedTest));
    for (Index column = 0; column < m_width; ++column)
        if (tile.trainingConstant(column))
            scratch.projected.col(column).setZero();
}

/// Sums over the test rows of prediction · response and prediction², all λ side by side in one product.
template <typename Scalar>
void TargetScores<Scalar>::predict(const Pair& pair, Scratch& scratch) const {
    const Index rank = pair.project.rows();
    const Index count = pair.shrink.cols();
    const Index all = count * m_width;
    scratch.shrunk.resize(rank, all);
    scratch.predicted.resize(pair.reduced.rows(), all);
    scratch.numerator.resize(all);
    scratch.squares.resize(all);
    for (Index row = 0; row < rank; ++row)
        for (Index index = 0; index < count; ++index)
            scratch.shrunk.row(row).segment(index * m_width, m_width) =
                pair.shrink(row, index) * scratch.projected.row(row);
    multiply(panelOf(pair.reduced), panelOf(std::as_const(scratch.shrunk)), panelOf(scratch.predicted));
    columnSquares(panelOf(std::as_const(scratch.predicted)), scratch.squares.data());
    const ConstPanel<Scalar> tests = panelOf(std::as_const(scratch.projectedTest));
    for (Index index = 0; index < count; ++index)
        columnDots({scratch.shrunk.data() + index * m_width, rank, m_width, Eigen::OuterStride<>(all)}, tests,
                   scratch.numerator.data() + index * m_width);
}

template <typename Scalar>
void TargetScores<Scalar>::evaluate(std::size_t inner, Scratch& scratch) const {
    const Pair& pair = m_pairs[inner];
    auto& tile = *scratch.inner;
    tile.choose(inner);
    project(pair, scratch);
    predict(pair, scratch);
    const Eigen::VectorXd total = tile.totalSquares();
    const Eigen::VectorXd& variation = tile.testSquares();
    const double rows = static_cast<double>(tile.testRows());
    scratch.pairScore.resize(pair.shrink.cols(), m_width);
    for (Index index = 0; index < scratch.pairScore.rows(); ++index)
        for (Index column = 0; column < m_width; ++column) {
            const double numerator = scratch.numerator[index * m_width + column];
            const double squares = scratch.squares[index * m_width + column];
            const double error = total[column] - 2 * numerator + squares;
            double& score = scratch.pairScore(index, column);
            if (m_selection == SelectionScore::MeanSquaredError)
                score = -error / rows;
            else if (!(variation[column] > 0))
                score = undefined;
            else if (m_selection == SelectionScore::R2)
                score = 1 - error / variation[column];
            else if (squares > 0 && !pair.testRowsEqual)
                score = numerator / std::sqrt(squares * variation[column]);
            else
                score = undefined;
        }
}

template class TargetScores<float>;
template class TargetScores<double>;

} // namespace brainlike
