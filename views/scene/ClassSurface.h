#pragma once

#include "core/surface/Mesh.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// A mesh cut along the borders between classes, so that a colour a class is never mixed with its neighbour's: every
/// triangle has corners of one class only. Cuts run through the middles of edges, like area outlines.
struct ClassSurface {
    /// A point of the cut mesh: the mean of one, two or three vertices of the mesh, coloured as `owner`.
    struct Point {
        int owner = 0;
        std::array<int, 3> of{}; ///< vertices; repeated where there are fewer than three
        int count = 1;
    };

    std::vector<Point> added;      ///< points beyond the mesh's own vertices, which come first
    RowMatrix<std::int32_t> faces; ///< faces × 3
};

/// Cuts a mesh by a class a vertex (any value).
/// @throws ShapeError if the sizes differ
[[nodiscard]] ClassSurface cutByClass(const Mesh& mesh, std::span<const std::int16_t> classes);

/// Positions or normals of the cut mesh: `values` (vertices × 3), then a row an added point.
[[nodiscard]] RowMatrix<float> extended(const RowMatrix<float>& values, const ClassSurface& surface);

} // namespace brainlike
