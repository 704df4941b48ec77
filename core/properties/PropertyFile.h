#pragma once

#include "core/properties/AreaTable.h"
#include "core/surface/Hemisphere.h"
#include "core/surface/Parcellation.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// One map as a file holds it: values of vertices, or of areas.
struct FoundMap {
    std::string name;                        ///< of the map or column; empty where the file has none
    std::array<std::vector<float>, 2> sides; ///< vertices of the hemispheres that the file tells; else empty
    std::vector<float> untold;               ///< vertices of a hemisphere (or both) that the file does not tell
    std::vector<std::string> areas;          ///< short names, for maps of areas
    std::vector<std::optional<Hemisphere>> areaSides;
    std::vector<double> areaValues;
};

/// Reads the maps of a file, told by its content: GIFTI func or shape, CIFTI dscalar or pscalar, FreeSurfer curv,
/// MGH or MGZ, NPY vector, or a table of areas (see parseAreaTable). A hemisphere is told by the file's metadata, else
/// by its name.
/// @throws NotFoundError, FileError, FormatError
[[nodiscard]] std::vector<FoundMap> readPropertyFile(const std::filesystem::path& file);

/// Reads the parcellation of a surface: GIFTI label, FreeSurfer annot or CIFTI dlabel, by hemisphere as told by its
/// metadata or name.
/// @returns left, right; nothing for a hemisphere that the file does not hold
/// @throws as readPropertyFile; FormatError if the hemisphere is not told
[[nodiscard]] std::array<std::optional<Annotation>, 2> readLabelFile(const std::filesystem::path& file);

} // namespace brainlike
