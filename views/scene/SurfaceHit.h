#pragma once

#include "views/scene/CortexView.h"

#include <optional>

namespace brainlike {

/// Where a line of sight meets a surface first.
struct SurfaceHit {
    int vertex = -1;              ///< nearest corner of the triangle
    std::array<int, 3> corners{}; ///< of the triangle
    double height = 0;            ///< towards the viewer from the panel's centre, mm
};

/// What a panel would show of a hemisphere at a pixel if there were no other.
[[nodiscard]] std::optional<SurfaceHit> frontmost(const PanelView& panel, const CortexSide& side, Hemisphere hemisphere,
                                                  PixelPoint at);

} // namespace brainlike
