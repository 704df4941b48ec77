#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// Pixels along each side of a simulated image.
inline constexpr int paintedSide = 48;

/// A picture of what an image's factors are, so that images that brains and models respond to alike look alike: the
/// sensory factors are colour, light and stripes, the abstract ones a shape, its place and its colour.
///
/// @param factors  factorCount values
/// @returns red, green, blue of each pixel, row by row
[[nodiscard]] std::vector<std::uint8_t> paintImage(std::span<const float> factors);

} // namespace brainlike
