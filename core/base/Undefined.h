#pragma once

#include <limits>

namespace brainlike {

/// What a number is that could not be computed: NaN.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
inline constexpr float undefinedFloat = std::numeric_limits<float>::quiet_NaN();

} // namespace brainlike
