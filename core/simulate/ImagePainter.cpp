#include "core/simulate/ImagePainter.h"

#include "core/base/Error.h"
#include "core/simulate/LatentFactors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace brainlike {
namespace {

using Color = std::array<double, 3>;

/// 0 … 1, growing with a normal value.
double share(float value) {
    return 0.5 * std::erfc(-static_cast<double>(value) / std::numbers::sqrt2);
}

/// A colour of full saturation at a place of the circle of hues, 0 … 1.
Color hueColor(double hue) {
    Color color{};
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const double turned = hue + static_cast<double>(channel) / 3;
        color[channel] = std::clamp(std::abs(6 * (turned - std::floor(turned)) - 3) - 1, 0.0, 1.0);
    }
    return color;
}

/// Distance to the middle at which a shape of 3 to 6 rounded corners ends, in an angle's direction.
double radiusAt(double angle, int corners, double size) {
    return size * (1 + 0.22 * std::cos(corners * angle));
}

} // namespace

std::vector<std::uint8_t> paintImage(std::span<const float> factors) {
    if (factors.size() != static_cast<std::size_t>(factorCount))
        throw ShapeError({.what = "An image is painted from all its factors",
                          .expected = std::to_string(factorCount) + " values",
                          .found = std::to_string(factors.size())});
    const auto at = [&](std::size_t factor) { return share(factors[factor]); };
    const Color ground = hueColor(0.85 * at(0));
    const Color shape = hueColor(0.85 * at(8));
    const double light = 0.25 + 0.55 * at(1);
    const double turn = std::numbers::pi * at(2);
    const double frequency = 2 + 8 * at(3);
    const double contrast = 0.35 * at(4);
    const double size = 0.10 + 0.18 * at(5);
    const double middleX = 0.25 + 0.5 * at(6), middleY = 0.25 + 0.5 * at(7);
    const int corners = 3 + static_cast<int>(3.999 * at(9));
    std::vector<std::uint8_t> pixels;
    pixels.reserve(3 * paintedSide * paintedSide);
    for (int row = 0; row < paintedSide; ++row)
        for (int column = 0; column < paintedSide; ++column) {
            const double x = (column + 0.5) / paintedSide, y = (row + 0.5) / paintedSide;
            const double stripe =
                std::sin(2 * std::numbers::pi * frequency * (x * std::cos(turn) + y * std::sin(turn)));
            const double away = std::hypot(x - middleX, y - middleY);
            const double edge = radiusAt(std::atan2(y - middleY, x - middleX), corners, size);
            const double inside = std::clamp((edge - away) * paintedSide + 0.5, 0.0, 1.0);
            for (std::size_t channel = 0; channel < 3; ++channel) {
                const double behind = light * (0.45 + 0.55 * ground[channel]) + contrast * stripe;
                const double value = (1 - inside) * behind + inside * (0.15 + 0.8 * shape[channel]);
                pixels.push_back(static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0))));
            }
        }
    return pixels;
}

} // namespace brainlike
