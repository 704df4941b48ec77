#pragma once

#include "views/scene/PanelPixels.h"
#include "views/scene/RgbaImage.h"

#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// Draws a scene on the processor alone: many times faster than a graphics driver that works in software, and the same
/// picture within rounding. Remembers what is seen where: as long as only colours change, no face is drawn again.
class SoftwareRenderer {
public:
    /// Draws a scene whose view has this size. The picture is valid until the next call.
    ///
    /// @param sampling    n: n × n samples a pixel, for smooth edges
    /// @param pixelScale  pixels to one of the style's line widths
    const RgbaImage& draw(const CortexScene& scene, int width, int height, int sampling = 1, double pixelScale = 1);
    /// The last picture was made of faces that had been found before.
    [[nodiscard]] bool wasRecoloredOnly() const { return m_wasRecoloredOnly; }

private:
    /// Everything that decides what is seen where.
    struct Key {
        std::vector<double> numbers;
        friend bool operator==(const Key&, const Key&) = default;
    };
    /// Of each of the maps beside each other.
    using Sides = std::vector<std::array<SideDrawing, 2>>;
    /// A piece of a panel.
    struct Piece {
        int part = 0; ///< of which map
        PanelPixels pixels;
    };
    void find(const CortexScene& scene, const Sides& sides, int sampling, const LineWidths& widths);
    void color(const CortexScene& scene, const Sides& sides, int sampling);

    std::optional<Key> m_key;
    std::vector<Piece> m_pieces;
    RgbaImage m_image;
    bool m_wasRecoloredOnly = false;
};

} // namespace brainlike
