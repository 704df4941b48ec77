#include "core/encoding/Decomposition.h"

#include "core/encoding/FoldPlan.h"

#include <cmath>
#include <optional>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;
using Eigen::RowVectorXd;
using Eigen::VectorXd;

/// 1/√(σ² + λ₀), which both sides of the prediction are scaled by so that neither over- nor underflows.
VectorXd halfInverse(const VectorXd& eigenvalues, double smallestAlpha) {
    return (eigenvalues.array() + smallestAlpha).rsqrt();
}

/// Upper triangle of the scaled, centred Gram matrix of all blocks but one; row by row, so that each is in the cache
/// while the blocks are added up.
RowMatrix<double> trainingGram(const std::vector<BlockMoments>& blocks, std::size_t left, const RowVectorXd& mean,
                               const RowVectorXd& scale) {
    std::vector<RowVectorXd> shifts;
    for (const auto& block : blocks)
        shifts.emplace_back(block.mean - mean);
    RowMatrix<double> gram(mean.size(), mean.size());
    for (Index row = 0; row < gram.rows(); ++row) {
        const Index count = gram.cols() - row;
        auto sum = gram.row(row).tail(count);
        sum.setZero();
        for (std::size_t block = 0; block < blocks.size(); ++block) {
            if (block == left)
                continue;
            const double weight = static_cast<double>(blocks[block].rows) * shifts[block][row];
            sum += blocks[block].gram.row(row).tail(count) + weight * shifts[block].tail(count);
        }
        sum.array() *= scale[row] * scale.tail(count).array();
    }
    return gram;
}

/// Eigenvectors with both sides' factor in them.
SymmetricEigen scaledEigen(RowMatrix<double> gram, double smallestAlpha) {
    auto eigen = symmetricEigen(std::move(gram));
    eigen.vectors.array().colwise() *= halfInverse(eigen.values, smallestAlpha).array();
    return eigen;
}

/// Largest ratio of the sum of the eigenvalues to λ at which a Cholesky factor keeps half of the digits.
constexpr double mostOverAlpha = 1e8;

/// The rows to be predicted, as the training rows were centred and scaled.
RowMatrix<double> scaledTest(const RowMatrix<double>& features, const RowVectorXd& mean, const RowVectorXd& scale,
                             const Rows& rows) {
    auto test = gathered(features, rows);
    test.rowwise() -= mean;
    test.array().rowwise() *= scale.array();
    return test;
}

/// A·B, or A·Bᵀ, by single precision, whatever the unit of the two.
template <typename Multiply>
StoredMatrix singleProduct(const RowMatrix<double>& a, const RowMatrix<double>& b, Index columns,
                           const Multiply& multiplyThem) {
    const ScaledMatrix<float> first(a), second(b);
    RowMatrix<float> result(a.rows(), columns);
    multiplyThem(panelOf(first.values), panelOf(second.values), panelOf(result));
    return StoredMatrix(ScaledMatrix<float>(std::move(result), first.exponent + second.exponent));
}

StoredMatrix singleProduct(const RowMatrix<double>& a, const RowMatrix<double>& b) {
    return singleProduct(a, b, b.cols(), [](const auto& x, const auto& y, auto into) { multiply(x, y, into); });
}

StoredMatrix singleProductByTransposed(const RowMatrix<double>& a, const RowMatrix<double>& b) {
    return singleProduct(a, b, b.rows(),
                         [](const auto& x, const auto& y, auto into) { multiplyByTransposed(x, y, into); });
}

} // namespace

InnerDecomposition::InnerDecomposition(Decomposition decomposition)
    : eigenvalues(std::move(decomposition.eigenvalues)), project(std::move(decomposition.project)),
      right(std::move(decomposition.right)), testRowsEqual(decomposition.testRowsEqual) {}

RowMatrix<double> shrinkage(const VectorXd& eigenvalues, const std::vector<double>& alphas) {
    RowMatrix<double> factors(eigenvalues.size(), static_cast<Index>(alphas.size()));
    for (Index column = 0; column < factors.cols(); ++column)
        factors.col(column) =
            (eigenvalues.array() + alphas.front()) / (eigenvalues.array() + alphas[static_cast<std::size_t>(column)]);
    return factors;
}

RowMatrix<double> gathered(const RowMatrix<double>& matrix, const Rows& rows) {
    RowMatrix<double> result(static_cast<Index>(rows.size()), matrix.cols());
    for (std::size_t row = 0; row < rows.size(); ++row)
        result.row(static_cast<Index>(row)) = matrix.row(rows[row]);
    return result;
}

BlockMoments momentsOf(const RowMatrix<double>& features, const Rows& rows) {
    auto values = gathered(features, rows);
    const RowVectorXd mean = values.colwise().mean();
    values.rowwise() -= mean;
    return {values.rows(), mean, gramOfColumns(values)};
}

std::vector<BlockMoments> momentsOf(const RowMatrix<double>& features, const std::vector<Rows>& blocks) {
    std::vector<BlockMoments> moments;
    for (const auto& rows : blocks)
        moments.push_back(momentsOf(features, rows));
    return moments;
}

