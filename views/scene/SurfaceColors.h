#pragma once

#include "core/color/ColorScale.h"
#include "views/scene/CortexGeometry.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace brainlike {

/// How the surface's greys show its folding: gyri and sulci with a soft or with a sharp step between, darker the deeper
/// (as light that reaches a sulcus less), or not at all.
enum class FoldingStyle { Soft, Binary, Depth, Plain };

/// "soft", "binary", "depth", "plain".
[[nodiscard]] std::vector<std::string_view> foldingNames();
/// @throws NotFoundError naming the known ones
[[nodiscard]] FoldingStyle foldingFrom(std::string_view name);

/// Greys of the surface itself.
struct UnderlayStyle {
    FoldingStyle folding = FoldingStyle::Soft;
    Rgba8 gyrus{196, 196, 198, 255};
    Rgba8 sulcus{150, 150, 153, 255};
    /// Halfway between: what legends show below colours that are not opaque.
    [[nodiscard]] Rgba8 middle() const { return blend(gyrus, {sulcus.r, sulcus.g, sulcus.b, 128}); }
};

/// What lies on the cortex: a colour a vertex, left hemisphere then right; transparent shows the surface.
struct Overlay {
    std::vector<Rgba8> colors;
    /// Empty: colours blend from vertex to vertex. Otherwise a class a vertex: colours never cross a class's border.
    std::vector<std::int16_t> classes;
};

/// Greys of one hemisphere by folding: gyri light, sulci dark; gyrus grey where the folding is unknown or not shown.
[[nodiscard]] std::vector<Rgba8> underlayColors(const CortexSide& side, const UnderlayStyle& style);

/// Final colours of one hemisphere: overlay over underlay; the medial wall keeps the surface's grey.
/// @param overlay  this hemisphere's part; empty: nothing lies on the surface
/// @throws ShapeError if the sizes differ
[[nodiscard]] std::vector<Rgba8> surfaceColors(const CortexSide& side, const UnderlayStyle& style,
                                               std::span<const Rgba8> overlay);

/// The same over greys that `underlayColors` made.
[[nodiscard]] std::vector<Rgba8> colorsOver(const CortexSide& side, std::span<const Rgba8> underlay,
                                            std::span<const Rgba8> overlay);

/// A run of vertices that is being coloured: a colour and a class each.
struct OverlayPart {
    std::span<Rgba8> colors;
    std::span<std::int16_t> classes;
};

/// An overlay of classes, still to be coloured.
[[nodiscard]] Overlay overlayFor(std::size_t vertices);

/// Calls `paint(first vertex, part)` for parts of an overlay with classes, of `most` vertices or fewer.
template <typename Paint>
void forParts(Overlay& overlay, std::size_t most, Paint paint) {
    for (std::size_t first = 0; first < overlay.colors.size(); first += most) {
        const std::size_t count = std::min(most, overlay.colors.size() - first);
        paint(first, OverlayPart{std::span(overlay.colors).subspan(first, count),
                                 std::span(overlay.classes).subspan(first, count)});
    }
}

/// Gives what is clear the class of what is not shown, so that it ends at a sharp border.
void closeHidden(const OverlayPart& part);

/// Colours a part of what `scoreOverlay` colours.
void colorScores(std::span<const float> values, const ColorScale& scale, const OverlayPart& part);
/// Colours a part of what `layerOverlay` colours.
/// @param shares  0 … 255 a vertex, of which opacities keep a share; empty: all of it
void colorLayers(std::span<const std::int16_t> layers, std::span<const float> scores, const LayerScale& colors,
                 const ColorScale& opacity, const OverlayPart& part, std::span<const std::uint8_t> shares = {});

/// An overlay of a continuous map, a value a vertex. Colours blend between vertices, but not with the surface where
/// there is no value or a threshold cuts.
[[nodiscard]] Overlay scoreOverlay(std::span<const float> values, const ColorScale& scale);

/// An overlay of a best-layer map. Opacity follows the score through `scores` (its threshold and fade); vertices not
/// shown form a class of their own.
/// @throws ShapeError if the sizes differ
[[nodiscard]] Overlay layerOverlay(std::span<const std::int16_t> layers, std::span<const float> scores,
                                   const LayerScale& colors, const ColorScale& opacity);

} // namespace brainlike
