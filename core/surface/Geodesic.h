#pragma once

#include "core/surface/Mesh.h"

#include <span>
#include <vector>

namespace brainlike {

/// A vertex and how far along the surface it lies from where a search began, mm.
struct ReachedVertex {
    int vertex = 0;
    double distance = 0;
};

/// Distances along a surface, across its faces. Made once a mesh; searching is quick as long as the limit is small.
class GeodesicSearch {
public:
    /// @param points  vertices × 3, mm: those of the mesh, or of another surface with the same faces
    GeodesicSearch(const RowMatrix<float>& points, const RowMatrix<std::int32_t>& faces);

    /// The vertices that lie within `limit` mm of a vertex, the nearest first; the vertex itself is the first. Vertices
    /// are reached in order of distance (as Dijkstra's); a distance goes straight across a face as if from one point in
    /// its plane, which its two reached corners tell (Novotni and Klein 2002). Exact in a plane of acute triangles,
    /// about 1 % off on curved surfaces.
    [[nodiscard]] std::vector<ReachedVertex> within(int source, double limit) const;

private:
    struct Corner {
        int first = 0, second = 0; ///< the face's other two vertices
    };
    [[nodiscard]] double distanceBetween(int a, int b) const;
    [[nodiscard]] double across(int a, int b, int target, double toA, double toB) const;

    RowMatrix<double> m_points;
    std::vector<int> m_offsets; ///< where a vertex's corners start; one more at the end
    std::vector<Corner> m_corners;
};

} // namespace brainlike
