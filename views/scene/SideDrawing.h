#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// Lines of one colour.
struct LineDrawing {
    std::span<const float> lines; ///< 6 a line
    std::array<std::uint8_t, 3> color{};
    bool isCasing = false; ///< wider, below the lines
};

/// What is drawn of one hemisphere, as plain numbers.
struct SideDrawing {
    std::span<const float> points, normals; ///< 3 a point
    std::span<const std::int32_t> faces;    ///< 3 a face
    std::span<const std::uint8_t> colors;   ///< 4 a point
    std::span<const float> lines;           ///< outlines: 6 a line
    std::vector<LineDrawing> extraLines;    ///< over the outlines; as many on both hemispheres
    bool isClosed = true;                   ///< faces that look away from the viewer are hidden by others
    std::uint64_t shape = 0;                ///< another number whenever anything but the colours has changed
};

} // namespace brainlike
