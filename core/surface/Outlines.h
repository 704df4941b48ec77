#pragma once

#include "core/surface/Mesh.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// A point of an outline: the mean of two vertices (the middle of an edge) or of three (the middle of a face).
struct OutlinePoint {
    std::array<int, 3> vertices{};
    int count = 2; ///< of `vertices` that take part
    friend bool operator==(const OutlinePoint&, const OutlinePoint&) = default;
};

/// Borders between areas, by vertices, so that they can be drawn on every surface with the same faces.
struct OutlineSegments {
    std::vector<std::array<OutlinePoint, 2>> segments;

    /// Where the segments lie on a surface.
    ///
    /// @param offset  mm along the vertices' normals
    /// @returns points × 3, every two rows one segment
    /// @throws ShapeError if the surface lacks vertices of the outline
    [[nodiscard]] RowMatrix<float> evaluate(const Mesh& mesh, float offset = 0) const;
};

/// The segments between areas: through the middles of the edges of each face whose vertices have different labels, and
/// through the middle of the face where all three differ. A flat surface has other faces than the closed ones: use its
/// own, so that no segment spans its cuts.
/// @throws ShapeError if there is not one label a vertex
[[nodiscard]] OutlineSegments outlineSegments(const Mesh& mesh, std::span<const std::int32_t> labels);

} // namespace brainlike
