#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// A colour as drawn: 8 bits a channel, sRGB, not premultiplied.
struct Rgba8 {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    friend bool operator==(const Rgba8&, const Rgba8&) = default;
};

/// A named, perceptually uniform colour map: 256 colours from `resources/colormaps/<name>.json`.
class ColorMap {
public:
    /// @throws NotFoundError listing the known names
    [[nodiscard]] static ColorMap named(std::string_view name);
    /// Names of all bundled maps, sorted.
    [[nodiscard]] static std::vector<std::string> names();

    ColorMap(std::string name, std::vector<Rgba8> colors);

    [[nodiscard]] const std::string& name() const { return m_name; }
    /// @param position  0 … 1, clamped
    [[nodiscard]] Rgba8 at(double position) const;

private:
    std::string m_name;
    std::vector<Rgba8> m_colors;
};

} // namespace brainlike
