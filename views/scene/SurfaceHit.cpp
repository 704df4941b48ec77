#include "views/scene/SurfaceHit.h"

#include <cmath>

namespace brainlike {
namespace {

/// Twice the signed area of (a, b, origin).
double crossed(const Eigen::RowVector3d& a, const Eigen::RowVector3d& b) {
    return a.x() * b.y() - a.y() * b.x();
}

/// Height above the origin of the plane through three points, if the origin lies inside of their triangle.
std::optional<double> heightAtOrigin(const Eigen::RowVector3d& a, const Eigen::RowVector3d& b,
                                     const Eigen::RowVector3d& c) {
    const double wc = crossed(a, b);
    const double wa = crossed(b, c);
    const double wb = crossed(c, a);
    const double sum = wa + wb + wc;
    // Points on an edge belong to both triangles, rounding notwithstanding.
    const double slack = 1e-9 * std::abs(sum);
    const bool inside = (wa >= -slack && wb >= -slack && wc >= -slack) || (wa <= slack && wb <= slack && wc <= slack);
    if (!inside || sum == 0)
        return std::nullopt;
    return (wa * a.z() + wb * b.z() + wc * c.z()) / sum;
}

} // namespace

std::optional<SurfaceHit> frontmost(const PanelView& panel, const CortexSide& side, PixelPoint at) {
    // Points seen from the pixel: x right, y up, z towards the viewer, in mm; the line of sight is the z axis.
    const Eigen::RowVector3d sight((at.x - panel.anchor.x) / panel.pixelsPerMm,
                                   (panel.anchor.y - at.y) / panel.pixelsPerMm, 0);
    const RowMatrix<double> seen =
        ((side.mesh.points.cast<double>().rowwise() - panel.centre.transpose()) * panel.axes.transpose()).rowwise() -
        sight;
    std::optional<SurfaceHit> best;
    for (Eigen::Index face = 0; face < side.mesh.faces.rows(); ++face) {
        const std::array<int, 3> corners{side.mesh.faces(face, 0), side.mesh.faces(face, 1), side.mesh.faces(face, 2)};
        const auto height = heightAtOrigin(seen.row(corners[0]), seen.row(corners[1]), seen.row(corners[2]));
        if (height && (!best || *height > best->height))
            best = SurfaceHit{.vertex = corners[0], .corners = corners, .height = *height};
    }
    if (!best)
        return best;
    double nearest = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const double distance = (seen.row(best->corners[i]) - Eigen::RowVector3d(0, 0, best->height)).squaredNorm();
        if (i == 0 || distance < nearest) {
            nearest = distance;
            best->vertex = best->corners[i];
        }
    }
    return best;
}

} // namespace brainlike
