#include "core/base/Error.h"
#include "core/tables/TableScope.h"

#include <algorithm>

namespace brainlike {
namespace {

const std::vector<TableColumn>& knownColumns() {
    static const std::vector<TableColumn> columns{
        {"model", "", "id of the model"},
        {"step", "steps", "training step of the checkpoint; 0: untrained"},
        {"kind", "", "fmri or meg"},
        {"layer", "", "name of the layer; best: each dimension's best layer; mean: over layers"},
        {"depth", "", "relative depth of the layer, 0 first, 1 last"},
        {"subject", "", "mean: of R over subjects; else one subject's own"},
        {"id", "", "all, area or ROI with its hemisphere (lh:V1; V1: both), window, or vertex (lh:123)"},
        {"level", "", "unit of analysis"},
        {"metric", "", "the score whose course over training it is"},
        {"r", "", "Pearson correlation; empty with fewer than 3 units or without variance"},
        {"n", "", "number of units"},
        {"p", "", "two-sided p of r, from t with n - 2 degrees of freedom"},
        {"ci_low", "", "lower end of the 95 % Fisher interval of r"},
        {"ci_high", "", "upper end of the 95 % Fisher interval of r"},
        {"boot_low", "", "lower end of the bootstrap interval of r over subjects; empty with one subject"},
        {"boot_high", "", "upper end of it"},
    };
    return columns;
}

} // namespace

TableColumn commonColumn(std::string_view name) {
    const auto& known = knownColumns();
    const auto found =
        std::find_if(known.begin(), known.end(), [name](const auto& column) { return column.name == name; });
    if (found == known.end())
        throw NotFoundError({.what = "No table has such a column", .found = std::string(name)});
    return *found;
}

std::vector<TableColumn> commonColumns(std::initializer_list<std::string_view> names) {
    std::vector<TableColumn> columns;
    for (const auto name : names)
        columns.push_back(commonColumn(name));
    return columns;
}

} // namespace brainlike
