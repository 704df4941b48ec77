#pragma once

#include "core/surface/Mesh.h"

#include <array>
#include <span>
#include <vector>

namespace brainlike {

/// A point on an edge of a mesh.
struct ContourPoint {
    std::array<int, 2> vertices{}; ///< the lower one first
    double share = 0;              ///< 0 at the first vertex, 1 at the second
    friend bool operator==(const ContourPoint&, const ContourPoint&) = default;
};

/// Where a map that is linear in every face equals `level`, a segment a face (marching triangles). Neighbouring faces
/// share their ends exactly. A vertex at the level counts as above it; a face with a corner that is not finite has no
/// segment.
/// @throws ShapeError if there is not one value a vertex
[[nodiscard]] std::vector<std::array<ContourPoint, 2>> contourSegments(const Mesh& mesh, std::span<const float> values,
                                                                       double level);

} // namespace brainlike
