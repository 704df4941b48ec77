#include "views/scene/PixelBlend.h"

#include "core/base/Error.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

namespace brainlike {
namespace {

constexpr std::uint32_t lowBytes = 0x00FF00FF;

std::uint8_t divided(int value) {
    return static_cast<std::uint8_t>((value + 127) / 255);
}

Rgba8 blended(Rgba8 bottom, Rgba8 top) {
    const int rest = 255 - top.a;
    return {divided(bottom.r * rest + top.r * top.a), divided(bottom.g * rest + top.g * top.a),
            divided(bottom.b * rest + top.b * top.a), divided(bottom.a * rest + 255 * top.a)};
}

// Four colours at once, in the compiler's own vectors.
using Words = std::uint32_t __attribute__((vector_size(16)));
using Halves = std::uint16_t __attribute__((vector_size(16)));
constexpr std::size_t atOnce = 4;

/// Sixteen-bit products over 255, rounded.
Halves dividedHalves(Halves value) {
    value += 128;
    return (value + (value >> 8)) >> 8;
}

Words wordsAt(const Rgba8* colors) {
    Words words;
    std::memcpy(&words, colors, sizeof(Words));
    return words;
}

void put(Words words, Rgba8* colors) {
    std::memcpy(static_cast<void*>(colors), &words, sizeof(Words));
}

Words blendedFour(Words below, Words above) {
    const Words opacity = above >> 24;
    const Halves share = reinterpret_cast<Halves>(opacity | (opacity << 16));
    const Halves rest = 255 - share;
    const auto halves = [](Words words) { return reinterpret_cast<Halves>(words); };
    const Halves redBlue = dividedHalves(halves(below & lowBytes) * rest + halves(above & lowBytes) * share);
    const Words greens = ((above >> 8) & 0xFF) | 0x00FF0000;
    const Halves greenAlpha = dividedHalves(halves((below >> 8) & lowBytes) * rest + halves(greens) * share);
    return reinterpret_cast<Words>(redBlue) | (reinterpret_cast<Words>(greenAlpha) << 8);
}

Words fadedFour(Words colors, Words shares) {
    const Halves opacity = dividedHalves(reinterpret_cast<Halves>(colors >> 24) * reinterpret_cast<Halves>(shares));
    return (colors & 0x00FFFFFF) | (reinterpret_cast<Words>(opacity) << 24);
}

Words fadedFour(Words colors, std::uint16_t part) {
    const Halves opacity = dividedHalves(reinterpret_cast<Halves>(colors >> 24) * part);
    return (colors & 0x00FFFFFF) | (reinterpret_cast<Words>(opacity) << 24);
}

/// Applies a function to four colours at once as long as there are four, and another one to each of the rest.
template <typename Four, typename One>
void forAll(std::span<Rgba8> colors, Four four, One one) {
    std::size_t i = 0;
    if constexpr (std::endian::native == std::endian::little)
        for (; i + atOnce <= colors.size(); i += atOnce)
            put(four(wordsAt(colors.data() + i), i), colors.data() + i);
    for (; i < colors.size(); ++i)
        colors[i] = one(colors[i], i);
}

/// 255 · 2¹⁶ over each opacity, rounded.
constexpr std::array<std::uint32_t, 256> makeReciprocals() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t opacity = 1; opacity < table.size(); ++opacity)
        table[opacity] = (255 * 65536 + opacity / 2) / opacity;
    return table;
}

constexpr std::array<std::uint32_t, 256> reciprocals = makeReciprocals();

} // namespace

void blendOver(std::span<Rgba8> bottom, std::span<const Rgba8> top) {
    if (bottom.size() != top.size())
        throw ShapeError({.what = "Colours that lie over each other differ in number",
                          .expected = std::to_string(bottom.size()),
                          .found = std::to_string(top.size())});
    forAll(
        bottom, [top](Words below, std::size_t i) { return blendedFour(below, wordsAt(top.data() + i)); },
        [top](Rgba8 below, std::size_t i) { return blended(below, top[i]); });
}

void multiplyByOpacity(std::span<Rgba8> colors) {
    forAll(
        colors, [](Words above, std::size_t) { return blendedFour(Words{}, above); },
        [](Rgba8 above, std::size_t) {
            return blended({0, 0, 0, 0}, above);
        });
}

void divideByOpacity(std::span<Rgba8> colors) {
    for (Rgba8& color : colors) {
        if (color.a == 0 || color.a == 255)
            continue;
        const std::uint32_t factor = reciprocals[color.a];
        const auto channel = [factor](std::uint8_t value) {
            const std::uint32_t whole = (value * factor + 0x8000) >> 16;
            return static_cast<std::uint8_t>(whole < 255 ? whole : 255);
        };
        color = {channel(color.r), channel(color.g), channel(color.b), color.a};
    }
}

void fade(std::span<Rgba8> colors, double share) {
    const auto part = static_cast<int>(share * 255 + 0.5);
    if (part >= 255)
        return;
    forAll(
        colors, [part](Words four, std::size_t) { return fadedFour(four, static_cast<std::uint16_t>(part)); },
        [part](Rgba8 color, std::size_t) {
            color.a = divided(color.a * part);
            return color;
        });
}

void fadeEach(std::span<Rgba8> colors, std::span<const std::uint8_t> shares) {
    if (colors.size() != shares.size())
        throw ShapeError({.what = "Colours and their shares differ in number",
                          .expected = std::to_string(colors.size()),
                          .found = std::to_string(shares.size())});
    forAll(
        colors,
        [shares](Words four, std::size_t i) {
            const Words parts{shares[i], shares[i + 1], shares[i + 2], shares[i + 3]};
            return fadedFour(four, parts);
        },
        [shares](Rgba8 color, std::size_t i) {
            color.a = divided(color.a * shares[i]);
            return color;
        });
}

} // namespace brainlike
