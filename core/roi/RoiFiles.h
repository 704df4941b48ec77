#pragma once

#include "core/base/Matrix.h"
#include "core/roi/RoiSet.h"
#include "core/surface/Geometry.h"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace brainlike {

/// The surface that regions lie on, as far as files need it.
struct RoiSurface {
    std::string templateName;
    VertexCounts counts;
    std::array<RowMatrix<float>, 2> positions; ///< vertices × 3 a hemisphere, mm, in the head; empty: unknown
    CoordinateSpace space = {};                ///< of the positions
};

/// Saves regions by the file's suffix: .json (one file: "brainlike-rois"), .annot (lh.NAME and rh.NAME beside each
/// other), .label (one a region and hemisphere: lh.NAME.REGION.label). A hemisphere without regions gets no file.
/// @returns the files written
/// @throws UsageError for another suffix, ValueError for regions that an annotation cannot hold because they overlap,
///         FileError
[[nodiscard]] std::vector<std::filesystem::path> saveRois(const RoiSet& set, const RoiSurface& surface,
                                                          const std::filesystem::path& target);

/// What a file is when regions may be meant.
enum class RoiFileKind {
    None,
    Set,   ///< regions that Brainlike saved as JSON: nothing else
    Marked ///< marked vertices (.label), or an annotation that Brainlike saved: could be shown as a map, too
};
/// Told by the content.
/// @throws FileError, NotFoundError if the file cannot be read
[[nodiscard]] RoiFileKind roiFileKind(const std::filesystem::path& file);

/// Reads regions: JSON as saved, and the areas of every file with labels or marked vertices that readMapFile reads. The
/// two hemispheres of a name are one region. A file that does not tell its hemisphere is of the left one.
/// @throws as readMapFile; FormatError for other files; ShapeError if one lies on another surface
[[nodiscard]] RoiSet loadRois(const std::vector<std::filesystem::path>& files, const VertexCounts& counts);

} // namespace brainlike
