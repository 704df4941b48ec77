#pragma once

#include "core/encoding/Banded.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace brainlike {

/// What `brainlike ridge` was told and found, for its output file.
struct RidgeRun {
    std::vector<std::string> features; ///< as given on the command line; several: a banded ridge
    std::string responses;
    std::string groups;      ///< of the outer folds; empty: none
    std::string innerGroups; ///< of the inner folds
    std::string drop;        ///< "rows", "targets", or empty
    RidgeOptions options;
    std::int64_t images = 0;           ///< rows that took part
    std::vector<std::int64_t> columns; ///< features of each space
    std::int64_t targets = 0;
    std::int64_t droppedRows = 0;
    std::vector<Eigen::Index> droppedTargets;
    BandedOptions search; ///< of a banded ridge
    BandedResult result;  ///< of all targets, NaN for the dropped ones; only `ridge` with one feature space

    [[nodiscard]] bool banded() const { return features.size() > 1; }
};

/// Writes the HDF5 file of CONTRACT "ridge output", replacing an old one only when complete.
void writeRidgeFile(const std::filesystem::path& path, const RidgeRun& run);

} // namespace brainlike
