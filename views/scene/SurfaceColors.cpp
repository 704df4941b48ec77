#include "views/scene/SurfaceColors.h"

#include "core/base/Error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

/// Classes of vertices that let the surface be seen, and of those with a score.
constexpr std::int16_t notShown = -1;
constexpr std::int16_t shown = 0;

std::uint8_t between(std::uint8_t from, std::uint8_t to, float share) {
    return static_cast<std::uint8_t>(
        std::lround(static_cast<float>(from) + share * (static_cast<float>(to) - static_cast<float>(from))));
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

ShapeError sizeError(const char* what, std::size_t expected, std::size_t found) {
    return ShapeError({.what = what, .expected = std::to_string(expected), .found = std::to_string(found)});
}

} // namespace

std::vector<Rgba8> underlayColors(const CortexSide& side, const UnderlayStyle& style) {
    std::vector<Rgba8> colors(static_cast<std::size_t>(side.mesh.vertexCount()), style.gyrus);
    if (side.folding.empty())
        return colors;
    if (side.folding.size() != colors.size())
        throw sizeError("The folding values do not fit the surface", colors.size(), side.folding.size());
    const float depth = typicalDepth(side.folding);
    for (std::size_t vertex = 0; vertex < colors.size(); ++vertex) {
        const float value = std::isfinite(side.folding[vertex]) ? side.folding[vertex] : 0.0F;
        colors[vertex] = between(style.gyrus, style.sulcus, 0.5F + 0.5F * std::tanh(2.2F * value / depth));
    }
    return colors;
}

std::vector<Rgba8> surfaceColors(const CortexSide& side, const UnderlayStyle& style, std::span<const Rgba8> overlay) {
    std::vector<Rgba8> colors = underlayColors(side, style);
    if (overlay.empty())
        return colors;
    if (overlay.size() != colors.size())
        throw sizeError("The map does not fit the surface", colors.size(), overlay.size());
    for (std::size_t vertex = 0; vertex < colors.size(); ++vertex)
        if (side.isCortex[vertex] != 0)
            colors[vertex] = blend(colors[vertex], overlay[vertex]);
    return colors;
}

Overlay scoreOverlay(std::span<const float> values, const ColorScale& scale) {
    Overlay overlay;
    overlay.colors.resize(values.size());
    scale.apply(values, overlay.colors);
    const bool isSharp = scale.fade <= 0;
    overlay.classes.resize(values.size());
    std::transform(values.begin(), values.end(), overlay.classes.begin(), [&](float value) -> std::int16_t {
        return std::isnan(value) || (isSharp && static_cast<double>(value) < scale.threshold) ? notShown : shown;
    });
    return overlay;
}

Overlay layerOverlay(std::span<const std::int16_t> layers, std::span<const float> scores, const LayerScale& colors,
                     const ColorScale& opacity) {
    if (layers.size() != scores.size())
        throw sizeError("Best layers and scores differ in number", layers.size(), scores.size());
    Overlay overlay;
    overlay.colors.resize(layers.size());
    overlay.classes.assign(layers.begin(), layers.end());
    colors.apply(layers, overlay.colors);
    for (std::size_t vertex = 0; vertex < layers.size(); ++vertex) {
        Rgba8& color = overlay.colors[vertex];
        color.a =
            static_cast<std::uint8_t>(std::lround(color.a * opacity.opacityOf(static_cast<double>(scores[vertex]))));
        if (color.a == 0)
            overlay.classes[vertex] = notShown;
    }
    return overlay;
}

} // namespace brainlike
