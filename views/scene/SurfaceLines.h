#pragma once

#include "core/color/ColorMap.h"
#include "views/scene/AreaOutlines.h"

#include <array>
#include <vector>

namespace brainlike {

/// Lines of one colour on both hemispheres, by the faces they lie in, so that they follow the surface.
struct SurfaceLines {
    std::array<std::vector<FacePoint>, 2> points; ///< left, right; every two one line
    Rgba8 color;
    Rgba8 casing{10, 12, 16, 255}; ///< along both edges, so that the line shows on any colour

    [[nodiscard]] bool empty() const { return points[0].empty() && points[1].empty(); }
};

} // namespace brainlike
