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

/// A scale made ready for many values: no call, division or rounding function a value.
class Lookup {
public:
    explicit Lookup(const ColorScale& scale)
        : m_colors(scale.map.colors().data()), m_count(static_cast<double>(scale.map.colors().size())),
          m_isLogarithmic(scale.isLogarithmic), m_isTwoTailed(scale.isTwoTailed), m_threshold(scale.threshold) {
        m_low = m_isLogarithmic ? std::log(scale.low) : scale.low;
        m_high = m_isLogarithmic ? std::log(scale.high) : scale.high;
        m_perUnit = m_high > m_low ? 1 / (m_high - m_low) : 0;
        const double width = scale.fade * (scale.high - scale.low);
        m_perFade = width > 0 ? 1 / width : 0;
    }
    [[nodiscard]] double positionOf(double value) const {
        const double place = m_isLogarithmic ? std::log(value) : value;
        return m_perUnit > 0 ? (place - m_low) * m_perUnit : (place >= m_high ? 1.0 : 0.0);
    }
    [[nodiscard]] double opacityOf(double value) const {
        const double size = m_isTwoTailed ? std::abs(value) : value;
        if (!(size >= m_threshold))
            return 0;
        if (m_perFade <= 0)
            return 1;
        const double share = std::min((size - m_threshold) * m_perFade, 1.0);
        return share * share;
    }
    [[nodiscard]] Rgba8 colorOf(double value) const {
        const double opacity = opacityOf(value);
        if (opacity <= 0)
            return clear;
        const double place = positionOf(value) * m_count;
        Rgba8 color = m_colors[static_cast<int>(place > 0 ? std::min(place, m_count - 1) : 0)];
        color.a = static_cast<std::uint8_t>(opacity * 255 + 0.5);
        return color;
    }

private:
    const Rgba8* m_colors;
    double m_count;
    bool m_isLogarithmic, m_isTwoTailed;
    double m_threshold;
    double m_low = 0, m_high = 1, m_perUnit = 0, m_perFade = 0;
};

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

double ColorScale::positionOf(double value) const {
    return Lookup(*this).positionOf(value);
}

double ColorScale::valueAt(double position) const {
    return isLogarithmic ? low * std::pow(high / low, position) : low + position * (high - low);
}

double ColorScale::opacityOf(double value) const {
    return Lookup(*this).opacityOf(value);
}

Rgba8 ColorScale::colorOf(double value) const {
    return Lookup(*this).colorOf(value);
}

void ColorScale::apply(std::span<const float> values, std::span<Rgba8> colors) const {
    applyEach(values, colors, [lookup = Lookup(*this)](float value) { return lookup.colorOf(value); });
}

Rgba8 LayerScale::colorOf(int layer) const {
    if (layer < 0 || layer >= count)
        return clear;
    return seenWith(layerMap().at(count > 1 ? static_cast<double>(layer) / (count - 1) : 0.5), vision);
}

void LayerScale::apply(std::span<const std::int16_t> layers, std::span<Rgba8> colors) const {
    std::vector<Rgba8> table;
    for (int layer = 0; layer < count; ++layer)
        table.push_back(colorOf(layer));
    applyEach(layers, colors, [&](std::int16_t layer) {
        return layer >= 0 && layer < count ? table[static_cast<std::size_t>(layer)] : clear;
    });
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

std::vector<double> logTicks(double low, double high, int most) {
    if (!(low > 0) || !std::isfinite(high) || high <= low)
        return {};
    const auto ticksOf = [&](std::initializer_list<double> factors, int decades) {
        std::vector<double> ticks;
        const int first = static_cast<int>(std::floor(std::log10(low) / decades)) * decades;
        for (int power = first; power <= std::log10(high) + 1; power += decades)
            for (const double factor : factors) {
                const double tick = factor * std::pow(10.0, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                    ticks.push_back(tick);
            }
        return ticks;
    };
    const auto limit = static_cast<std::size_t>(std::max(most, 2));
    if (auto ticks = ticksOf({1, 2, 5}, 1); ticks.size() <= limit)
        return ticks;
    for (int decades = 1; decades < 300; ++decades)
        if (auto ticks = ticksOf({1}, decades); ticks.size() <= limit)
            return ticks;
    return {};
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
