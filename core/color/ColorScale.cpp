#include "core/color/ColorScale.h"

#include "core/base/Error.h"
#include "core/base/VectorClones.h"
#include "core/color/Opacities.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>
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

/// The smallest float that is not below a number: what a float has to reach to reach the number.
float notBelow(double number) {
    const auto near = static_cast<float>(number);
    return static_cast<double>(near) < number ? std::nextafter(near, std::numeric_limits<float>::infinity()) : near;
}

/// log2 of positive normal numbers to seven digits, of others some finite number, in arithmetic that compilers do for
/// several numbers at once.
float fastLog2(float value) {
    constexpr std::uint32_t rootHalf = 0x3F3504F3; // √½
    constexpr std::uint32_t mantissa = 0x007FFFFF;
    const auto bits = std::bit_cast<std::uint32_t>(value) - rootHalf;
    const auto exponent = static_cast<float>(static_cast<std::int32_t>(bits) >> 23);
    const auto part = std::bit_cast<float>((bits & mantissa) + rootHalf); // √½ … √2
    const float s = (part - 1) / (part + 1);
    const float s2 = s * s;
    return exponent + 2.885390082F * s * (1 + s2 * (0.333333333F + s2 * (0.2F + s2 * 0.142857143F)));
}

/// A scale made ready for many values: in single precision, without a call or a branch a value.
class Lookup {
public:
    explicit Lookup(const ColorScale& scale)
        : m_table(wordsOf(scale.map.colors())), m_isLogarithmic(scale.isLogarithmic), m_isTwoTailed(scale.isTwoTailed),
          m_threshold(notBelow(scale.threshold)), m_high(static_cast<float>(scale.high)) {
        const auto count = static_cast<double>(m_table.size());
        m_last = static_cast<float>(count - 1);
        const double low = m_isLogarithmic ? std::log2(scale.low) : scale.low;
        const double high = m_isLogarithmic ? std::log2(scale.high) : scale.high;
        m_low = static_cast<float>(low);
        m_perUnit = high > low ? static_cast<float>(count / (high - low)) : 0;
        const double width = scale.fade * (scale.high - scale.low);
        m_perFade = width > 0 ? static_cast<float>(1 / width) : 0;
    }

    void apply(std::span<const float> values, std::span<Rgba8> colors) const {
        for (std::size_t first = 0; first < values.size(); first += blockSize) {
            const std::size_t count = std::min(blockSize, values.size() - first);
            applyBlock(values.data() + first, colors.data() + first, count);
        }
    }

    BRAINLIKE_VECTOR_CLONES void applyOpacity(std::span<const float> values, std::span<std::uint8_t> opacities) const {
        Numbers block;
        for (std::size_t first = 0; first < values.size(); first += blockSize) {
            const std::size_t count = std::min(blockSize, values.size() - first);
            opacityOfAll(values.data() + first, block, count);
            for (std::size_t i = 0; i < count; ++i)
                opacities[first + i] = static_cast<std::uint8_t>(block[i]);
        }
    }

private:
    static constexpr std::size_t blockSize = 512;
    /// Where the opacity lies in a colour taken as a word.
    static constexpr unsigned opacityShift = std::endian::native == std::endian::little ? 24 : 0;
    using Numbers = std::array<std::int32_t, blockSize>;

    /// Colours without their opacity.
    static std::vector<std::uint32_t> wordsOf(const std::vector<Rgba8>& colors) {
        std::vector<std::uint32_t> words;
        for (Rgba8 color : colors) {
            color.a = 0;
            words.push_back(std::bit_cast<std::uint32_t>(color));
        }
        return words;
    }

