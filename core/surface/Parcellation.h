#pragma once

#include "core/surface/Hemisphere.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// One entry of a parcellation's colour table.
struct Area {
    std::string name; ///< the field's short name ("V1"), without hemisphere prefix or "_ROI" suffix
    std::array<std::uint8_t, 4> color{0, 0, 0, 255};
    bool isCortex = true; ///< false for the medial wall and unknown entries ("???", "unknown", "corpuscallosum")
};

/// An entry of a colour table under the field's short name ("L_V1_ROI" → "V1"); not cortex if the name says so.
[[nodiscard]] Area areaFromTable(std::string_view tableName, std::array<std::uint8_t, 4> color);

/// Labels of one hemisphere.
struct Annotation {
    std::vector<Area> areas;
    std::vector<std::int32_t> labels; ///< per vertex: index into `areas`, −1 where none
};

/// A division of both hemispheres into named areas.
struct Parcellation {
    std::string name;                ///< e.g. "HCP-MMP1"
    std::array<Annotation, 2> sides; ///< left, right

    [[nodiscard]] const Annotation& side(Hemisphere hemisphere) const { return sides[indexOf(hemisphere)]; }
    /// The cortical area of a vertex, or nothing on the medial wall and where unlabelled.
    [[nodiscard]] const Area* areaOf(VertexId vertex) const;
    /// Vertices of a named area, in ascending order; empty if the hemisphere has no such area.
    [[nodiscard]] std::vector<int> verticesOf(Hemisphere hemisphere, std::string_view areaName) const;
};

} // namespace brainlike
