#pragma once

#include "core/surface/Parcellation.h"
#include "views/scene/CortexView.h"

#include <functional>
#include <string>
#include <vector>

namespace brainlike {

/// The name of an area where it is written.
struct AreaName {
    PixelPoint centre;
    std::string name;
};

/// Width and height of a text, pixels.
struct TextSize {
    double width = 0, height = 0;
};

/// Names of areas at the middle of what is seen of each, in every panel, only where the whole text lies on the area.
[[nodiscard]] std::vector<AreaName> placeAreaNames(const CortexView& view, const Parcellation& parcellation,
                                                   const std::function<TextSize(const std::string&)>& sizeOf);

} // namespace brainlike
