#pragma once

#include "core/surface/Outlines.h"

#include <map>
#include <utility>

namespace brainlike {

/// An edge of a mesh, the lower vertex first.
using MeshEdge = std::pair<int, int>;
/// Where on its edges a border crosses: 0 at the lower vertex, 1 at the other.
using EdgePlaces = std::map<MeshEdge, float>;

/// Outlines ready to be drawn.
struct SmoothOutlines {
    RowMatrix<float> lines; ///< points × 3, every two rows one line
    EdgePlaces places;
};

/// Outlines as they are drawn: just above the surface, and with every point slid along its mesh edge so that the lines
/// run smoothly and the triangles do not show. Each line stays in its face, so none dips below the surface.
///
/// @param normals  vertices × 3
/// @param lift     distance above the surface, mm
[[nodiscard]] SmoothOutlines smoothOutlines(const OutlineSegments& outlines, const Mesh& mesh,
                                            const RowMatrix<float>& normals, float lift);

} // namespace brainlike
