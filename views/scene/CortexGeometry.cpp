#include "views/scene/CortexGeometry.h"

#include "views/scene/AreaOutlines.h"

#include <Eigen/Geometry>

namespace brainlike {
namespace {

/// How far outlines lie above the surface, mm.
constexpr float outlineLift = 0.05F;

std::vector<std::uint8_t> cortexMask(const std::optional<Parcellation>& parcellation, Hemisphere hemisphere,
                                     int count) {
    std::vector<std::uint8_t> mask(static_cast<std::size_t>(count), 1);
    if (!parcellation)
        return mask;
    for (int vertex = 0; vertex < count; ++vertex)
        mask[static_cast<std::size_t>(vertex)] = parcellation->areaOf({hemisphere, vertex}) != nullptr;
    return mask;
}

} // namespace

RowMatrix<float> vertexNormals(const Mesh& mesh) {
    RowMatrix<double> normals = RowMatrix<double>::Zero(mesh.points.rows(), 3);
    const RowMatrix<double> points = mesh.points.cast<double>();
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face) {
        const auto corners = mesh.faces.row(face);
        const Eigen::RowVector3d a = points.row(corners[0]);
        const Eigen::RowVector3d b = points.row(corners[1]);
        const Eigen::RowVector3d c = points.row(corners[2]);
        const Eigen::RowVector3d normal = (b - a).cross(c - a);
        for (int corner = 0; corner < 3; ++corner)
            normals.row(corners[corner]) += normal;
    }
    for (Eigen::Index vertex = 0; vertex < normals.rows(); ++vertex)
        if (const double length = normals.row(vertex).norm(); length > 0)
            normals.row(vertex) /= length;
    return normals.cast<float>();
}

void completeCortexGeometry(CortexGeometry& geometry) {
    for (const Hemisphere hemisphere : hemispheres) {
        CortexSide& side = geometry.sides[indexOf(hemisphere)];
        side.normals = vertexNormals(side.mesh);
        side.isCortex = cortexMask(geometry.parcellation, hemisphere, side.mesh.vertexCount());
        if (geometry.parcellation)
            side.outlines =
                areaOutlines(side.mesh, side.normals, geometry.parcellation->side(hemisphere).labels, outlineLift);
    }
    geometry.counts = {geometry.sides[0].mesh.vertexCount(), geometry.sides[1].mesh.vertexCount()};
}

std::shared_ptr<const CortexGeometry> loadCortexGeometry(const Template& source, SurfaceKind surface,
                                                         JobContext& context) {
    auto geometry = std::make_shared<CortexGeometry>();
    geometry->templateName = source.name();
    geometry->surface = surface;
    geometry->parcellation = source.readParcellation();
    for (const Hemisphere hemisphere : hemispheres) {
        context.throwIfCancelled();
        CortexSide& side = geometry->sides[indexOf(hemisphere)];
        side.mesh = source.readSurface(hemisphere, surface);
        side.folding = source.readFolding(hemisphere).value_or(std::vector<float>{});
        context.throwIfCancelled();
        if (surface == SurfaceKind::Pial)
            side.pial = side.mesh.points;
        else if (source.has(SurfaceKind::Pial))
            side.pial = source.readSurface(hemisphere, SurfaceKind::Pial).points;
    }
    context.throwIfCancelled();
    completeCortexGeometry(*geometry);
    return geometry;
}

} // namespace brainlike
