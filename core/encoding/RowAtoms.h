#pragma once

#include "core/encoding/FoldPlan.h"

#include <cstddef>
#include <vector>

namespace brainlike {

/// Blocks of rows to be taken together, by their number.
using BlockSet = std::vector<std::size_t>;

/// For each of so many blocks all the others: the training sets of a cross-validation.
[[nodiscard]] std::vector<BlockSet> othersOfEach(std::size_t blocks);

/// The largest sets of rows that no fold divides: rows of an atom are in the same test blocks of every outer and inner
/// fold. Every test block and every training set is a union of atoms.
struct RowAtoms {
    std::vector<Rows> rows;                           ///< [atom] ascending; atoms in the order of their first row
    std::vector<BlockSet> outerTest;                  ///< [outer] atoms of the test rows
    std::vector<BlockSet> outerTraining;              ///< [outer] of the training rows
    std::vector<std::vector<BlockSet>> innerTraining; ///< [outer][inner]

    [[nodiscard]] static RowAtoms of(const FoldPlan& plan);
};

} // namespace brainlike
