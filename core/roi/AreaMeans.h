#pragma once

#include "core/surface/Parcellation.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// An area of a parcellation, both hemispheres.
struct AreaSummary {
    std::string name;
    std::array<std::uint8_t, 4> color{};
    std::array<int, 2> vertices{}; ///< left, right
    std::array<double, 2> means{}; ///< of a map over the vertices with a finite value; NaN where there are none
};

/// The cortical areas that have vertices, in the order of the parcellation's tables, each name once.
/// @param values  a value a vertex, left then right; empty: no map, means are NaN
/// @throws ShapeError if there are values, but not one a vertex
[[nodiscard]] std::vector<AreaSummary> summarizeAreas(const Parcellation& parcellation, std::span<const float> values);

} // namespace brainlike
