#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace brainlike {

enum class Hemisphere { Left = 0, Right = 1 };

inline constexpr std::array hemispheres{Hemisphere::Left, Hemisphere::Right};

/// "lh" or "rh", as in files and ids.
[[nodiscard]] constexpr std::string_view shortName(Hemisphere hemisphere) {
    return hemisphere == Hemisphere::Left ? "lh" : "rh";
}

/// Index 0 (left) or 1 (right), for arrays with one entry a hemisphere.
[[nodiscard]] constexpr std::size_t indexOf(Hemisphere hemisphere) {
    return static_cast<std::size_t>(hemisphere);
}

/// A vertex of the cortex: hemisphere and index within it, from 0.
struct VertexId {
    Hemisphere hemisphere = Hemisphere::Left;
    int index = 0;
    friend bool operator==(const VertexId&, const VertexId&) = default;
};

/// Vertices a hemisphere, left first: the layout of every whole-cortex array (left vertices, then right ones).
struct VertexCounts {
    int left = 0;
    int right = 0;
    [[nodiscard]] int total() const { return left + right; }
    [[nodiscard]] int of(Hemisphere hemisphere) const { return hemisphere == Hemisphere::Left ? left : right; }
    [[nodiscard]] int offset(Hemisphere hemisphere) const { return hemisphere == Hemisphere::Left ? 0 : left; }
    [[nodiscard]] int flatIndex(VertexId vertex) const { return offset(vertex.hemisphere) + vertex.index; }
    [[nodiscard]] VertexId vertexAt(int flat) const {
        return flat < left ? VertexId{Hemisphere::Left, flat} : VertexId{Hemisphere::Right, flat - left};
    }
    friend bool operator==(const VertexCounts&, const VertexCounts&) = default;
};

} // namespace brainlike
