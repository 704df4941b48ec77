#pragma once

#include "core/surface/Mesh.h"
#include "views/scene/AreaOutlines.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// A mesh cut along the borders between classes, so that a colour a class is never mixed with its neighbour's: every
/// triangle has corners of one class only.
struct ClassSurface {
    /// A point of the cut mesh, coloured as `owner`: on the edge of two vertices, or the mean of three.
    struct Point {
        int owner = 0;
        std::array<int, 3> of{}; ///< vertices; the third is unused on an edge
        int count = 2;
        float place = 0.5F; ///< on an edge: 0 at the first vertex, 1 at the second
        std::array<float, 3> weights{1 / 3.0F, 1 / 3.0F, 1 / 3.0F}; ///< in a face: of its vertices
    };

    std::vector<Point> added;      ///< points beyond the mesh's own vertices, which come first
    RowMatrix<std::int32_t> faces; ///< faces × 3
};

/// Where the border of one class, or all borders, are to run instead of through the middles of edges.
struct SmoothBorder {
    std::int16_t ofClass = 0;
    const EdgePlaces& places; ///< edges that are not among them are cut in the middle
    bool isOfAll = false;
};

/// Most borders between classes run where a set of places is known, as those of a label map do whose areas are
/// outlined. Looks at no more than some thousand edges.
[[nodiscard]] bool followPlaces(const Mesh& mesh, std::span<const std::int16_t> classes, const EdgePlaces& places);

/// Class of vertices that no map covers.
inline constexpr std::int16_t medialWallClass = -2;

/// Cuts a mesh by a class a vertex (any value).
/// @throws ShapeError if the sizes differ
[[nodiscard]] ClassSurface cutByClass(const Mesh& mesh, std::span<const std::int16_t> classes,
                                      const SmoothBorder& border = {0, {}});

/// Runs the border of a mesh that is cut already elsewhere: same points and faces, other places.
void moveBorder(ClassSurface& surface, std::span<const std::int16_t> classes, const SmoothBorder& border);

/// Positions or normals of the cut mesh: `values` (vertices × 3), then a row an added point.
[[nodiscard]] RowMatrix<float> extended(const RowMatrix<float>& values, const ClassSurface& surface);

} // namespace brainlike
