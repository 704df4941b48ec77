#include "core/encoding/Decomposition.h"

#include "core/encoding/FoldPlan.h"

namespace brainlike {
namespace {

using Eigen::Index;
using Eigen::RowVectorXd;
using Eigen::VectorXd;

/// 1/√(σ² + λ₀), which both sides of the prediction are scaled by so that neither over- nor underflows.
VectorXd halfInverse(const VectorXd& eigenvalues, double smallestAlpha) {
    return (eigenvalues.array() + smallestAlpha).rsqrt();
}

RowMatrix<double> trainingGram(const std::vector<BlockMoments>& blocks, std::size_t left, const RowVectorXd& mean) {
    RowMatrix<double> gram = RowMatrix<double>::Zero(mean.size(), mean.size());
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        if (block == left)
            continue;
        const RowVectorXd shift = blocks[block].mean - mean;
        gram += blocks[block].gram;
        gram.noalias() += static_cast<double>(blocks[block].rows) * shift.transpose() * shift;
    }
    return gram;
}

} // namespace

RowMatrix<double> shrinkage(const Decomposition& decomposition, const std::vector<double>& alphas) {
    RowMatrix<double> factors(decomposition.eigenvalues.size(), static_cast<Index>(alphas.size()));
    for (Index column = 0; column < factors.cols(); ++column)
        factors.col(column) = (decomposition.eigenvalues.array() + alphas.front()) /
                              (decomposition.eigenvalues.array() + alphas[static_cast<std::size_t>(column)]);
    return factors;
}

RowMatrix<double> gathered(const RowMatrix<double>& matrix, const Rows& rows) {
    RowMatrix<double> result(static_cast<Index>(rows.size()), matrix.cols());
    for (std::size_t row = 0; row < rows.size(); ++row)
        result.row(static_cast<Index>(row)) = matrix.row(rows[row]);
    return result;
}

std::vector<BlockMoments> momentsOf(const RowMatrix<double>& features, const std::vector<Rows>& blocks) {
    std::vector<BlockMoments> moments;
    for (const auto& rows : blocks) {
        auto values = gathered(features, rows);
        const RowVectorXd mean = values.colwise().mean();
        values.rowwise() -= mean;
        moments.push_back({values.rows(), mean, gramOfColumns(values)});
    }
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

Decomposition decomposeFeatures(const RowMatrix<double>& features, const RowVectorXd& scale,
                                const RowMatrix<double>& unwhiten, const std::vector<BlockMoments>& moments,
                                const std::vector<Rows>& blocks, std::size_t left, double smallestAlpha) {
    const RowVectorXd mean = meanWithout(moments, left);
    RowMatrix<double> gram = trainingGram(moments, left, mean);
    gram = scale.transpose().asDiagonal() * gram * scale.asDiagonal();
    auto eigen = symmetricEigen(std::move(gram));
    eigen.vectors = halfInverse(eigen.values, smallestAlpha).asDiagonal() * eigen.vectors;

    auto test = gathered(features, blocks[left]);
    test.rowwise() -= mean;
    test = test * scale.asDiagonal();
    Decomposition result;
    result.right = productByTransposed(test, eigen.vectors);
    eigen.vectors = eigen.vectors * scale.asDiagonal();
    result.project = product(eigen.vectors, unwhiten);
    result.eigenvalues = std::move(eigen.values);
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

    auto eigen = symmetricEigen(std::move(kernel));
    eigen.vectors = halfInverse(eigen.values, smallestAlpha).asDiagonal() * eigen.vectors;
    Decomposition result;
    result.right = productByTransposed(cross, eigen.vectors);
    result.project = std::move(eigen.vectors);
    result.eigenvalues = std::move(eigen.values);
    return result;
}

} // namespace brainlike
