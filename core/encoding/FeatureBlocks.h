#pragma once

#include "core/encoding/Folds.h"
#include "core/encoding/LinearAlgebra.h"

#include <vector>

namespace brainlike {

/// Whitened features of each block of rows, centred by the block's own mean, in the precision of the responses.
template <typename Scalar>
struct FeatureBlocks {
    std::vector<RowMatrix<Scalar>> centred; ///< [block] rows × d
    std::vector<RowMatrix<Scalar>>
        meanTerms; ///< [block left out] d × blocks: n_k (x̄_k − x̄_training); 0 for the one left out

    [[nodiscard]] static FeatureBlocks make(const RowMatrix<double>& whitened, const std::vector<Rows>& blocks,
                                            int threads);
    [[nodiscard]] Eigen::Index columns() const { return meanTerms.front().rows(); }
};

/// Cross-products of features and responses for each training set, from those of each block: sums over the blocks that
/// are not left out (added, never subtracted, so that no digit is lost) and the part between the blocks' means.
template <typename Scalar>
class TrainingSums {
public:
    TrainingSums(const FeatureBlocks<Scalar>& blocks, Eigen::Index width);

    /// Computes the cross-products of one block from its responses, rows × width.
    void set(std::size_t block, const ConstPanel<Scalar>& responses);
    /// To be called once all blocks are set, before `training`.
    void finish();
    /// Within-block cross-products, d × width.
    [[nodiscard]] ConstPanel<Scalar> block(std::size_t index) const { return panelOf(m_blocks[index]); }
    /// Writes the centred cross-products of the training set without one block, d × width.
    ///
    /// @param means  blocks × width, mean response of each block
    void training(std::size_t left, const ConstPanel<Scalar>& means, RowMatrix<Scalar>& result) const;

private:
    const FeatureBlocks<Scalar>& m_features;
    std::vector<RowMatrix<Scalar>> m_blocks; ///< [block]
    std::vector<RowMatrix<Scalar>> m_before; ///< [block] sum of those before it
    std::vector<RowMatrix<Scalar>> m_after;  ///< [block] sum of those after it
};

extern template struct FeatureBlocks<float>;
extern template struct FeatureBlocks<double>;
extern template class TrainingSums<float>;
extern template class TrainingSums<double>;

} // namespace brainlike
