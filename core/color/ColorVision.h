#pragma once

#include "core/color/ColorMap.h"

#include <string_view>

namespace brainlike {

/// Whose eyes look at a picture: for checking that it can be read by everybody.
enum class ColorVision { Common, Protanopia, Deuteranopia, Tritanopia };

/// "" is common vision; "protanopia", "deuteranopia", "tritanopia".
/// @throws NotFoundError listing the names
[[nodiscard]] ColorVision colorVisionFrom(std::string_view name);

/// A colour as it looks to somebody without one kind of cone. Opacity is kept, greys stay the same.
/// Source: Machado, Oliveira & Fernandes 2009 (doi 10.1109/TVCG.2009.113), matrices of severity 1, applied to linear
/// sRGB.
[[nodiscard]] Rgba8 seenWith(Rgba8 color, ColorVision vision);
[[nodiscard]] ColorMap seenWith(const ColorMap& map, ColorVision vision);

} // namespace brainlike
