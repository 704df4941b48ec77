#pragma once

#include "core/surface/Hemisphere.h"

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// Where a hemisphere is looked at from.
enum class ViewDirection { Lateral, Medial, Dorsal, Ventral, Anterior, Posterior, Flat };

/// One panel of a layout: a hemisphere, or both, from one side, in a grid.
struct PanelSpec {
    Hemisphere hemisphere = Hemisphere::Left; ///< of a whole brain: Left
    ViewDirection direction = ViewDirection::Lateral;
    int row = 0;
    int column = 0;
    bool isWhole = false; ///< both hemispheres, beside each other as in the head
    int part = 0;         ///< which of several maps beside each other

    [[nodiscard]] bool shows(Hemisphere which) const { return isWhole || hemisphere == which; }
};

/// Panels of a camera preset: "four-view" (also "four"), "lateral-medial" (one row), "lateral", "medial" (a hemisphere
/// each), "left", "right" (one hemisphere, as large as it gets), "dorsal", "ventral", "anterior", "posterior" (both
/// hemispheres in one panel), "all" (lateral, medial, and from above and below), or "flat".
/// @throws NotFoundError naming the known presets
[[nodiscard]] std::vector<PanelSpec> panelsOf(std::string_view preset);
[[nodiscard]] std::vector<std::string_view> presetNames();

/// "Left · lateral"; "Dorsal" for both hemispheres.
[[nodiscard]] std::string labelOf(const PanelSpec& panel);

/// Rows: which directions of the head (x right, y anterior, z superior) point right, up and towards the viewer.
/// Laterally, the left hemisphere's front is at the left; from above and below the front is at the top; from the front
/// the left hemisphere is at the right.
[[nodiscard]] Eigen::Matrix3d axesOf(const PanelSpec& panel);

/// A letter of the head's directions (A, P, S, I, L, R) and how it lies on the screen.
struct OrientationLetter {
    char letter = 'A';
    Eigen::Vector2d direction = Eigen::Vector2d::Zero(); ///< right and up, at most 1 long; shorter: towards the viewer
};

/// Directions of the head as a panel shows them, those that point less than `leastLength` sideways left out,
/// and of two whose letters would collide the shorter one.
[[nodiscard]] std::vector<OrientationLetter> orientationLetters(const Eigen::Matrix3d& axes, double leastLength = 0.5);

} // namespace brainlike
