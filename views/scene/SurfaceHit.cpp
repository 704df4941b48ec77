#include "views/scene/SurfaceHit.h"

namespace brainlike {

std::optional<SurfaceHit> frontmost(const PanelView& panel, const CortexSide& side, Hemisphere hemisphere,
                                    PixelPoint at) {
    const Eigen::Vector3d origin = panel.axes * (panel.centre - panel.offsetOf(hemisphere));
    const Eigen::Vector2d sight = origin.head<2>() + Eigen::Vector2d((at.x - panel.anchor.x) / panel.pixelsPerMm,
                                                                     (panel.anchor.y - at.y) / panel.pixelsPerMm);
    const auto found = side.tree.frontmost(side.mesh, panel.axes, sight);
    if (!found)
        return std::nullopt;
    SurfaceHit hit{.height = found->height - origin.z()};
    const Eigen::Vector3d place(sight.x(), sight.y(), found->height);
    double nearest = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        hit.corners[i] = side.mesh.faces(found->face, static_cast<Eigen::Index>(i));
        const Eigen::Vector3d corner = panel.axes * side.mesh.points.row(hit.corners[i]).transpose().cast<double>();
        const double distance = (corner - place).squaredNorm();
        if (i == 0 || distance < nearest) {
            nearest = distance;
            hit.vertex = hit.corners[i];
        }
    }
    return hit;
}

} // namespace brainlike
