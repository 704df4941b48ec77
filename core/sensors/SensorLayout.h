#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace brainlike {

/// A place in a flat picture of the head: x to the right ear, y to the nose.
using SensorPlace = std::array<double, 2>;

/// Where sensors are drawn: inside a head that is the unit circle, seen from above.
struct SensorLayout {
    std::vector<std::optional<SensorPlace>> places; ///< a sensor; nothing where it has no position
    std::vector<SensorPlace> hull;                  ///< convex hull of the places, anticlockwise
};

/// Lays sensors out flat: azimuthal equidistant around the centre of the sphere that fits them best (sensors that lie
/// in one plane: that plane's x and y), scaled so that the outermost is at 0.95.
///
/// @param positions  m, x right, y front, z up; not finite: that sensor has none
/// @returns nothing where fewer than three sensors have a position, or all of them lie on one line or at one place
[[nodiscard]] std::optional<SensorLayout> sensorLayout(std::span<const std::array<double, 3>> positions);

/// Convex hull, anticlockwise from the lowest of the leftmost points; points on its edges are left out.
/// Source: Andrew 1979 (monotone chain).
[[nodiscard]] std::vector<SensorPlace> convexHull(std::span<const SensorPlace> points);

/// True inside a polygon or on its left edges (even-odd rule).
[[nodiscard]] bool isInside(std::span<const SensorPlace> polygon, const SensorPlace& point);

} // namespace brainlike
