#pragma once

#include "core/encoding/Decomposition.h"
#include "core/encoding/LinearAlgebra.h"
#include "core/encoding/RowAtoms.h"

#include <vector>

namespace brainlike {

/// Whitened features of each block of rows, centred by the block's own mean, in the precision of the responses.
template <typename Scalar>
struct FeatureBlocks {
    std::vector<RowMatrix<Scalar>> centred; ///< [block] rows × d
    std::vector<BlockMoments> moments;      ///< [block] number of rows and mean; no Gram matrix

    [[nodiscard]] static FeatureBlocks make(const RowMatrix<double>& whitened, const std::vector<Rows>& blocks,
                                            int threads);
    [[nodiscard]] Eigen::Index columns() const { return centred.front().cols(); }
    /// d × blocks: n_k (x̄_k − x̄_set) of the blocks in a set, 0 of the others.
    [[nodiscard]] RowMatrix<Scalar> meanTerms(const BlockSet& set) const;
};

/// Cross-products of features and one tile of responses within each block of rows, both centred by the block's means.
template <typename Scalar>
struct BlockProducts {
    std::vector<RowMatrix<Scalar>> within; ///< [block] d × width
    RowMatrix<Scalar> means;               ///< blocks × width, of the responses

    BlockProducts() = default;
    BlockProducts(const FeatureBlocks<Scalar>& features, Eigen::Index width);
    /// Computes one block from its centred responses, rows × width.
    void set(const FeatureBlocks<Scalar>& features, std::size_t block, const ConstPanel<Scalar>& responses);
};

/// Whether the test sets' own products are wanted beside those of the training sets.
enum class TestSums { No, Yes };

/// Cross-products over the training sets of a cross-validation, centred by the sets' own means: the sum over the blocks
/// (added, never subtracted, so that no digit is lost) and the part between the blocks' means.
template <typename Scalar>
class SetSums {
public:
    /// @param tests  blocks of each test set, disjoint; all the others are its training set
    SetSums(const FeatureBlocks<Scalar>& features, std::vector<BlockSet> tests, TestSums testSums, Eigen::Index width);

    /// Sums up the products of a tile.
    void sum(const BlockProducts<Scalar>& products);
    /// All test sets but one, d × width; may be changed until the next sum.
    [[nodiscard]] RowMatrix<Scalar>& training(std::size_t left) { return m_training[left].sum; }
    /// One test set, d × width.
    [[nodiscard]] const RowMatrix<Scalar>& test(std::size_t set) const { return m_test[set].sum; }

private:
    struct Set {
        RowMatrix<Scalar> meanTerms;
        RowMatrix<Scalar> sum;
    };
    void sumStripe(const BlockProducts<Scalar>& products, Eigen::Index first, Eigen::Index count);

    std::vector<BlockSet> m_tests;
    std::vector<Set> m_training;               ///< [test set left out]
    std::vector<Set> m_test;                   ///< empty if not wanted
    std::vector<std::vector<Scalar>> m_stripe; ///< [test set]
};

extern template struct FeatureBlocks<float>;
extern template struct FeatureBlocks<double>;
extern template struct BlockProducts<float>;
extern template struct BlockProducts<double>;
extern template class SetSums<float>;
extern template class SetSums<double>;

} // namespace brainlike
