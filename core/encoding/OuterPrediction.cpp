#include "core/encoding/OuterPrediction.h"

#include "core/base/Undefined.h"
#include "core/encoding/ColumnLoops.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Scaled to values near 1 by a power of two: r does not change, and single precision cannot underflow.
RowMatrix<double> nearOne(const RowMatrix<double>& matrix) {
    const double largest = matrix.size() > 0 ? matrix.cwiseAbs().maxCoeff() : 0;
    return largest > 0 && std::isfinite(largest) ? RowMatrix<double>(matrix * std::ldexp(1.0, -std::ilogb(largest)))
                                                 : matrix;
}

RowMatrix<double> centredRows(RowMatrix<double> matrix) {
    matrix.rowwise() -= matrix.colwise().mean().eval();
    return matrix;
}

/// Shrinkage factors with the largest of each λ at 1.
RowMatrix<double> relativeShrinkage(const Decomposition& decomposition, const std::vector<double>& alphas) {
    const auto factors = shrinkage(decomposition.eigenvalues, alphas);
    const Eigen::RowVectorXd largest = factors.colwise().maxCoeff();
    return factors * largest.cwiseInverse().asDiagonal();
}

} // namespace

PredictionForm cheaperForm(const FoldPlan& plan, Space space, Index featureCount) {
    if (space == Space::Samples)
        return PredictionForm::Direct;
    const auto columns = static_cast<double>(featureCount);
    const auto rows = static_cast<double>(plan.rows);
    double blocks = rows * columns;
    double direct = 0;
    for (const auto& test : plan.outer) {
        const auto testRows = static_cast<double>(test.size());
        blocks += columns * std::min(testRows, columns + std::min(columns, testRows));
        direct += testRows * (rows - testRows);
    }
    return blocks <= direct ? PredictionForm::Blocks : PredictionForm::Direct;
}

bool takesWeights(Index testRows, Index columns) {
    return testRows > columns + std::min(testRows, columns);
}

template <typename Scalar>
OuterPrediction<Scalar>::OuterPrediction(const PreparedFeatures::Data& features,
                                         const PreparedResponses::Data& responses,
                                         const std::optional<ChosenAlphas>& chosen,
                                         const SharedProducts<Scalar>* shared, int threads)
    : m_shared(shared),
      m_form(shared != nullptr ? PredictionForm::Blocks : cheaperForm(features.plan, features.space, features.columns)),
      m_oneAlpha(chosen.has_value()) {
    if (m_form == PredictionForm::Blocks && shared == nullptr)
        m_blocks = FeatureBlocks<Scalar>::make(features.whitened, features.plan.outer, threads);
    Index first = 0;
    for (const auto& rows : features.plan.outer) {
        auto& fold = m_folds.emplace_back();
        fold.firstRow = first;
        fold.rows = static_cast<Index>(rows.size());
        first += fold.rows;
    }
    const JobContext unattended;
    parallelFor(threads, static_cast<Index>(m_folds.size()), unattended, [&](Index index, int) {
        const auto outer = static_cast<std::size_t>(index);
        const auto& decomposition = features.folds[outer].outer;
        const int alpha = chosen ? (*chosen)[outer] : 0;
        m_folds[outer].defined = !decomposition.testRowsEqual && alpha >= 0;
        if (!m_folds[outer].defined)
            return;
        const auto shrink = relativeShrinkage(decomposition, responses.options.alphas);
        if (m_form == PredictionForm::Blocks)
            blocksFold(decomposition, shrink, alpha, features, outer, m_folds[outer]);
        else
            rowsFold(decomposition, shrink, alpha, features, outer, m_folds[outer]);
    });
}

