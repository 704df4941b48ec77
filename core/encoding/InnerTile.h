#pragma once

#include "core/encoding/ColumnLoops.h"
#include "core/encoding/FeatureBlocks.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/SharedProducts.h"

#include <optional>
#include <vector>

namespace brainlike {

/// One tile of responses divided into the inner folds of one outer training set; scratch memory of one worker.
template <typename Scalar>
class InnerTile {
public:
    /// @param features  of the blocks; nullptr: `training()` are the training responses themselves (Space::Samples)
    InnerTile(const std::vector<Rows>& blocks, const Rows& storageOf, const FeatureBlocks<Scalar>* features,
              Eigen::Index width);
    /// With products that outer folds share. @param outer  the fold whose blocks these are
    InnerTile(const std::vector<Rows>& blocks, const Rows& storageOf, const SharedProducts<Scalar>& shared,
              std::size_t outer, Eigen::Index width);

    void load(const ResponseTiles<Scalar>& tiles, Eigen::Index tile);
    /// Makes one block the test set of what the functions below return.
    void choose(std::size_t left);

    /// Cross-products with the centred training features, d × width; or centred training responses, rows × width.
    [[nodiscard]] Panel<Scalar> training() { return panelOf(m_sums ? m_sums->training(m_left) : m_training); }
    /// Test responses minus the mean of the training set, test rows × width.
    [[nodiscard]] Panel<Scalar> test() { return panelOf(m_test); }
    /// Σ(y − mean of the test rows)² of each target; 0 where the target is constant in the test rows.
    [[nodiscard]] const Eigen::VectorXd& testSquares() const { return m_testSquares[m_left]; }
    [[nodiscard]] bool trainingConstant(Eigen::Index column) const;
    [[nodiscard]] Eigen::Index testRows() const { return m_test.rows(); }
    /// Σ(y − mean of the training rows)² of the test rows, by column.
    [[nodiscard]] Eigen::VectorXd totalSquares() const;

private:
    [[nodiscard]] ConstPanel<Scalar> blockRows(std::size_t block) const;
    void divide(const std::vector<Rows>& blocks, const Rows& storageOf);
    void centreTraining(const RowMatrix<Scalar>& trainingMean);

    std::vector<Rows> m_storage; ///< [block] rows of the tile
    std::vector<Eigen::Index> m_first;
    Eigen::Index m_width;
    const FeatureBlocks<Scalar>* m_features = nullptr;
    const SharedProducts<Scalar>* m_shared = nullptr;
    BlockProducts<Scalar> m_products; ///< own, of this tile
    std::optional<SetSums<Scalar>> m_sums;
    RowMatrix<Scalar> m_rows; ///< all blocks, each centred by its own mean
    RowMatrix<Scalar> m_means;
    std::vector<ColumnRange> m_ranges;
    std::vector<Eigen::VectorXd> m_testSquares;
    RowMatrix<Scalar> m_training; ///< Space::Samples
    RowMatrix<Scalar> m_test;
    std::size_t m_left = 0;
};

extern template class InnerTile<float>;
extern template class InnerTile<double>;

} // namespace brainlike
