#pragma once

#include "core/scores/DimensionGroups.h"
#include "core/surface/Mesh.h"
#include "core/templates/Template.h"

#include <array>
#include <string>
#include <vector>

namespace brainlike {

/// The units of the area-level spatial score.
struct AreaDistances {
    DimensionGroups areas;
    std::vector<double>
        distances;      ///< d* of each area: mm from its centroid to V1's of the same hemisphere; NaN without V1
    std::string reason; ///< why there is none; empty if there is
};

/// Distances on given pial surfaces, as they lie.
///
/// @param pial  left, right
/// Source: METHODS 6 "Spatial score".
[[nodiscard]] AreaDistances areaDistances(const Parcellation& parcellation, const std::array<Mesh, 2>& pial);

/// The same for other sets of vertices, each within one hemisphere (ids "lh:…" and "rh:…"), such as ROIs.
[[nodiscard]] AreaDistances setDistances(const DimensionGroups& sets, const Parcellation& parcellation,
                                         const std::array<Mesh, 2>& pial);

/// Reads parcellation and pial surfaces of a template; where one is missing, `reason` says so.
/// @throws FormatError, ShapeError for what is there but damaged
[[nodiscard]] AreaDistances areaDistances(const Template& brain);

} // namespace brainlike
