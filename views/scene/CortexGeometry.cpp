#include "views/scene/CortexGeometry.h"

#include "core/base/Error.h"
#include "core/surface/Geometry.h"

#include <future>
#include <limits>
#include <string>

namespace brainlike {
namespace {

std::vector<std::uint8_t> cortexMask(const std::optional<Parcellation>& parcellation, Hemisphere hemisphere,
                                     int count) {
    std::vector<std::uint8_t> mask(static_cast<std::size_t>(count), 1);
    if (!parcellation)
        return mask;
    for (int vertex = 0; vertex < count; ++vertex)
        mask[static_cast<std::size_t>(vertex)] = parcellation->areaOf({hemisphere, vertex}) != nullptr;
    return mask;
}

/// Flat surfaces have points beyond those of their faces, which are not drawn.
Extent extentOf(const Mesh& mesh) {
    constexpr float infinite = std::numeric_limits<float>::infinity();
    Eigen::Vector3f low = Eigen::Vector3f::Constant(infinite);
    Eigen::Vector3f high = Eigen::Vector3f::Constant(-infinite);
    const std::int32_t* vertex = mesh.faces.data();
    for (Eigen::Index i = 0; i < mesh.faces.size(); ++i) {
        const Eigen::Map<const Eigen::Vector3f> point(mesh.points.data() + 3 * std::ptrdiff_t{vertex[i]});
        low = low.cwiseMin(point);
        high = high.cwiseMax(point);
    }
    return mesh.faceCount() > 0 ? Extent{low.cast<double>(), high.cast<double>()} : Extent{};
}

void completeSide(CortexGeometry& geometry, Hemisphere hemisphere) {
    CortexSide& side = geometry.sides[indexOf(hemisphere)];
    side.normals = normalsOf(side.mesh);
    side.isCortex = cortexMask(geometry.parcellation, hemisphere, side.mesh.vertexCount());
    side.extent = extentOf(side.mesh);
    side.tree = FaceTree(side.mesh);
    if (geometry.parcellation)
        side.outlines = smoothOutlines(outlineSegments(side.mesh, geometry.parcellation->side(hemisphere).labels),
                                       side.mesh, side.normals, outlineLift);
}

CortexSide blendedSide(const CortexSide& from, const CortexSide& to, double share) {
    if (from.mesh.points.rows() != to.mesh.points.rows() || from.mesh.faces != to.mesh.faces)
        throw ShapeError({.what = "There is nothing between these two surfaces: their faces differ",
                          .expected = std::to_string(from.mesh.faceCount()) + " faces",
                          .found = std::to_string(to.mesh.faceCount())});
    const auto part = static_cast<float>(share);
    CortexSide side;
    side.mesh.points = (1 - part) * from.mesh.points + part * to.mesh.points;
    side.mesh.faces = from.mesh.faces;
    side.normals = normalsOf(side.mesh);
    side.folding = from.folding;
    side.isCortex = from.isCortex;
    side.outlines = blendedOutlines(from.outlines, to.outlines, share, side.mesh, side.normals, outlineLift);
    side.head = from.head;
    side.extent = extentOf(side.mesh);
    side.tree = from.tree.refitted(side.mesh);
    return side;
}

/// Runs the same for both hemispheres side by side.
template <typename Work>
void forBoth(Work work) {
    auto left = std::async(std::launch::async, [&work] { work(Hemisphere::Left); });
    work(Hemisphere::Right);
    left.get();
}

} // namespace

void completeCortexGeometry(CortexGeometry& geometry) {
    forBoth([&geometry](Hemisphere hemisphere) { completeSide(geometry, hemisphere); });
    geometry.counts = {geometry.sides[0].mesh.vertexCount(), geometry.sides[1].mesh.vertexCount()};
}

std::shared_ptr<const CortexGeometry> blendedGeometry(const CortexGeometry& from, const CortexGeometry& to,
                                                      double share) {
    auto geometry = std::make_shared<CortexGeometry>();
    geometry->templateName = from.templateName;
    geometry->space = from.space;
    geometry->surface = {from.surface.from, share};
    geometry->counts = from.counts;
    geometry->parcellation = from.parcellation;
    forBoth([&](Hemisphere hemisphere) {
        const std::size_t side = indexOf(hemisphere);
        geometry->sides[side] = blendedSide(from.sides[side], to.sides[side], share);
    });
    return geometry;
}

std::shared_ptr<const CortexGeometry> loadCortexGeometry(const Template& source, SurfaceKind surface,
                                                         JobContext& context) {
    auto geometry = std::make_shared<CortexGeometry>();
    geometry->templateName = source.name();
    geometry->space = source.space();
    geometry->surface = {surface};
    geometry->parcellation = source.readParcellation();
    forBoth([&](Hemisphere hemisphere) {
        context.throwIfCancelled();
        CortexSide& side = geometry->sides[indexOf(hemisphere)];
        side.mesh = source.readSurface(hemisphere, surface);
        side.folding = source.readFolding(hemisphere).value_or(std::vector<float>{});
        context.throwIfCancelled();
        if (const auto anatomical = source.anatomicalSurface())
            side.head = surface == *anatomical ? side.mesh.points : source.readSurface(hemisphere, *anatomical).points;
    });
    context.throwIfCancelled();
    completeCortexGeometry(*geometry);
    return geometry;
}

std::shared_ptr<const CortexGeometry> loadCortexGeometry(const Template& source, const SurfaceBlend& surface,
                                                         JobContext& context) {
    const auto from = loadCortexGeometry(source, surface.from, context);
    return surface.isPure() ? from
                            : blendedGeometry(*from, *loadCortexGeometry(source, surface.to(), context), surface.share);
}

} // namespace brainlike
