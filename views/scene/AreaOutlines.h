#pragma once

#include "core/surface/Outlines.h"

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace brainlike {

/// An edge of a mesh, the lower vertex first.
using MeshEdge = std::pair<int, int>;
/// Where on its edges a border crosses: 0 at the lower vertex, 1 at the other.
using EdgePlaces = std::map<MeshEdge, float>;

/// A point of a face by its corners' weights, which add up to 1; corners without weight may repeat others.
struct FacePoint {
    std::array<std::int32_t, 3> vertices{};
    std::array<float, 3> weights{};
};

/// Outlines ready to be drawn.
struct SmoothOutlines {
    RowMatrix<float> lines; ///< points × 3, every two rows one line
    EdgePlaces places;
    std::vector<FacePoint> points; ///< what the rows of `lines` are made of
};

/// Outlines as they are drawn: just above the surface, and with every point slid along its mesh edge so that the lines
/// run smoothly and the triangles do not show. Each line stays in its face, so none dips below the surface.
///
/// @param normals  vertices × 3
/// @param lift     distance above the surface, mm
[[nodiscard]] SmoothOutlines smoothOutlines(const OutlineSegments& outlines, const Mesh& mesh,
                                            const RowMatrix<float>& normals, float lift);

/// Where points of faces lie, points × 3.
/// @param lift  distance above the surface, mm
[[nodiscard]] RowMatrix<float> placesOf(const std::vector<FacePoint>& points, const Mesh& mesh,
                                        const RowMatrix<float>& normals, float lift);

/// Outlines between those of two surfaces with the same faces and labels: their points go straight from one place in
/// their face to the other.
///
/// @param share    0: those of `from`, 1: those of `to`
/// @param mesh     the surface they are to lie on
/// @throws ShapeError if the two do not consist of the same lines
[[nodiscard]] SmoothOutlines blendedOutlines(const SmoothOutlines& from, const SmoothOutlines& to, double share,
                                             const Mesh& mesh, const RowMatrix<float>& normals, float lift);

} // namespace brainlike
