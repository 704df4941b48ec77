#include "views/scene/PixelBlend.h"

#include "core/base/Error.h"
#include "core/base/VectorClones.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

// Vectors are passed between functions of this file alone, which are inlined.
#pragma GCC diagnostic ignored "-Wpsabi"

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

// Eight colours at once, in the compiler's own vectors.
using Words = std::uint32_t __attribute__((vector_size(32)));
using Halves = std::uint16_t __attribute__((vector_size(32)));
constexpr std::size_t atOnce = 8;

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

Words blendedEight(Words below, Words above) {
    const Words opacity = above >> 24;
    const Halves share = reinterpret_cast<Halves>(opacity | (opacity << 16));
    const Halves rest = 255 - share;
    const auto halves = [](Words words) { return reinterpret_cast<Halves>(words); };
    const Halves redBlue = dividedHalves(halves(below & lowBytes) * rest + halves(above & lowBytes) * share);
    const Words greens = ((above >> 8) & 0xFF) | 0x00FF0000;
    const Halves greenAlpha = dividedHalves(halves((below >> 8) & lowBytes) * rest + halves(greens) * share);
    return reinterpret_cast<Words>(redBlue) | (reinterpret_cast<Words>(greenAlpha) << 8);
}

Words fadedEight(Words colors, Words shares) {
    const Halves opacity = dividedHalves(reinterpret_cast<Halves>(colors >> 24) * reinterpret_cast<Halves>(shares));
    return (colors & 0x00FFFFFF) | (reinterpret_cast<Words>(opacity) << 24);
}

Words fadedEight(Words colors, std::uint16_t part) {
    const Halves opacity = dividedHalves(reinterpret_cast<Halves>(colors >> 24) * part);
    return (colors & 0x00FFFFFF) | (reinterpret_cast<Words>(opacity) << 24);
}

/// Applies a function to eight colours at once as long as there are eight, and another one to each of the rest.
template <typename Eight, typename One>
void forAll(std::span<Rgba8> colors, Eight eight, One one) {
    std::size_t i = 0;
    if constexpr (std::endian::native == std::endian::little)
        for (; i + atOnce <= colors.size(); i += atOnce)
            put(eight(wordsAt(colors.data() + i), i), colors.data() + i);
    for (; i < colors.size(); ++i)
        colors[i] = one(colors[i], i);
}

Rgba8 divided(Rgba8 color) {
    const float factor = 255.0F / static_cast<float>(color.a > 0 ? color.a : 1);
    const auto channel = [factor](std::uint8_t value) {
        const auto whole = static_cast<int>(static_cast<float>(value) * factor + 0.5F);
        return static_cast<std::uint8_t>(whole < 255 ? whole : 255);
    };
    return {channel(color.r), channel(color.g), channel(color.b), color.a};
}

Words dividedEight(Words colors) {
    using Numbers = std::int32_t __attribute__((vector_size(32)));
    using Floats = float __attribute__((vector_size(32)));
    const auto numbers = reinterpret_cast<Numbers>(colors >> 24);
    const Floats factor = 255.0F / __builtin_convertvector(numbers > 0 ? numbers : 1, Floats);
    const auto channel = [factor](Words words) {
        const Floats value = __builtin_convertvector(reinterpret_cast<Numbers>(words & 0xFF), Floats);
        const Numbers whole = __builtin_convertvector(value * factor + 0.5F, Numbers);
        return reinterpret_cast<Words>(whole < 255 ? whole : 255);
    };
    return channel(colors) | (channel(colors >> 8) << 8) | (channel(colors >> 16) << 16) | (colors & 0xFF000000);
}

} // namespace

BRAINLIKE_VECTOR_CLONES void blendOver(std::span<Rgba8> bottom, std::span<const Rgba8> top) {
    if (bottom.size() != top.size())
        throw ShapeError({.what = "Colours that lie over each other differ in number",
                          .expected = std::to_string(bottom.size()),
                          .found = std::to_string(top.size())});
    forAll(
        bottom, [top](Words below, std::size_t i) { return blendedEight(below, wordsAt(top.data() + i)); },
        [top](Rgba8 below, std::size_t i) { return blended(below, top[i]); });
}

BRAINLIKE_VECTOR_CLONES void multiplyByOpacity(std::span<Rgba8> colors) {
    forAll(
        colors, [](Words above, std::size_t) { return blendedEight(Words{}, above); },
        [](Rgba8 above, std::size_t) {
            return blended({0, 0, 0, 0}, above);
        });
}

BRAINLIKE_VECTOR_CLONES void divideByOpacity(std::span<Rgba8> colors) {
    forAll(
        colors, [](Words eight, std::size_t) { return dividedEight(eight); },
        [](Rgba8 color, std::size_t) { return divided(color); });
}

BRAINLIKE_VECTOR_CLONES void fade(std::span<Rgba8> colors, double share) {
    const auto part = static_cast<int>(share * 255 + 0.5);
    if (part >= 255)
        return;
    forAll(
        colors, [part](Words eight, std::size_t) { return fadedEight(eight, static_cast<std::uint16_t>(part)); },
        [part](Rgba8 color, std::size_t) {
            color.a = divided(color.a * part);
            return color;
        });
}

BRAINLIKE_VECTOR_CLONES void multiplyShares(std::span<std::uint8_t> shares, std::span<const std::uint8_t> others) {
    if (shares.size() != others.size())
        throw ShapeError({.what = "Shares differ in number",
                          .expected = std::to_string(shares.size()),
                          .found = std::to_string(others.size())});
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto product = static_cast<std::uint16_t>(shares[i] * others[i] + 128);
        shares[i] = static_cast<std::uint8_t>((product + (product >> 8)) >> 8); // over 255, rounded
    }
}

BRAINLIKE_VECTOR_CLONES void fadeEach(std::span<Rgba8> colors, std::span<const std::uint8_t> shares) {
    if (colors.size() != shares.size())
        throw ShapeError({.what = "Colours and their shares differ in number",
                          .expected = std::to_string(colors.size()),
                          .found = std::to_string(shares.size())});
    forAll(
        colors,
        [shares](Words eight, std::size_t i) {
            using Bytes = std::uint8_t __attribute__((vector_size(8)));
            Bytes bytes;
            std::memcpy(&bytes, shares.data() + i, sizeof(bytes));
            const auto parts = __builtin_convertvector(bytes, Words);
            return fadedEight(eight, parts);
        },
        [shares](Rgba8 color, std::size_t i) {
            color.a = divided(color.a * shares[i]);
            return color;
        });
}

} // namespace brainlike
