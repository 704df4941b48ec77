#pragma once

#include "core/color/ColorMap.h"
#include "core/color/ColorVision.h"

#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// A continuous scale: the one function behind the cortex, the colour bar and the legend.
struct ColorScale {
    ColorMap map;
    double low = 0;             ///< value of the first colour
    double high = 1;            ///< value of the last colour
    double threshold = 0;       ///< values below are transparent ("not shown"), as are NaN
    double fade = 0;            ///< share of high − low, from the threshold up, over which colours grow, with its
                                ///< square, from clear to opaque
    bool isLogarithmic = false; ///< colours by the logarithm; low must be above 0
    bool isTwoTailed = false;   ///< threshold and fade count from zero, up and down

    [[nodiscard]] Rgba8 colorOf(double value) const;
    /// 0 at low, 1 at high, beyond them outside of both.
    [[nodiscard]] double positionOf(double value) const;
    /// The value at a position.
    [[nodiscard]] double valueAt(double position) const;
    /// Whether the threshold hides a part of the range.
    [[nodiscard]] bool cuts() const;
    /// 0 (not shown) … 1 for a value, by threshold and fade alone.
    [[nodiscard]] double opacityOf(double value) const;
    /// One colour a value. @throws ShapeError if the sizes differ
    void apply(std::span<const float> values, std::span<Rgba8> colors) const;
};

/// A discrete, ordered scale over layers, first to last.
struct LayerScale {
    int count = 0;
    ColorVision vision = ColorVision::Common;
    /// Colour of a layer; −1 (none) is transparent. The same in every panel.
    [[nodiscard]] Rgba8 colorOf(int layer) const;
    /// One colour a layer index. @throws ShapeError if the sizes differ
    void apply(std::span<const std::int16_t> layers, std::span<Rgba8> colors) const;
};

/// `top` over `bottom`, by top's opacity; the result is opaque where bottom is.
[[nodiscard]] Rgba8 blend(Rgba8 bottom, Rgba8 top);

/// Round tick values inside [low, high] (1, 2, 2.5 or 5 times a power of ten), about `wanted` of them.
[[nodiscard]] std::vector<double> roundTicks(double low, double high, int wanted);
/// Round tick values inside [low, high] of a logarithmic scale, at most `most`: powers of ten, with 2 and 5 times them
/// where there is room. Both ends must be above 0.
[[nodiscard]] std::vector<double> logTicks(double low, double high, int most);
/// Shortest text for a tick that tells neighbours `spacing` apart from each other, "−" as the minus sign.
[[nodiscard]] std::string tickText(double value, double spacing);
/// The smallest of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not below `value`: a round end for a
/// scale. 1 if the value is not positive and finite.
[[nodiscard]] double roundUp(double value);

} // namespace brainlike
