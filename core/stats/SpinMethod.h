#pragma once

#include <string_view>

namespace brainlike {

/// How a rotated map is brought back to the points.
enum class SpinMethod {
    AlexanderBloch, ///< each point takes the value of the nearest rotated point; for vertices
    Vasa,           ///< one to one, the point with the farthest neighbour first; for parcels
    Hungarian       ///< one to one, smallest total distance; for parcels
};

/// "alexander-bloch", "vasa", "hungarian".
[[nodiscard]] std::string_view nameOf(SpinMethod method);

/// @throws ValueError listing the names
[[nodiscard]] SpinMethod spinMethodNamed(std::string_view name);

} // namespace brainlike
