#include "core/color/ColorScale.h"

#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace brainlike {
namespace {

constexpr Rgba8 clear{0, 0, 0, 0};

template <typename Value, typename Color>
void applyEach(std::span<const Value> values, std::span<Rgba8> colors, Color colorOf) {
    if (values.size() != colors.size())
        throw ShapeError({.what = "Values and colours differ in number",
                          .expected = std::to_string(values.size()),
                          .found = std::to_string(colors.size())});
    std::transform(values.begin(), values.end(), colors.begin(), colorOf);
}

std::uint8_t mix(std::uint8_t bottom, std::uint8_t top, int alpha) {
    return static_cast<std::uint8_t>((bottom * (255 - alpha) + top * alpha + 127) / 255);
}

/// Multiples `first` … `last` of a spacing.
struct TickGrid {
    double spacing, first, last;
};

TickGrid gridOf(double low, double high, double spacing) {
    return {spacing, std::ceil(low / spacing - 1e-9), std::floor(high / spacing + 1e-9)};
}

/// Layers run over the viridis map, first dark, last bright.
const ColorMap& layerMap() {
    static const ColorMap map = ColorMap::named("viridis");
    return map;
}

} // namespace

double ColorScale::opacityOf(double value) const {
    if (std::isnan(value) || value < threshold)
        return 0;
    const double width = fade * (high - low);
    if (width <= 0)
        return 1;
    const double share = std::clamp((value - threshold) / width, 0.0, 1.0);
    return share * share;
}

Rgba8 ColorScale::colorOf(double value) const {
    const double opacity = opacityOf(value);
    if (opacity <= 0)
        return clear;
    Rgba8 color = map.at(high > low ? (value - low) / (high - low) : (value >= high ? 1 : 0));
    color.a = static_cast<std::uint8_t>(std::lround(opacity * 255));
    return color;
}

void ColorScale::apply(std::span<const float> values, std::span<Rgba8> colors) const {
    applyEach(values, colors, [this](float value) { return colorOf(static_cast<double>(value)); });
}

Rgba8 LayerScale::colorOf(int layer) const {
    if (layer < 0 || layer >= count)
        return clear;
    return layerMap().at(count > 1 ? static_cast<double>(layer) / (count - 1) : 0.5);
}

void LayerScale::apply(std::span<const std::int16_t> layers, std::span<Rgba8> colors) const {
    applyEach(layers, colors, [this](std::int16_t layer) { return colorOf(layer); });
}

Rgba8 blend(Rgba8 bottom, Rgba8 top) {
    return {mix(bottom.r, top.r, top.a), mix(bottom.g, top.g, top.a), mix(bottom.b, top.b, top.a),
            std::max(bottom.a, top.a)};
}

std::vector<double> roundTicks(double low, double high, int wanted) {
    if (!std::isfinite(low) || !std::isfinite(high) || high <= low || wanted < 1)
        return {};
    TickGrid best = gridOf(low, high, high - low);
    double bestMiss = std::numeric_limits<double>::infinity();
    const double power = std::floor(std::log10((high - low) / wanted));
    for (double exponent = power - 1; exponent <= power + 1; ++exponent)
        for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
            const TickGrid grid = gridOf(low, high, factor * std::pow(10.0, exponent));
            // Between grids of equal count, the one that reaches closer to both ends.
            const double uncovered = 1 - (grid.last - grid.first) * grid.spacing / (high - low);
            const double miss = std::abs(grid.last - grid.first + 1 - wanted) + 0.5 * uncovered;
            if (miss < bestMiss) {
                best = grid;
                bestMiss = miss;
            }
        }
    std::vector<double> ticks;
    for (double i = best.first; i <= best.last; ++i)
        ticks.push_back(i * best.spacing);
    return ticks;
}

std::string tickText(double value, double spacing) {
    if (!std::isfinite(value))
        return "";
    int decimals = 0;
    for (double unit = std::abs(spacing); decimals < 12 && unit > 0; unit *= 10, ++decimals)
        if (std::abs(unit - std::round(unit)) < 1e-6 * std::max(1.0, unit))
            break;
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, std::abs(value));
    std::string text = buffer.data();
    const bool isZero = text.find_first_not_of("0.") == std::string::npos;
    if (isZero)
        return "0";
    const std::size_t point = std::min(text.find('.'), text.size());
    for (std::size_t place = point; place > 3; place -= 3)
        text.insert(place - 3, ",");
    return value < 0 ? "−" + text : text;
}

double roundUp(double value) {
    if (!std::isfinite(value) || value <= 0)
        return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (factor * power >= value * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

} // namespace brainlike
