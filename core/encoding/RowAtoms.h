#pragma once

#include "core/encoding/FoldPlan.h"

#include <cstddef>
#include <vector>

namespace brainlike {

/// Blocks of rows to be taken together, by their number.
using BlockSet = std::vector<std::size_t>;

/// So many blocks, each a set of its own.
[[nodiscard]] std::vector<BlockSet> eachAlone(std::size_t blocks);

/// The largest sets of rows that no fold divides: rows of an atom are in the same test blocks of every outer and inner
/// fold. Every test block is a union of atoms; the other test blocks of a cross-validation are its training set.
struct RowAtoms {
    std::vector<Rows> rows;                       ///< [atom] ascending; atoms in the order of their first row
    std::vector<BlockSet> outerTest;              ///< [outer] atoms of the test rows
    std::vector<std::vector<BlockSet>> innerTest; ///< [outer][inner]

    [[nodiscard]] static RowAtoms of(const FoldPlan& plan);
};

} // namespace brainlike
