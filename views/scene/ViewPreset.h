#pragma once

#include "core/surface/Hemisphere.h"

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// Where a hemisphere is looked at from.
enum class ViewDirection { Lateral, Medial, Dorsal, Ventral, Flat };

/// One panel of a layout: a hemisphere from one side, in a grid.
struct PanelSpec {
    Hemisphere hemisphere = Hemisphere::Left;
    ViewDirection direction = ViewDirection::Lateral;
    int row = 0;
    int column = 0;
};

/// Panels of a camera preset: "four-view" (also "four"), "lateral-medial" (one row), "left", "right", "dorsal",
/// "ventral", or "flat".
/// @throws NotFoundError naming the known presets
[[nodiscard]] std::vector<PanelSpec> panelsOf(std::string_view preset);
[[nodiscard]] std::vector<std::string_view> presetNames();

/// "Left · lateral".
[[nodiscard]] std::string labelOf(const PanelSpec& panel);

/// Rows: which directions of the head (x right, y anterior, z superior) point right, up and towards the viewer.
/// Laterally, the left hemisphere's front is at the left; from above and below the front is at the top.
[[nodiscard]] Eigen::Matrix3d axesOf(const PanelSpec& panel);

} // namespace brainlike
