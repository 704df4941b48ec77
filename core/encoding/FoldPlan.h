#pragma once

#include "core/encoding/Folds.h"

namespace brainlike {

/// The nested folds of one cross-validation: outer test blocks, and for each the blocks its training rows are divided
/// into. Training rows are always listed block after block, in the blocks' order, without the block left out.
struct FoldPlan {
    Eigen::Index rows = 0;
    std::vector<Rows> outer;              ///< [outer] test rows
    std::vector<std::vector<Rows>> inner; ///< [outer][inner] test rows, a partition of the outer training rows

    /// @throws ShapeError as makeFolds, or when groups are given for another number of rows
    [[nodiscard]] static FoldPlan make(Eigen::Index rows, const RidgeOptions& options);
};

/// Rows of all blocks, one after the other.
[[nodiscard]] Rows joined(const std::vector<Rows>& blocks);
/// Their number.
[[nodiscard]] std::size_t rowCount(const std::vector<Rows>& blocks);
/// Rows of all blocks but one, one after the other.
[[nodiscard]] Rows joinedWithout(const std::vector<Rows>& blocks, std::size_t left);

} // namespace brainlike
