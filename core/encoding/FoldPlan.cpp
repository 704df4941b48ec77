#include "core/encoding/FoldPlan.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"

#include <algorithm>
#include <string>

namespace brainlike {
namespace {

void requireGroups(const FoldOptions& options, Eigen::Index rows) {
    if (!options.groups.empty() && static_cast<Eigen::Index>(options.groups.size()) != rows)
        throw ShapeError({.what = "The groups do not fit the rows",
                          .expected = counted(rows, "group") + ", one a row",
                          .found = std::to_string(options.groups.size())});
}

} // namespace

FoldPlan FoldPlan::make(Eigen::Index rows, const RidgeOptions& options) {
    requireGroups(options.outer, rows);
    requireGroups(options.inner, rows);
    FoldPlan plan;
    plan.rows = rows;
    plan.outer = makeFolds(options.outer, allRows(rows));
    for (std::size_t fold = 0; fold < plan.outer.size(); ++fold) {
        Rows training = joinedWithout(plan.outer, fold);
        std::sort(training.begin(), training.end());
        plan.inner.push_back(makeFolds(options.inner, training));
    }
    return plan;
}

Rows joined(const std::vector<Rows>& blocks) {
    return joinedWithout(blocks, blocks.size());
}

std::size_t rowCount(const std::vector<Rows>& blocks) {
    std::size_t count = 0;
    for (const auto& block : blocks)
        count += block.size();
    return count;
}

Rows joinedWithout(const std::vector<Rows>& blocks, std::size_t left) {
    Rows rows;
    for (std::size_t block = 0; block < blocks.size(); ++block)
        if (block != left)
            rows.insert(rows.end(), blocks[block].begin(), blocks[block].end());
    return rows;
}

} // namespace brainlike
