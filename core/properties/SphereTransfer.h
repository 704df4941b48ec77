#pragma once

#include "core/surface/Mesh.h"

#include <cstdint>
#include <vector>

namespace brainlike {

/// For every vertex of one sphere, the vertex of another one that lies nearest in direction; ties take the earlier.
/// Both spheres are registered to each other and centred at the origin; their radii may differ.
///
/// @throws ShapeError if a sphere has no vertex; ValueError naming a vertex at the origin or that is not finite
[[nodiscard]] std::vector<std::int32_t> nearestOnSphere(const Mesh& from, const Mesh& to);

} // namespace brainlike
