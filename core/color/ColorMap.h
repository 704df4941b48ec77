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

/// A colour map, low to high: the bundled ones, from `resources/colormaps/<name>.json`, are perceptually uniform and
/// have 256 colours, or few if they are discrete.
class ColorMap {
public:
    /// @throws NotFoundError listing the known names
    [[nodiscard]] static ColorMap named(std::string_view name);
    /// Names of all bundled maps, sorted.
    [[nodiscard]] static std::vector<std::string> names();
    /// Names of the bundled maps of a kind: "sequential", "diverging" or "discrete".
    [[nodiscard]] static std::vector<std::string> names(std::string_view kind);

    ColorMap(std::string name, std::vector<Rgba8> colors);

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::vector<Rgba8>& colors() const { return m_colors; }
    /// Every colour has an equal share of the way.
    /// @param position  0 … 1, clamped
    [[nodiscard]] Rgba8 at(double position) const;

private:
    std::string m_name;
    std::vector<Rgba8> m_colors;
};

} // namespace brainlike
