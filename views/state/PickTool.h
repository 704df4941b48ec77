#pragma once

namespace brainlike {

/// What a click on the cortex does.
struct PickTool {
    enum class Mode {
        Vertex, ///< picks the vertex
        Area,   ///< chooses the area
        Brush   ///< paints a region of interest: all within a radius along the surface
    };
    Mode mode = Mode::Vertex;
    double radius = 5; ///< of the brush, mm
    friend bool operator==(const PickTool&, const PickTool&) = default;
};

} // namespace brainlike
