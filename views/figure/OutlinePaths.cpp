#include "views/figure/OutlinePaths.h"

#include "views/scene/VisibleLines.h"

namespace brainlike {
namespace {

void addLines(const CortexView& view, Hemisphere hemisphere, const RowMatrix<float>& lines, double pixelsPerUnit,
              std::optional<int> part, QPainterPath& path) {
    for (const auto& chain : visibleLines(view, hemisphere, lines, part)) {
        path.moveTo(chain.front().x / pixelsPerUnit, chain.front().y / pixelsPerUnit);
        for (std::size_t point = 1; point < chain.size(); ++point)
            path.lineTo(chain[point].x / pixelsPerUnit, chain[point].y / pixelsPerUnit);
    }
}

} // namespace

QPainterPath visibleOutlines(const CortexView& view, double pixelsPerUnit) {
    QPainterPath path;
    for (const Hemisphere hemisphere : hemispheres)
        if (view.geometry())
            addLines(view, hemisphere, view.geometry()->side(hemisphere).outlines.lines, pixelsPerUnit, {}, path);
    return path;
}

QPainterPath visiblePath(const CortexView& view, const SurfaceLines& lines, double pixelsPerUnit,
                         std::optional<int> part) {
    QPainterPath path;
    for (const Hemisphere hemisphere : hemispheres)
        if (view.geometry()) {
            const CortexSide& side = view.geometry()->side(hemisphere);
            const auto places = placesOf(lines.points[indexOf(hemisphere)], side.mesh, side.normals, outlineLift);
            addLines(view, hemisphere, places, pixelsPerUnit, part, path);
        }
    return path;
}

} // namespace brainlike
