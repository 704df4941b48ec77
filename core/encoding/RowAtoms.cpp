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

std::vector<BlockSet> othersOfEach(std::size_t blocks) {
    std::vector<BlockSet> sets(blocks);
    for (std::size_t left = 0; left < blocks; ++left)
        for (std::size_t block = 0; block < blocks; ++block)
            if (block != left)
                sets[left].push_back(block);
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
    atoms.outerTraining.resize(folds);
    for (const auto& inner : plan.inner)
        atoms.innerTraining.emplace_back(inner.size());
    for (std::size_t atom = 0; atom < atoms.rows.size(); ++atom) {
        const auto& signature = signatures[firstRow[atom]];
        for (std::size_t outer = 0; outer < folds; ++outer) {
            const bool isTest = signature.front() == static_cast<int>(outer);
            (isTest ? atoms.outerTest : atoms.outerTraining)[outer].push_back(atom);
            const int own = signature[outer + 1];
            auto& training = atoms.innerTraining[outer];
            for (std::size_t inner = 0; own >= 0 && inner < training.size(); ++inner)
                if (own != static_cast<int>(inner))
                    training[inner].push_back(atom);
        }
    }
    return atoms;
}

} // namespace brainlike