template <typename Scalar>
void OuterPrediction<Scalar>::blocksFold(const Decomposition& decomposition, const RowMatrix<double>& shrink,
                                         int chosen, const PreparedFeatures::Data& features, std::size_t outer,
                                         Fold& fold) const {
    fold.throughWeights = takesWeights(fold.rows, features.whitened.cols());
    if (!fold.throughWeights)
        return predictingFold(decomposition.right, decomposition.project, shrink, chosen, fold);
    fold.test =
        reducedRows(centredRows(gathered(features.whitened, features.plan.outer[outer]))).template cast<Scalar>();
    if (m_oneAlpha) {
        const RowMatrix<double> shrunk = shrink.col(chosen).asDiagonal() * decomposition.project;
        fold.predict = nearOne(productTransposed(decomposition.project, shrunk)).template cast<Scalar>();
    } else {
        const auto project = nearOne(decomposition.project);
        fold.project = project.template cast<Scalar>();
        fold.expand = project.transpose().template cast<Scalar>();
        fold.shrink = shrink.template cast<Scalar>();
    }
}

template <typename Scalar>
void OuterPrediction<Scalar>::rowsFold(const Decomposition& decomposition, const RowMatrix<double>& shrink, int chosen,
                                       const PreparedFeatures::Data& features, std::size_t outer, Fold& fold) const {
    if (features.space == Space::Samples)
        return predictingFold(decomposition.right, decomposition.project, shrink, chosen, fold);
    const auto training = centredRows(gathered(features.whitened, joinedWithout(features.plan.outer, outer)));
    predictingFold(decomposition.right, productByTransposed(decomposition.project, training), shrink, chosen, fold);
}

template <typename Scalar>
void OuterPrediction<Scalar>::predictingFold(const RowMatrix<double>& testRows, const RowMatrix<double>& projection,
                                             const RowMatrix<double>& shrink, int chosen, Fold& fold) const {
    const RowMatrix<double> project = nearOne(projection);
    RowMatrix<double> right = nearOne(centredRows(testRows));
    if (m_oneAlpha) {
        right = right * shrink.col(chosen).asDiagonal();
        fold.predict = nearOne(product(right, project)).template cast<Scalar>();
    } else {
        fold.project = project.template cast<Scalar>();
        fold.expand = right.template cast<Scalar>();
        fold.shrink = shrink.template cast<Scalar>();
    }
}

template <typename Scalar>
SetSums<Scalar> OuterPrediction<Scalar>::sums(Index width) const {
    const bool needTests =
        std::any_of(m_folds.begin(), m_folds.end(), [](const Fold& fold) { return fold.throughWeights; });
    return {blocks(), m_shared != nullptr ? m_shared->atoms().outerTest : eachAlone(m_folds.size()),
            needTests ? TestSums::Yes : TestSums::No, width};
}

template <typename Scalar>
OuterTile<Scalar>::OuterTile(const OuterPrediction<Scalar>& prediction, const ResponseTiles<Scalar>& tiles)
    : m_prediction(prediction), m_tiles(tiles), m_numerator(tiles.width), m_squares(tiles.width) {
    if (prediction.form() == PredictionForm::Direct)
        return;
    m_sums = prediction.sums(tiles.width);
    if (prediction.shared() == nullptr)
        m_products = BlockProducts<Scalar>(prediction.blocks(), tiles.width);
}

template <typename Scalar>
void OuterTile<Scalar>::load(Index tile) {
    m_tile = tile;
    if (!m_sums)
        return;
    if (const auto* shared = m_prediction.shared())
        return m_sums->sum(shared->tile(m_tiles, tile, m_products));
    for (std::size_t fold = 0; fold < m_prediction.folds().size(); ++fold) {
        const auto& block = m_prediction.folds()[fold];
        m_products.set(m_prediction.blocks(), fold, rowsOf(m_tiles.tile(tile), block.firstRow, block.rows));
    }
    m_products.means = m_tiles.means(tile);
    m_sums->sum(m_products);
}

template <typename Scalar>
void OuterTile<Scalar>::shrinkEach(const RowMatrix<Scalar>& shrink, const std::vector<int>& alphas) {
    for (Index row = 0; row < m_projected.rows(); ++row)
        for (Index column = 0; column < m_projected.cols(); ++column)
            m_projected(row, column) *= shrink(row, alphas[static_cast<std::size_t>(column)]);
}

