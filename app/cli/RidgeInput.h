#pragma once

#include "core/base/Matrix.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace brainlike {

/// Features, responses and groups of `brainlike ridge`, with what is not finite left out as asked.
struct RidgeInput {
    std::vector<RowMatrix<double>> features;                     ///< a matrix a feature space
    std::variant<RowMatrix<float>, RowMatrix<double>> responses; ///< double where the file's numbers need it
    std::vector<std::int64_t> groups;                            ///< of the outer folds; empty: none
    std::vector<std::int64_t> innerGroups;                       ///< likewise
    std::int64_t droppedRows = 0;
    std::vector<Eigen::Index> droppedTargets; ///< ascending columns of the file that are not in `responses`
    Eigen::Index targets = 0;                 ///< columns of the file
};

struct RidgeInputFiles {
    std::vector<std::filesystem::path> features; ///< one or more
    std::filesystem::path responses;
    std::filesystem::path groups;      ///< empty: none; integers or texts
    std::string drop;                  ///< "rows", "targets" or empty
    std::filesystem::path innerGroups; ///< of the inner folds, likewise
    bool doublePrecision = false;
};

/// @throws FormatError, NotFoundError, FileError of the readers; ShapeError when rows differ (naming both files);
/// ValueError for values that
///         are not finite and not dropped, or when nothing is left
[[nodiscard]] RidgeInput readRidgeInput(const RidgeInputFiles& files);

} // namespace brainlike
