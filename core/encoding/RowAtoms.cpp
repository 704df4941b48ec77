#include "core/encoding/RowAtoms.h"

#include <map>

namespace brainlike {
namespace {

/// Writes which of the blocks each row is in.
void markBlocks(const std::vector<Rows>& blocks, std::vector<std::vector<int>>& signatures) {
    for (auto& signature : signatures)
        signature.push_back(-1);
    for (std::size_t block = 0; block < blocks.size(); ++block)
        for (const auto row : blocks[block])
            signatures[static_cast<std::size_t>(row)].back() = static_cast<int>(block);
}

} // namespace

std::vector<BlockSet> eachAlone(std::size_t blocks) {
    std::vector<BlockSet> sets;
    for (std::size_t block = 0; block < blocks; ++block)
        sets.push_back({block});
    return sets;
}

RowAtoms RowAtoms::of(const FoldPlan& plan) {
    // [row] its outer block, then its inner block in each outer fold; −1 where it is not in the training set.
    std::vector<std::vector<int>> signatures(static_cast<std::size_t>(plan.rows));
    markBlocks(plan.outer, signatures);
    for (const auto& inner : plan.inner)
        markBlocks(inner, signatures);

    RowAtoms atoms;
    std::vector<std::size_t> firstRow;
    std::map<std::vector<int>, std::size_t> atomOf;
    for (std::size_t row = 0; row < signatures.size(); ++row) {
        const auto [place, isNew] = atomOf.try_emplace(signatures[row], atoms.rows.size());
        if (isNew) {
            atoms.rows.emplace_back();
            firstRow.push_back(row);
        }
        atoms.rows[place->second].push_back(static_cast<Eigen::Index>(row));
    }
    const std::size_t folds = plan.outer.size();
    atoms.outerTest.resize(folds);
    for (const auto& inner : plan.inner)
        atoms.innerTest.emplace_back(inner.size());
    for (std::size_t atom = 0; atom < atoms.rows.size(); ++atom) {
        const auto& signature = signatures[firstRow[atom]];
        atoms.outerTest[static_cast<std::size_t>(signature.front())].push_back(atom);
        for (std::size_t outer = 0; outer < folds; ++outer)
            if (const int inner = signature[outer + 1]; inner >= 0)
                atoms.innerTest[outer][static_cast<std::size_t>(inner)].push_back(atom);
    }
    return atoms;
}

} // namespace brainlike
