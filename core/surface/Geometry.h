#pragma once

#include "core/surface/Mesh.h"
#include "core/surface/Parcellation.h"

#include <Eigen/Core>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// Mean of an area's vertex coordinates, mm; nothing if the hemisphere has no vertex of that name.
/// @throws ShapeError if the labels do not belong to the mesh
/// Source: METHODS 6 "Spatial score".
[[nodiscard]] std::optional<Eigen::Vector3d> areaCentroid(const Mesh& mesh, const Annotation& annotation,
                                                          std::string_view areaName);

/// Centroids of all areas, areas × 3, mm, in the order of `annotation.areas`; NaN where an area has no vertices.
/// @throws ShapeError as areaCentroid
[[nodiscard]] RowMatrix<double> areaCentroids(const Mesh& mesh, const Annotation& annotation);

/// Distance of each area's centroid to that of `origin`, mm, in the order of `annotation.areas`: d* of METHODS 6 on the
/// pial surface. NaN where an area has no vertices, and everywhere if there is no origin.
/// @throws ShapeError as areaCentroid
[[nodiscard]] std::vector<double> areaDistances(const Mesh& mesh, const Annotation& annotation,
                                                std::string_view origin = "V1");

/// Distance of each vertex to the centroid of `origin`, mm; NaN if there is no origin.
/// @throws ShapeError as areaCentroid
[[nodiscard]] std::vector<double> vertexDistances(const Mesh& mesh, const Annotation& annotation,
                                                  std::string_view origin = "V1");

/// Whose coordinates those of a surface are. Only fsaverage's are known in another space as well: those of a subject's
/// own surfaces, or of fsLR, must never go through `mni152FromMni305`.
struct CoordinateSpace {
    std::string name;      ///< "MNI305", or the template's name
    bool isMni305 = false; ///< as of fsaverage and its coarser versions
    friend bool operator==(const CoordinateSpace&, const CoordinateSpace&) = default;
};

/// From fsaverage's coordinates (MNI305) to MNI152, mm. Source: FreeSurfer's published affine, METHODS 6.
[[nodiscard]] Eigen::Vector3d mni152FromMni305(const Eigen::Vector3d& point);

/// The vertex nearest to a point, the first of equals; −1 for a mesh without vertices.
[[nodiscard]] int nearestVertex(const Mesh& mesh, const Eigen::Vector3d& point);

/// Neighbours of every vertex along edges, one list after the other.
struct VertexNeighbors {
    std::vector<int> offsets;   ///< where a vertex's list starts; one more at the end
    std::vector<int> neighbors; ///< ascending within a list

    [[nodiscard]] std::span<const int> of(int vertex) const {
        const auto begin = static_cast<std::size_t>(offsets[static_cast<std::size_t>(vertex)]);
        const auto end = static_cast<std::size_t>(offsets[static_cast<std::size_t>(vertex) + 1]);
        return std::span(neighbors).subspan(begin, end - begin);
    }
};

/// @param mesh  with faces of vertices that exist, as every reader makes sure
[[nodiscard]] VertexNeighbors vertexNeighbors(const Mesh& mesh);

/// Unit normals, vertices × 3: the mean of the neighbouring faces' normals by area; 0 where a vertex has no face.
[[nodiscard]] RowMatrix<float> normalsOf(const Mesh& mesh);

} // namespace brainlike
