#pragma once

#include "views/scene/CortexScene.h"

#include <array>
#include <cstdint>
#include <vector>

namespace brainlike {

/// Rows and columns of samples.
struct SampleBox {
    int left = 0, top = 0, right = 0, bottom = 0; ///< right and bottom excluded
    [[nodiscard]] int width() const { return right - left; }
    [[nodiscard]] int height() const { return bottom - top; }
};

/// Widths of lines, samples.
struct LineWidths {
    double outline = 0; ///< 0: no outlines
    double line = 0, casing = 0;
};

/// What is seen at each sample of one part of a panel: which face, where in it, how bright, and how much outline. Found
/// by drawing the faces in software; colours are looked up later, as often as they change.
class PanelPixels {
public:
    /// @param box       samples to fill, in those of the picture
    /// @param sampling  samples along the edge of a pixel
    PanelPixels(const PanelView& panel, const std::array<SideDrawing, 2>& sides, const SampleBox& box, int sampling,
                const LineWidths& widths);

    /// Colours of a row of samples, RGBA in one number (R lowest).
    void colorRow(int row, const std::array<SideDrawing, 2>& sides, Rgba8 background, Rgba8 outline,
                  std::uint32_t* colors) const;
    [[nodiscard]] const SampleBox& box() const { return m_box; }

private:
    struct Projection;
    struct Corner {
        float x, y, z, light;
    };
    [[nodiscard]] static std::vector<Corner> project(const Projection& projection, const SideDrawing& side);
    void fillFaces(const std::vector<Corner>& corners, const SideDrawing& side, std::uint32_t sideBit);
    void fillFace(const Corner& a, const Corner& b, const Corner& c, std::uint32_t id);
    void drawLines(const Projection& projection, std::span<const float> lines, float width, std::uint16_t ink);
    void drawLine(const Corner& from, const Corner& to, float width, float bias, std::uint16_t ink);
    void drawAllLines(const PanelView& panel, const std::array<SideDrawing, 2>& sides, int sampling,
                      const LineWidths& widths);
    void cover(std::size_t sample, std::uint8_t coverage, std::uint16_t ink);

    /// Where in its face a sample lies, and its light.
    struct Place {
        std::uint8_t first = 0, second = 0; ///< weights of the first two corners, of 255
        std::uint8_t light = 0;             ///< 255: the colour itself
        std::uint8_t outline = 0;           ///< 255: covered by an outline
    };
    SampleBox m_box;
    std::vector<float> m_depth;        ///< towards the viewer, mm
    std::vector<std::uint32_t> m_face; ///< of the hemisphere in the highest bit; all bits: none
    std::vector<Place> m_place;
    std::vector<std::uint16_t>
        m_ink; ///< which line covers: 0 an outline, n the n-th of the extra lines; empty: outlines
};

} // namespace brainlike
