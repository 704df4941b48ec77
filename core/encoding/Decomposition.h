#pragma once

#include "core/encoding/Folds.h"
#include "core/encoding/LinearAlgebra.h"
#include "core/encoding/StoredMatrix.h"

#include <vector>

namespace brainlike {

/// Ridge regression of one training set, solved for every λ at once.
///
/// With σᵢ² the eigenvalues of the training features' Gram matrix and λ₀ the grid's smallest λ, the prediction of the
/// test rows is right · diag(s(λ)) · project · c, s(λ) = (σ² + λ₀) / (σ² + λ) in (0, 1]. c are the cross-products of
/// the whitened, centred training features with the responses (Space::Features) or the centred training responses
/// themselves (Space::Samples).
struct Decomposition {
    Eigen::VectorXd eigenvalues; ///< [r] σ²
    RowMatrix<double> project;   ///< [r × p]
    RowMatrix<double> right;     ///< [test rows × r], centred by the training rows
    bool testRowsEqual = false;  ///< all test rows have the same features: the prediction is constant
};

/// The same of an inner training set, from which λ is chosen; in the precision that takes.
struct InnerDecomposition {
    Eigen::VectorXd eigenvalues; ///< [r] σ²
    StoredMatrix project;        ///< [r × p]
    StoredMatrix right;          ///< [test rows × r]
    bool testRowsEqual = false;

    InnerDecomposition() = default;
    explicit InnerDecomposition(Decomposition decomposition);
};

/// What `Decomposition::project` is applied to.
enum class Space { Features, Samples };

/// s(λ) of every eigenvalue and λ: [r × λ].
[[nodiscard]] RowMatrix<double> shrinkage(const Eigen::VectorXd& eigenvalues, const std::vector<double>& alphas);

/// Number of rows, mean, and centred Gram matrix of the features in one block of rows.
struct BlockMoments {
    Eigen::Index rows = 0;
    Eigen::RowVectorXd mean;
    RowMatrix<double> gram;
};
[[nodiscard]] BlockMoments momentsOf(const RowMatrix<double>& features, const Rows& rows);
[[nodiscard]] std::vector<BlockMoments> momentsOf(const RowMatrix<double>& features, const std::vector<Rows>& blocks);

/// Mean over all blocks but one.
[[nodiscard]] Eigen::RowVectorXd meanWithout(const std::vector<BlockMoments>& blocks, std::size_t left);

/// Rows of a matrix in the given order.
[[nodiscard]] RowMatrix<double> gathered(const RowMatrix<double>& matrix, const Rows& rows);

/// What the products after the eigenvectors are formed in.
enum class Products {
    Single, ///< enough for kernels that are sums of single precision themselves: the choice of λ
    Double
};

/// Decomposition through the d × d Gram matrix.
///
/// @param features  centred features, images × d, the ones the moments are of
/// @param scale     factor of each feature in this cross-validation fold, 0 for a dropped one
/// @param unwhiten  [d × d] takes cross-products of the whitened features back to those of `features`
/// @param left      the block to be predicted
[[nodiscard]] Decomposition decomposeFeatures(const RowMatrix<double>& features, const Eigen::RowVectorXd& scale,
                                              const RowMatrix<double>& unwhiten,
                                              const std::vector<BlockMoments>& moments, const std::vector<Rows>& blocks,
                                              std::size_t left, double smallestAlpha);
/// The same for the choice of λ.
[[nodiscard]] InnerDecomposition
decomposeInnerFeatures(const RowMatrix<double>& features, const Eigen::RowVectorXd& scale,
                       const RowMatrix<double>& unwhiten, const std::vector<BlockMoments>& moments,
                       const std::vector<Rows>& blocks, std::size_t left, double smallestAlpha, Products products);

/// The same for one λ of the grid, many times faster: by a Cholesky factor, or by the decomposition where λ is too
/// small beside the features for it. The shrinkage factors are meant for no other λ.
[[nodiscard]] Decomposition solvedFeatures(const RowMatrix<double>& features, const Eigen::RowVectorXd& scale,
                                           const RowMatrix<double>& unwhiten, const std::vector<BlockMoments>& moments,
                                           const std::vector<Rows>& blocks, std::size_t left, double smallestAlpha,
                                           double alpha);

/// Decomposition through the n × n matrix of the rows' inner products (of the scaled features).
[[nodiscard]] Decomposition decomposeSamples(const RowMatrix<double>& innerProducts, const std::vector<Rows>& blocks,
                                             std::size_t left, double smallestAlpha);

} // namespace brainlike
