#pragma once

#include "core/color/ColorScale.h"

#include <cstdint>
#include <vector>

namespace brainlike {

/// A picture: 4 bytes a pixel (R, G, B, A), rows from the top.
struct RgbaImage {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> bytes;

    [[nodiscard]] Rgba8 at(int x, int y) const {
        const std::uint8_t* pixel =
            bytes.data() +
            (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 4;
        return {pixel[0], pixel[1], pixel[2], pixel[3]};
    }
};

} // namespace brainlike
