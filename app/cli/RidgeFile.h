#pragma once

#include "core/encoding/Ridge.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace brainlike {

/// What `brainlike ridge` was told and found, for its output file.
struct RidgeRun {
    std::string features; ///< as given on the command line
    std::string responses;
    std::string groups; ///< empty: none
    std::string drop;   ///< "rows", "targets", or empty
    RidgeOptions options;
    std::int64_t images = 0;  ///< rows that took part
    std::int64_t columns = 0; ///< features
    std::int64_t targets = 0;
    std::int64_t droppedRows = 0;
    std::vector<Eigen::Index> droppedTargets;
    RidgeResult result; ///< of all targets; NaN for the dropped ones
};

/// Writes the HDF5 file of CONTRACT "ridge output", replacing an old one only when complete.
void writeRidgeFile(const std::filesystem::path& path, const RidgeRun& run);

} // namespace brainlike
