#include "views/scene/CortexGeometry.h"

#include "core/surface/Geometry.h"

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

void completeCortexGeometry(CortexGeometry& geometry) {
    for (const Hemisphere hemisphere : hemispheres) {
        CortexSide& side = geometry.sides[indexOf(hemisphere)];
        side.normals = normalsOf(side.mesh);
        side.isCortex = cortexMask(geometry.parcellation, hemisphere, side.mesh.vertexCount());
        if (geometry.parcellation)
            side.outlines = smoothOutlines(outlineSegments(side.mesh, geometry.parcellation->side(hemisphere).labels),
                                           side.mesh, side.normals, outlineLift);
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
