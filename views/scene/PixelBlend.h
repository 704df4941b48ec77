#pragma once

#include "core/color/ColorMap.h"

#include <cstdint>
#include <span>

// Many colours over many others; channels are rounded to the nearest whole number.

namespace brainlike {

/// `top` over `bottom` in place. Below, channels are multiplied with their opacity already (as those of opaque colours
/// are); above, they are not. @throws ShapeError if the sizes differ
void blendOver(std::span<Rgba8> bottom, std::span<const Rgba8> top);

/// Multiplies channels with their opacity, as `blendOver` wants them below.
void multiplyByOpacity(std::span<Rgba8> colors);

/// Divides channels by their opacity, after `blendOver`.
void divideByOpacity(std::span<Rgba8> colors);

/// Multiplies opacities with a share, 0 … 1.
void fade(std::span<Rgba8> colors, double share);

/// Multiplies shares, 0 … 255, with others. @throws ShapeError if the sizes differ
void multiplyShares(std::span<std::uint8_t> shares, std::span<const std::uint8_t> others);

/// Multiplies each opacity with a share of its own, 0 … 255. @throws ShapeError if the sizes differ
void fadeEach(std::span<Rgba8> colors, std::span<const std::uint8_t> shares);

} // namespace brainlike
