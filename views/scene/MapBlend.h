#pragma once

#include "views/scene/MapStack.h"

#include <span>
#include <vector>

namespace brainlike {

/// What is drawn between two checkpoints: values of the maps of both mixed, vertex by vertex, in the colours of the
/// later one. Best layers and labels never mix, nor do maps that have no partner of the same kind and size; a value
/// that is missing on one side is the later one's.
///
/// @param share  0: as before, 1: as after
[[nodiscard]] std::vector<ColoredMap> blendedMaps(std::span<const ColoredMap> before, std::span<const ColoredMap> after,
                                                  double share);

} // namespace brainlike
