#pragma once

#include "core/color/ColorScale.h"

#include <cstdint>
#include <span>

namespace brainlike {

/// Opacities that a scale gives by threshold and fade, 0 … 255, one a value: the same as of its colours.
/// @throws ShapeError if the sizes differ
void applyOpacity(const ColorScale& scale, std::span<const float> values, std::span<std::uint8_t> opacities);

} // namespace brainlike
