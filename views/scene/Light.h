#pragma once

#include <array>

namespace brainlike {

/// A lamp that stays where the viewer is.
struct Lamp {
    std::array<double, 3> from; ///< in the viewer's frame: right, up, towards the viewer
    double intensity;
};

/// A main light from above left and a fill from below right keep shape readable and add up to 1 for what faces the
/// viewer.
inline constexpr std::array lamps{Lamp{{-0.35, 0.55, 1.0}, 0.78}, Lamp{{0.6, -0.35, 0.8}, 0.34}};

/// How much of its own colour a surface shows in the dark, and how much more in the light. Together they make 0.98 of
/// what faces the viewer and no more than 1.01 anywhere: light changes a colour's brightness, never its hue, and no
/// channel saturates.
inline constexpr double ambientLight = 0.42;
inline constexpr double diffuseLight = 0.62;

} // namespace brainlike