RowVectorXd meanWithout(const std::vector<BlockMoments>& blocks, std::size_t left) {
    RowVectorXd sum = RowVectorXd::Zero(blocks.front().mean.size());
    Index rows = 0;
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        if (block == left)
            continue;
        sum += static_cast<double>(blocks[block].rows) * blocks[block].mean;
        rows += blocks[block].rows;
    }
    return sum / static_cast<double>(rows);
}

namespace {

/// @param byTransposed, by  products A·Bᵀ and A·B, in the precision that the result keeps
template <typename Result, typename ByTransposed, typename By>
Result decomposed(const RowMatrix<double>& features, const RowVectorXd& scale, const RowMatrix<double>& unwhiten,
                  const std::vector<BlockMoments>& moments, const std::vector<Rows>& blocks, std::size_t left,
                  double smallestAlpha, const ByTransposed& byTransposed, const By& by) {
    const RowVectorXd mean = meanWithout(moments, left);
    auto eigen = scaledEigen(trainingGram(moments, left, mean, scale), smallestAlpha);
    Result result;
    result.right = byTransposed(scaledTest(features, mean, scale, blocks[left]), eigen.vectors);
    eigen.vectors.array().rowwise() *= scale.array();
    result.project = by(eigen.vectors, unwhiten);
    result.eigenvalues = std::move(eigen.values);
    return result;
}

} // namespace

Decomposition decomposeFeatures(const RowMatrix<double>& features, const RowVectorXd& scale,
                                const RowMatrix<double>& unwhiten, const std::vector<BlockMoments>& moments,
                                const std::vector<Rows>& blocks, std::size_t left, double smallestAlpha) {
    return decomposed<Decomposition>(features, scale, unwhiten, moments, blocks, left, smallestAlpha,
                                     productByTransposed, product);
}

InnerDecomposition decomposeInnerFeatures(const RowMatrix<double>& features, const RowVectorXd& scale,
                                          const RowMatrix<double>& unwhiten, const std::vector<BlockMoments>& moments,
                                          const std::vector<Rows>& blocks, std::size_t left, double smallestAlpha,
                                          Products products) {
    if (products == Products::Double)
        return InnerDecomposition(decomposeFeatures(features, scale, unwhiten, moments, blocks, left, smallestAlpha));
    return decomposed<InnerDecomposition>(
        features, scale, unwhiten, moments, blocks, left, smallestAlpha,
        [](const auto& a, const auto& b) { return singleProductByTransposed(a, b); },
        [](const auto& a, const auto& b) { return singleProduct(a, b); });
}

Decomposition solvedFeatures(const RowMatrix<double>& features, const RowVectorXd& scale,
                             const RowMatrix<double>& unwhiten, const std::vector<BlockMoments>& moments,
                             const std::vector<Rows>& blocks, std::size_t left, double smallestAlpha, double alpha) {
    const RowVectorXd mean = meanWithout(moments, left);
    auto gram = trainingGram(moments, left, mean, scale);
    // The trace bounds the largest eigenvalue.
    const bool wellConditioned = gram.trace() <= mostOverAlpha * alpha;
    gram.diagonal().array() += alpha;
    const auto factor = wellConditioned ? choleskyFactor(std::move(gram)) : std::nullopt;
    if (!factor)
        return decomposeFeatures(features, scale, unwhiten, moments, blocks, left, smallestAlpha);
    // (G + λ)⁻¹ = U⁻¹ U⁻ᵀ, one factor for each side of the prediction.
    Decomposition result;
    result.eigenvalues = VectorXd::Ones(mean.size());
    result.right = scaledTest(features, mean, scale, blocks[left]);
    divideByUpper(result.right, *factor);
    result.project = unwhiten;
    result.project.array().colwise() *= scale.transpose().array();
    divideTransposedUpper(*factor, result.project);
    return result;
}

Decomposition decomposeSamples(const RowMatrix<double>& innerProducts, const std::vector<Rows>& blocks,
                               std::size_t left, double smallestAlpha) {
    const Rows training = joinedWithout(blocks, left);
    const Rows& test = blocks[left];
    RowMatrix<double> kernel = innerProducts(training, training);
    RowMatrix<double> cross = innerProducts(test, training);
    const RowVectorXd columnMeans = kernel.colwise().mean();
    const double overall = columnMeans.mean();
    const VectorXd crossMeans = cross.rowwise().mean();
    kernel.rowwise() -= columnMeans;
    kernel.colwise() -= (columnMeans.array() - overall).matrix().transpose();
    cross.rowwise() -= columnMeans;
    cross.colwise() -= (crossMeans.array() - overall).matrix();

    auto eigen = scaledEigen(std::move(kernel), smallestAlpha);
    Decomposition result;
    result.right = productByTransposed(cross, eigen.vectors);
    result.project = std::move(eigen.vectors);
    result.eigenvalues = std::move(eigen.values);
    return result;
}

} // namespace brainlike