    BRAINLIKE_VECTOR_CLONES void applyBlock(const float* values, Rgba8* colors, std::size_t count) const {
        Numbers places, opacities;
        if (m_perUnit <= 0)
            placeAll(values, places, count, [this](float value) { return value >= m_high ? m_last : 0.0F; });
        else if (m_isLogarithmic)
            placeAll(values, places, count, [this](float value) { return (fastLog2(value) - m_low) * m_perUnit; });
        else
            placeAll(values, places, count, [this](float value) { return (value - m_low) * m_perUnit; });
        opacityOfAll(values, opacities, count);
        std::array<std::uint32_t, blockSize> words;
        for (std::size_t i = 0; i < count; ++i)
            words[i] = m_table[static_cast<std::size_t>(places[i])];
        for (std::size_t i = 0; i < count; ++i)
            words[i] = opacities[i] > 0 ? words[i] | static_cast<std::uint32_t>(opacities[i]) << opacityShift : 0;
        std::memcpy(static_cast<void*>(colors), words.data(), count * sizeof(Rgba8));
    }
    // Loops of one step each, here and below: of more the compiler would make branches, a value at a time.
    template <typename PlaceOf>
    void placeAll(const float* values, Numbers& places, std::size_t count, PlaceOf placeOf) const {
        std::array<float, blockSize> exact;
        for (std::size_t i = 0; i < count; ++i)
            exact[i] = placeOf(values[i]);
        if (m_isLogarithmic)
            for (std::size_t i = 0; i < count; ++i)
                exact[i] = values[i] > 0 ? exact[i] : 0;
        for (std::size_t i = 0; i < count; ++i)
            exact[i] = exact[i] > 0 ? exact[i] : 0; // not a number, too
        for (std::size_t i = 0; i < count; ++i)
            exact[i] = exact[i] < m_last ? exact[i] : m_last;
        for (std::size_t i = 0; i < count; ++i)
            places[i] = static_cast<std::int32_t>(exact[i]);
    }
    void opacityOfAll(const float* values, Numbers& opacities, std::size_t count) const {
        if (m_isTwoTailed)
            opacityOfAll(values, opacities, count, [](float value) { return std::abs(value); });
        else
            opacityOfAll(values, opacities, count, [](float value) { return value; });
    }
    template <typename SizeOf>
    void opacityOfAll(const float* values, Numbers& opacities, std::size_t count, SizeOf sizeOf) const {
        if (m_perFade <= 0) {
            for (std::size_t i = 0; i < count; ++i)
                opacities[i] = sizeOf(values[i]) >= m_threshold ? 255 : 0;
            return;
        }
        std::array<float, blockSize> shares;
        for (std::size_t i = 0; i < count; ++i)
            shares[i] = (sizeOf(values[i]) - m_threshold) * m_perFade;
        for (std::size_t i = 0; i < count; ++i)
            shares[i] = shares[i] > 0 ? shares[i] : 0; // not a number, too
        for (std::size_t i = 0; i < count; ++i)
            shares[i] = shares[i] < 1 ? shares[i] : 1;
        for (std::size_t i = 0; i < count; ++i)
            opacities[i] = static_cast<std::int32_t>(shares[i] * shares[i] * 255 + 0.5F);
    }

    std::vector<std::uint32_t> m_table;
    bool m_isLogarithmic, m_isTwoTailed;
    float m_threshold, m_high;
    float m_last = 0, m_low = 0, m_perUnit = 0, m_perFade = 0;
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
    const double from = isLogarithmic ? std::log(low) : low;
    const double to = isLogarithmic ? std::log(high) : high;
    const double place = isLogarithmic ? std::log(value) : value;
    return to > from ? (place - from) / (to - from) : (place >= to ? 1.0 : 0.0);
}

double ColorScale::valueAt(double position) const {
    return isLogarithmic ? low * std::pow(high / low, position) : low + position * (high - low);
}

bool ColorScale::cuts() const {
    return std::isfinite(threshold) && threshold > (isTwoTailed ? 0 : low);
}

double ColorScale::opacityOf(double value) const {
    const double size = isTwoTailed ? std::abs(value) : value;
    if (!(size >= threshold))
        return 0;
    const double width = fade * (high - low);
    const double share = width > 0 ? std::min((size - threshold) / width, 1.0) : 1.0;
    return share * share;
}

Rgba8 ColorScale::colorOf(double value) const {
    const auto near = static_cast<float>(value);
    Rgba8 color;
    Lookup(*this).apply({&near, 1}, {&color, 1});
    return color;
}

void ColorScale::apply(std::span<const float> values, std::span<Rgba8> colors) const {
    if (values.size() != colors.size())
        throw ShapeError({.what = "Values and colours differ in number",
                          .expected = std::to_string(values.size()),
                          .found = std::to_string(colors.size())});
    Lookup(*this).apply(values, colors);
}

void applyOpacity(const ColorScale& scale, std::span<const float> values, std::span<std::uint8_t> opacities) {
    if (values.size() != opacities.size())
        throw ShapeError({.what = "Values and opacities differ in number",
                          .expected = std::to_string(values.size()),
                          .found = std::to_string(opacities.size())});
    Lookup(scale).applyOpacity(values, opacities);
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
    table.push_back(clear);
    const auto none = static_cast<std::uint32_t>(table.size()) - 1;
    applyEach(layers, colors, [&table, none](std::int16_t layer) {
        return table[std::min(static_cast<std::uint32_t>(std::int32_t{layer}), none)];
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

namespace {

/// Numbers beyond are written as a multiple of a power of ten.
constexpr double largestWritten = 1e8;
constexpr double smallestWritten = 1e-5;

/// "2×10¹¹", with as many decimals as neighbours `spacing` apart need.
std::string powerText(double value, double spacing) {
    static constexpr std::array<const char*, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    const int power = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
    const double unit = std::pow(10.0, power);
    std::string text = tickText(std::abs(value) / unit, std::clamp(std::abs(spacing) / unit, 1e-4, 1.0));
    text += "×10";
    if (power < 0)
        text += "⁻";
    for (const char digit : std::to_string(std::abs(power)))
        text += raised[static_cast<std::size_t>(digit - '0')];
    return value < 0 ? "−" + text : text;
}

} // namespace

std::string tickText(double value, double spacing) {
    if (!std::isfinite(value))
        return "";
    const double size = std::abs(value);
    const bool isTiny = spacing < smallestWritten && size < 100 * smallestWritten && size > 0.01 * spacing;
    if (size >= largestWritten || isTiny)
        return powerText(value, spacing);
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
