#include "views/scene/SurfaceColors.h"

#include "core/base/Error.h"
#include "core/base/VectorClones.h"
#include "core/color/Opacities.h"
#include "views/scene/PixelBlend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

/// Classes of vertices that let the surface be seen, and of those with a score.
constexpr std::int16_t notShown = -1;
constexpr std::int16_t shown = 0;
/// The deepest places are darker than a sulcus by this much of its distance to a gyrus.
constexpr float deepestShare = 1.8F;
/// From crown to fundus, in root mean squares of the folding.
constexpr float depthsShown = 3.5F;
/// Vertices coloured at a time: few enough to stay in the cache between steps.
constexpr std::size_t blockSize = 4096;
constexpr std::array<std::string_view, 4> foldings{"soft", "binary", "depth", "plain"};

std::uint8_t between(std::uint8_t from, std::uint8_t to, float share) {
    const float value = static_cast<float>(from) + share * (static_cast<float>(to) - static_cast<float>(from));
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
}

Rgba8 between(Rgba8 from, Rgba8 to, float share) {
    return {between(from.r, to.r, share), between(from.g, to.g, share), between(from.b, to.b, share), 255};
}

/// Folding value at which a vertex counts fully as a sulcus: the root mean square.
float typicalDepth(const std::vector<float>& folding) {
    double sum = 0;
    std::size_t count = 0;
    for (const float value : folding)
        if (std::isfinite(value)) {
            sum += static_cast<double>(value) * static_cast<double>(value);
            ++count;
        }
    return count > 0 && sum > 0 ? static_cast<float>(std::sqrt(sum / static_cast<double>(count))) : 1.0F;
}

/// How far a vertex is from gyrus to sulcus, 0 … 1, or beyond for the depths.
float sulcusShare(float folding, float depth, FoldingStyle style) {
    const float value = std::isfinite(folding) ? folding / depth : 0.0F;
    switch (style) {
    case FoldingStyle::Binary:
        return value > 0 ? 1.0F : 0.0F;
    case FoldingStyle::Depth:
        return deepestShare * std::clamp(0.5F + value / depthsShown, 0.0F, 1.0F);
    case FoldingStyle::Plain:
        return 0;
    case FoldingStyle::Soft:
        break;
    }
    return 0.5F + 0.5F * std::tanh(2.2F * value);
}

ShapeError sizeError(const char* what, std::size_t expected, std::size_t found) {
    return ShapeError({.what = what, .expected = std::to_string(expected), .found = std::to_string(found)});
}

} // namespace

std::vector<std::string_view> foldingNames() {
    return {foldings.begin(), foldings.end()};
}

FoldingStyle foldingFrom(std::string_view name) {
    std::string known;
    for (std::size_t i = 0; i < foldings.size(); ++i) {
        if (foldings[i] == name)
            return static_cast<FoldingStyle>(i);
        known += (known.empty() ? "" : ", ") + std::string(foldings[i]);
    }
    throw NotFoundError(
        {.what = "There is no such way to show folding", .expected = "one of " + known, .found = std::string(name)});
}

std::vector<Rgba8> underlayColors(const CortexSide& side, const UnderlayStyle& style) {
    std::vector<Rgba8> colors(static_cast<std::size_t>(side.mesh.vertexCount()), style.gyrus);
    if (side.folding.empty() || style.folding == FoldingStyle::Plain)
        return colors;
    if (side.folding.size() != colors.size())
        throw sizeError("The folding values do not fit the surface", colors.size(), side.folding.size());
    const float depth = typicalDepth(side.folding);
    for (std::size_t vertex = 0; vertex < colors.size(); ++vertex)
        colors[vertex] = between(style.gyrus, style.sulcus, sulcusShare(side.folding[vertex], depth, style.folding));
    return colors;
}

std::vector<Rgba8> surfaceColors(const CortexSide& side, const UnderlayStyle& style, std::span<const Rgba8> overlay) {
    return colorsOver(side, underlayColors(side, style), overlay);
}

std::vector<Rgba8> colorsOver(const CortexSide& side, std::span<const Rgba8> underlay, std::span<const Rgba8> overlay) {
    std::vector<Rgba8> colors(underlay.begin(), underlay.end());
    if (overlay.empty())
        return colors;
    if (overlay.size() != colors.size())
        throw sizeError("The map does not fit the surface", colors.size(), overlay.size());
    blendOver(colors, overlay);
    for (std::size_t vertex = 0; vertex < colors.size(); ++vertex)
        if (side.isCortex[vertex] == 0)
            colors[vertex] = underlay[vertex];
    return colors;
}

Overlay overlayFor(std::size_t vertices) {
    return {.colors = std::vector<Rgba8>(vertices), .classes = std::vector<std::int16_t>(vertices)};
}

namespace {

BRAINLIKE_VECTOR_CLONES void classByOpacity(const OverlayPart& part) {
    for (std::size_t vertex = 0; vertex < part.colors.size(); ++vertex)
        part.classes[vertex] = part.colors[vertex].a == 0 ? notShown : shown;
}

BRAINLIKE_VECTOR_CLONES void classByValue(std::span<const float> values, std::span<std::int16_t> classes) {
    for (std::size_t vertex = 0; vertex < values.size(); ++vertex)
        classes[vertex] = std::isnan(values[vertex]) ? notShown : shown;
}

} // namespace

BRAINLIKE_VECTOR_CLONES void closeHidden(const OverlayPart& part) {
    for (std::size_t vertex = 0; vertex < part.colors.size(); ++vertex)
        part.classes[vertex] = part.colors[vertex].a == 0 ? notShown : part.classes[vertex];
}

void colorScores(std::span<const float> values, const ColorScale& scale, const OverlayPart& part) {
    scale.apply(values, part.colors);
    // Soft starts blend into the surface; everything else ends at a sharp border.
    if (scale.fade <= 0)
        classByOpacity(part);
    else
        classByValue(values, part.classes);
}

void colorLayers(std::span<const std::int16_t> layers, std::span<const float> scores, const LayerScale& colors,
                 const ColorScale& opacity, const OverlayPart& part, std::span<const std::uint8_t> shares) {
    colors.apply(layers, part.colors);
    std::array<std::uint8_t, blockSize> strengths;
    for (std::size_t first = 0; first < scores.size(); first += blockSize) {
        const std::size_t count = std::min(blockSize, scores.size() - first);
        const std::span own(strengths.data(), count);
        applyOpacity(opacity, scores.subspan(first, count), own);
        if (!shares.empty())
            multiplyShares(own, shares.subspan(first, count));
        fadeEach(part.colors.subspan(first, count), own);
    }
    std::ranges::copy(layers, part.classes.begin());
    closeHidden(part);
}

Overlay scoreOverlay(std::span<const float> values, const ColorScale& scale) {
    Overlay overlay = overlayFor(values.size());
    forParts(overlay, blockSize, [&](std::size_t first, const OverlayPart& part) {
        colorScores(values.subspan(first, part.colors.size()), scale, part);
    });
    return overlay;
}

Overlay layerOverlay(std::span<const std::int16_t> layers, std::span<const float> scores, const LayerScale& colors,
                     const ColorScale& opacity) {
    if (layers.size() != scores.size())
        throw sizeError("Best layers and scores differ in number", layers.size(), scores.size());
    Overlay overlay = overlayFor(layers.size());
    forParts(overlay, blockSize, [&](std::size_t first, const OverlayPart& part) {
        const std::size_t count = part.colors.size();
        colorLayers(layers.subspan(first, count), scores.subspan(first, count), colors, opacity, part);
    });
    return overlay;
}

} // namespace brainlike
