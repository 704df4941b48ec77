#pragma once

#include <string_view>

namespace brainlike {

/// Strength of the image-driven response of an area of HCP-MMP1: share of a vertex's standard deviation, 0 … 1. High in
/// early visual cortex, falling along both streams, small in prefrontal cortex, next to nothing elsewhere.
[[nodiscard]] double plantedAmplitude(std::string_view area);

} // namespace brainlike
