#include "views/scene/ViewMarks.h"

#include <algorithm>
#include <array>
#include <optional>

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
/// Of a brain whose cross may lie on it, layout units.
constexpr double leastCoveredWidth = 240;
/// From a cross's centre to beyond its letters, layout units.
constexpr double crossReach = 22;
constexpr std::array roundLengths{100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0};

ViewMarks::Bar barOf(const PanelView& panel, double unit) {
    const double longest = std::min(longestBar * unit, widestShare * panel.brain.width);
    const auto* millimetres = std::find_if(roundLengths.begin(), roundLengths.end() - 1,
                                           [&](double length) { return length * panel.pixelsPerMm <= longest; });
    const double length = *millimetres * panel.pixelsPerMm;
    return {{panel.brain.right() - length, panel.brain.bottom() - barInset * unit}, length, *millimetres};
}

/// No brain lies below a cross.
bool isFree(const CortexView& view, PixelPoint centre, const std::vector<OrientationLetter>& letters, double unit) {
    const auto isBrain = [&](const Eigen::Vector2d& offset) {
        return view.pick({centre.x + offset.x() * unit, centre.y - offset.y() * unit}).has_value();
    };
    if (isBrain({0, 0}))
        return false;
    return std::ranges::none_of(letters, [&](const OrientationLetter& letter) {
        const Eigen::Vector2d beside(-letter.direction.y(), letter.direction.x());
        const Eigen::Vector2d tip = crossReach * letter.direction;
        const Eigen::Vector2d half = 0.3 * crossReach * beside;
        return isBrain(0.5 * tip) || isBrain(tip) || isBrain(tip + half) || isBrain(tip - half);
    });
}

/// In the first corner of a panel that is free of brain, else in the lower left one unless it would hide much of a
/// small brain; always there once the brain is turned, since it would jump.
std::optional<PixelPoint> crossCentre(const CortexView& view, const PanelView& panel,
                                      const std::vector<OrientationLetter>& letters, double unit) {
    const PixelBox& box = panel.brain;
    const double inset = crossInset * unit;
    const PixelPoint usual{box.left + inset, box.bottom() - inset};
    if (view.isTurned() || isFree(view, usual, letters, unit))
        return usual;
    // A scale bar may lie in the lower right one.
    std::vector<PixelPoint> others{{box.left + inset, box.top + inset}, {box.right() - inset, box.top + inset}};
    if (!view.geometry()->surface.isAnatomical())
        others.insert(others.begin(), {box.right() - inset, box.bottom() - inset});
    const auto found = std::ranges::find_if(others, [&](PixelPoint at) { return isFree(view, at, letters, unit); });
    if (found != others.end())
        return *found;
    return box.width < leastCoveredWidth * unit ? std::nullopt : std::optional(usual);
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
            if (view.parts() == 1 || (panel.spec.part == 0 && panel.brain.width >= leastComparedWidth * unit)) {
                const auto letters = orientationLetters(panel.axes);
                if (const auto centre = crossCentre(view, panel, letters, unit))
                    marks.crosses.push_back({*centre, letters});
            }
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
