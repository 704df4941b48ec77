#include "views/scene/CortexGeometry.h"

#include "core/base/Error.h"
#include "core/surface/Geometry.h"

#include <Eigen/LU>
#include <Eigen/SVD>
#include <algorithm>
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

namespace {

/// A closed surface turned and moved so that its vertices lie as near to those of a flat one as they can (least
/// squares), without a mirror.
/// Source: Kabsch 1976, Acta Cryst. A32, 922.
RowMatrix<float> laidOver(const Mesh& closed, const Mesh& flat) {
    std::vector<std::uint8_t> isIn(static_cast<std::size_t>(flat.vertexCount()), 0);
    for (const std::int32_t corner : flat.faces.reshaped<Eigen::RowMajor>())
        isIn[static_cast<std::size_t>(corner)] = 1;
    Eigen::RowVector3d from = Eigen::RowVector3d::Zero(), to = from;
    double count = 0;
    for (Eigen::Index vertex = 0; vertex < flat.points.rows(); ++vertex)
        if (isIn[static_cast<std::size_t>(vertex)] != 0) {
            from += closed.points.row(vertex).cast<double>();
            to += flat.points.row(vertex).cast<double>();
            ++count;
        }
    from /= std::max(count, 1.0);
    to /= std::max(count, 1.0);
    Eigen::Matrix3d sums = Eigen::Matrix3d::Zero();
    for (Eigen::Index vertex = 0; vertex < flat.points.rows(); ++vertex)
        if (isIn[static_cast<std::size_t>(vertex)] != 0)
            sums += (closed.points.row(vertex).cast<double>() - from).transpose() *
                    (flat.points.row(vertex).cast<double>() - to);
    const Eigen::JacobiSVD<Eigen::Matrix3d> parts(sums, Eigen::ComputeFullU | Eigen::ComputeFullV);
    const double handedness = (parts.matrixU() * parts.matrixV().transpose()).determinant() < 0 ? -1 : 1;
    const Eigen::Matrix3d turn =
        parts.matrixU() * Eigen::Vector3d(1, 1, handedness).asDiagonal() * parts.matrixV().transpose();
    return (((closed.points.cast<double>().rowwise() - from) * turn).rowwise() + to).cast<float>();
}

/// A share of the way from a closed surface to a flat one: the faces of the flat one, whose cuts open.
CortexSide unfoldedSide(const CortexSide& closed, const CortexSide& flat, double share) {
    if (closed.mesh.points.rows() != flat.mesh.points.rows())
        throw ShapeError({.what = "The flat surface has other vertices",
                          .expected = std::to_string(closed.mesh.vertexCount()) + " vertices",
                          .found = std::to_string(flat.mesh.vertexCount())});
    const auto part = static_cast<float>(share);
    CortexSide side;
    side.mesh.points = (1 - part) * laidOver(closed.mesh, flat.mesh) + part * flat.mesh.points;
    side.mesh.faces = flat.mesh.faces;
    side.folding = closed.folding;
    side.head = closed.head;
    return side;
}

} // namespace

std::shared_ptr<const CortexGeometry> blendedGeometry(const CortexGeometry& from, const CortexGeometry& to,
                                                      double share) {
    auto geometry = std::make_shared<CortexGeometry>();
    geometry->templateName = from.templateName;
    geometry->space = from.space;
    geometry->surface = {from.surface.from, share};
    geometry->counts = from.counts;
    geometry->parcellation = from.parcellation;
    geometry->surfaces = from.surfaces;
    forBoth([&](Hemisphere hemisphere) {
        const std::size_t side = indexOf(hemisphere);
        geometry->sides[side] = to.surface.isFlat() ? unfoldedSide(from.sides[side], to.sides[side], share)
                                                    : blendedSide(from.sides[side], to.sides[side], share);
    });
    if (to.surface.isFlat())
        completeCortexGeometry(*geometry);
    return geometry;
}

std::shared_ptr<const CortexGeometry> loadCortexGeometry(const Template& source, SurfaceKind surface,
                                                         JobContext& context) {
    auto geometry = std::make_shared<CortexGeometry>();
    geometry->templateName = source.name();
    geometry->space = source.space();
    geometry->surface = {surface};
    geometry->parcellation = source.readParcellation();
    geometry->surfaces = source.surfaces();
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
