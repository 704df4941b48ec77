#include "core/color/ColorVision.h"

#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace brainlike {
namespace {

using Matrix3 = std::array<std::array<double, 3>, 3>;

constexpr Matrix3 protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix3 deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix3 tritanopia{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

double linearOf(std::uint8_t channel) {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

std::uint8_t channelOf(double linear) {
    const double value = std::clamp(linear, 0.0, 1.0);
    const double encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::lround(255 * encoded));
}

const Matrix3& matrixOf(ColorVision vision) {
    return vision == ColorVision::Protanopia     ? protanopia
           : vision == ColorVision::Deuteranopia ? deuteranopia
                                                 : tritanopia;
}

} // namespace

ColorVision colorVisionFrom(std::string_view name) {
    if (name.empty())
        return ColorVision::Common;
    if (name == "protanopia")
        return ColorVision::Protanopia;
    if (name == "deuteranopia")
        return ColorVision::Deuteranopia;
    if (name == "tritanopia")
        return ColorVision::Tritanopia;
    throw NotFoundError({.what = "There is no simulation of this colour vision",
                         .expected = "one of protanopia, deuteranopia, tritanopia",
                         .found = std::string(name)});
}

Rgba8 seenWith(Rgba8 color, ColorVision vision) {
    if (vision == ColorVision::Common)
        return color;
    const std::array<double, 3> linear{linearOf(color.r), linearOf(color.g), linearOf(color.b)};
    const auto row = [&](std::size_t i) {
        const auto& weights = matrixOf(vision)[i];
        return channelOf(weights[0] * linear[0] + weights[1] * linear[1] + weights[2] * linear[2]);
    };
    return {row(0), row(1), row(2), color.a};
}

ColorMap seenWith(const ColorMap& map, ColorVision vision) {
    std::vector<Rgba8> colors = map.colors();
    std::transform(colors.begin(), colors.end(), colors.begin(),
                   [vision](Rgba8 color) { return seenWith(color, vision); });
    return {map.name(), std::move(colors)};
}

} // namespace brainlike