template <typename Scalar>
void OuterTile<Scalar>::blocksForm(std::size_t fold, const std::vector<int>* alphas) {
    const auto& model = m_prediction.folds()[fold];
    const auto training = panelOf(std::as_const(m_sums->training(fold)));
    auto& result = model.throughWeights ? m_weights : m_predicted;
    result.resize(alphas == nullptr ? model.predict.rows() : model.expand.rows(), m_tiles.width);
    if (alphas == nullptr) {
        multiply(panelOf(model.predict), training, panelOf(result));
    } else {
        m_projected.resize(model.project.rows(), m_tiles.width);
        multiply(panelOf(model.project), training, panelOf(m_projected));
        shrinkEach(model.shrink, *alphas);
        multiply(panelOf(model.expand), panelOf(std::as_const(m_projected)), panelOf(result));
    }
    if (!model.throughWeights)
        return columnDots(panelOf(std::as_const(m_predicted)), rowsOf(m_tiles.tile(m_tile), model.firstRow, model.rows),
                          m_numerator.data());
    m_predicted.resize(model.test.rows(), m_tiles.width);
    multiply(panelOf(model.test), panelOf(std::as_const(m_weights)), panelOf(m_predicted));
    columnDots(panelOf(std::as_const(m_weights)), panelOf(m_sums->test(fold)), m_numerator.data());
}

/// result = matrix times the rows of the tile that are not in the fold's test block.
template <typename Scalar>
void OuterTile<Scalar>::fromTraining(const RowMatrix<Scalar>& matrix, std::size_t fold,
                                     RowMatrix<Scalar>& result) const {
    const auto& model = m_prediction.folds()[fold];
    const auto tile = m_tiles.tile(m_tile);
    const Index before = model.firstRow;
    const Index after = tile.rows() - before - model.rows;
    result.resize(matrix.rows(), m_tiles.width);
    const Eigen::OuterStride<> stride(matrix.cols());
    if (before > 0)
        multiply({matrix.data(), matrix.rows(), before, stride}, rowsOf(tile, 0, before), panelOf(result));
    if (after > 0)
        multiply({matrix.data() + before, matrix.rows(), after, stride}, rowsOf(tile, before + model.rows, after),
                 panelOf(result), before > 0 ? Into::Add : Into::Replace);
}

template <typename Scalar>
void OuterTile<Scalar>::rowsForm(std::size_t fold, const std::vector<int>* alphas) {
    const auto& model = m_prediction.folds()[fold];
    if (alphas == nullptr) {
        fromTraining(model.predict, fold, m_predicted);
    } else {
        fromTraining(model.project, fold, m_projected);
        shrinkEach(model.shrink, *alphas);
        m_predicted.resize(model.rows, m_tiles.width);
        multiply(panelOf(model.expand), panelOf(std::as_const(m_projected)), panelOf(m_predicted));
    }
    columnDots(panelOf(std::as_const(m_predicted)), rowsOf(m_tiles.tile(m_tile), model.firstRow, model.rows),
               m_numerator.data());
}

template <typename Scalar>
void OuterTile<Scalar>::correlate(std::size_t fold, const std::vector<int>* alphas, double* result) {
    if (!m_prediction.folds()[fold].defined) {
        std::fill_n(result, m_tiles.width, undefined);
        return;
    }
    if (m_sums)
        blocksForm(fold, alphas);
    else
        rowsForm(fold, alphas);
    columnSquares(panelOf(std::as_const(m_predicted)), m_squares.data());
    const double* variation = &m_tiles.testSquares(static_cast<Index>(fold), m_tile * m_tiles.width);
    for (Index column = 0; column < m_tiles.width; ++column) {
        const double squares = m_squares[column] * variation[column];
        result[column] = squares > 0 ? std::clamp(m_numerator[column] / std::sqrt(squares), -1.0, 1.0) : undefined;
    }
}

template class OuterPrediction<float>;
template class OuterPrediction<double>;
template class OuterTile<float>;
template class OuterTile<double>;

} // namespace brainlike
