#pragma once

#include "core/surface/Mesh.h"

#include <cstdint>
#include <span>

namespace brainlike {

/// Borders between areas as smooth lines just above the surface. They run through the middles of the edges whose ends
/// have different labels, and are smoothed along their length so that the mesh's triangles do not show.
///
/// @param normals  vertices × 3
/// @param labels   a value a vertex
/// @param lift     distance above the surface, mm
/// @returns points × 3, every two rows one line
/// @throws ShapeError if labels or normals do not fit the mesh
[[nodiscard]] RowMatrix<float> areaOutlines(const Mesh& mesh, const RowMatrix<float>& normals,
                                            std::span<const std::int32_t> labels, float lift);

} // namespace brainlike
