#pragma once

#include "core/surface/Hemisphere.h"
#include "core/surface/Mesh.h"

#include <span>

namespace brainlike {

/// Takes the values off the medial wall of a map that holds exactly 0 there: off one connected region with (nearly) all
/// zeros of the hemisphere, 4 to 16 % of its vertices, that lies on the medial side. Zeros that are scattered, as those
/// of a map cut at a threshold, stay what they are.
///
/// @param values  of the hemisphere; NaN on the wall afterwards
/// @param mesh    a closed surface of it
/// @returns the number of vertices of the wall; 0: there is none
int clearMedialWall(std::span<float> values, const Mesh& mesh, Hemisphere hemisphere);

/// There are as many zeros as a wall has: worth reading a surface for.
[[nodiscard]] bool mayHoldWall(std::span<const float> values);

} // namespace brainlike
