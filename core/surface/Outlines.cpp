#include "core/surface/Outlines.h"

#include "core/base/Error.h"
#include "core/surface/Geometry.h"

#include <algorithm>

namespace brainlike {

OutlineSegments outlineSegments(const Mesh& mesh, std::span<const std::int32_t> labels) {
    if (static_cast<int>(labels.size()) != mesh.vertexCount())
        throw ShapeError({.what = "The labels do not belong to the surface",
                          .expected = std::to_string(mesh.vertexCount()) + " labels",
                          .found = std::to_string(labels.size())});
    OutlineSegments outline;
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face) {
        const std::array<int, 3> corners{mesh.faces(face, 0), mesh.faces(face, 1), mesh.faces(face, 2)};
        const auto labelOf = [&](std::size_t corner) { return labels[static_cast<std::size_t>(corners[corner])]; };
        if (labelOf(0) == labelOf(1) && labelOf(0) == labelOf(2))
            continue;
        std::vector<OutlinePoint> crossings;
        for (std::size_t corner = 0; corner < 3; ++corner) {
            const auto [low, high] = std::minmax(corners[corner], corners[(corner + 1) % 3]);
            if (labels[static_cast<std::size_t>(low)] != labels[static_cast<std::size_t>(high)])
                crossings.push_back({{low, high, 0}, 2});
        }
        if (crossings.size() == 2)
            outline.segments.push_back({crossings[0], crossings[1]});
        if (crossings.size() == 3)
            for (const OutlinePoint& crossing : crossings)
                outline.segments.push_back({crossing, OutlinePoint{corners, 3}});
    }
    return outline;
}

RowMatrix<float> OutlineSegments::evaluate(const Mesh& mesh, float offset) const {
    RowMatrix<float> lifted = mesh.points;
    if (offset != 0)
        lifted += offset * normalsOf(mesh);
    RowMatrix<float> points = RowMatrix<float>::Zero(static_cast<Eigen::Index>(2 * segments.size()), 3);
    Eigen::Index row = 0;
    for (const auto& segment : segments)
        for (const OutlinePoint& point : segment) {
            for (int index = 0; index < point.count; ++index) {
                const int vertex = point.vertices[static_cast<std::size_t>(index)];
                if (vertex >= mesh.vertexCount())
                    throw ShapeError({.what = "The outline belongs to another surface",
                                      .expected = "a vertex below " + std::to_string(mesh.vertexCount()),
                                      .found = std::to_string(vertex)});
                points.row(row) += lifted.row(vertex) / static_cast<float>(point.count);
            }
            ++row;
        }
    return points;
}

} // namespace brainlike
