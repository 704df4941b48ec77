#include "views/scene/ViewMarks.h"

#include <algorithm>
#include <array>

namespace brainlike {
namespace {

/// Distance of a cross's centre from its panel's edges, layout units.
constexpr double crossInset = 20;
/// A scale bar is at most this long, layout units and share of its panel.
constexpr double longestBar = 90;
constexpr double widestShare = 0.3;
constexpr double barInset = 5;
/// Of a brain with a cross, where several parts share the picture, layout units.
constexpr double leastComparedWidth = 300;
constexpr std::array roundLengths{100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0};

ViewMarks::Bar barOf(const PanelView& panel, double unit) {
    const double longest = std::min(longestBar * unit, widestShare * panel.brain.width);
    const auto* millimetres = std::find_if(roundLengths.begin(), roundLengths.end() - 1,
                                           [&](double length) { return length * panel.pixelsPerMm <= longest; });
    const double length = *millimetres * panel.pixelsPerMm;
    return {{panel.brain.right() - length, panel.brain.bottom() - barInset * unit}, length, *millimetres};
}

} // namespace

ViewMarks marksOf(const CortexView& view, double unit) {
    ViewMarks marks;
    if (view.panels().empty())
        return marks;
    const SurfaceBlend& surface = view.geometry()->surface;
    if (!surface.isFlat())
        for (const PanelView& panel : view.panels())
            // All parts are seen from the same sides; small brains leave no room.
            if (view.parts() == 1 || (panel.spec.part == 0 && panel.brain.width >= leastComparedWidth * unit))
                marks.crosses.push_back(
                    {{panel.brain.left + crossInset * unit, panel.brain.bottom() - crossInset * unit},
                     orientationLetters(panel.axes)});
    if (!surface.isAnatomical())
        return marks;
    if (view.isLinked())
        marks.bars.push_back(barOf(view.panels().back(), unit));
    else
        for (const PanelView& panel : view.panels())
            if (panel.spec.part == 0)
                marks.bars.push_back(barOf(panel, unit));
    return marks;
}

} // namespace brainlike
