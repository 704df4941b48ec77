#include "core/surface/Contours.h"

#include "core/base/Error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

ContourPoint crossing(std::span<const float> values, double level, int from, int to) {
    const auto [low, high] = std::minmax(from, to);
    const auto start = static_cast<double>(values[static_cast<std::size_t>(low)]);
    const auto end = static_cast<double>(values[static_cast<std::size_t>(high)]);
    return {{low, high}, (level - start) / (end - start)};
}

/// Both ends at the same vertex.
bool isPoint(const ContourPoint& a, const ContourPoint& b) {
    const auto vertexOf = [](const ContourPoint& point) {
        return point.share == 0 ? point.vertices[0] : point.share == 1 ? point.vertices[1] : -1;
    };
    return vertexOf(a) >= 0 && vertexOf(a) == vertexOf(b);
}

} // namespace

std::vector<std::array<ContourPoint, 2>> contourSegments(const Mesh& mesh, std::span<const float> values,
                                                         double level) {
    if (static_cast<int>(values.size()) != mesh.vertexCount())
        throw ShapeError({.what = "The map does not belong to the surface",
                          .expected = std::to_string(mesh.vertexCount()) + " values",
                          .found = std::to_string(values.size())});
    const auto valueOf = [&](int vertex) { return static_cast<double>(values[static_cast<std::size_t>(vertex)]); };
    std::vector<std::array<ContourPoint, 2>> segments;
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face) {
        const std::array<int, 3> corners{mesh.faces(face, 0), mesh.faces(face, 1), mesh.faces(face, 2)};
        if (!std::all_of(corners.begin(), corners.end(), [&](int corner) { return std::isfinite(valueOf(corner)); }))
            continue;
        std::array<ContourPoint, 2> ends;
        std::size_t count = 0;
        for (std::size_t corner = 0; corner < 3; ++corner) {
            const int from = corners[corner];
            const int to = corners[(corner + 1) % 3];
            if ((valueOf(from) >= level) != (valueOf(to) >= level))
                ends[count++] = crossing(values, level, from, to);
        }
        if (count == 2 && !isPoint(ends[0], ends[1]))
            segments.push_back(ends);
    }
    return segments;
}

} // namespace brainlike
