#pragma once

#include "core/properties/Property.h"
#include "core/properties/PropertyFile.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>

namespace brainlike {

/// Which hemisphere a map is of that does not tell.
enum class UntoldHemisphere {
    Unknown, ///< tables: taken as the left one, with a note; maps of vertices: refused
    Left,
    Right,
    Both ///< tables alone: the values hold for both
};

/// Zeros of a map.
enum class ZeroMeaning {
    Value,
    Missing ///< no measurement, as the medial wall in maps of the HCP
};

/// What brings maps of another surface to the study's template.
struct PlacementOptions {
    UntoldHemisphere untold = UntoldHemisphere::Unknown;
    ZeroMeaning zeros = ZeroMeaning::Value;
    std::array<std::optional<Annotation>, 2> labels; ///< areas of the maps' own surface
    std::array<std::optional<Mesh>, 2> spheres;      ///< the maps' own surface, registered to the template's
};

/// Brings a map that was read to the vertices of the template.
///
/// Areas go to their vertices. Vertices of another surface are averaged in its areas where its labels are given (mean
/// over vertices that are not NaN), else taken from the nearest vertex of its registered sphere. Those of the template
/// stay as they lie; of a denser fsaverage its first vertices are the template's. Vertices without an area (medial
/// wall) have no value.
///
/// @param file  for messages and names
/// @throws ShapeError for a map of another surface without labels or sphere, saying how to bring them; ValueError for
///         areas that the parcellation does not have, a map without any value or of an untold hemisphere
[[nodiscard]] Property placedProperty(const FoundMap& map, const std::filesystem::path& file,
                                      const PropertyTarget& target, const PlacementOptions& options);

} // namespace brainlike
