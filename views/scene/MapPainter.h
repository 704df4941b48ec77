#pragma once

#include "views/scene/CortexMap.h"

#include <cstdint>
#include <vector>

namespace brainlike {

/// Classes that the vertices of a map can have.
struct ClassRange {
    int low = -1, high = 0;
};

/// The colours of one map, made ready once for any run of its vertices: few at a time stay in the processor's cache
/// while maps are put over each other. Keeps references to the map and its colours.
class MapPainter {
public:
    /// Vertices coloured at a time, at most.
    static constexpr std::size_t mostVertices = 4096;

    /// @throws ShapeError if parts of the map differ in size
    MapPainter(const CortexMap& map, const MapColors& colors);

    [[nodiscard]] std::size_t vertexCount() const;
    [[nodiscard]] ClassRange classes() const { return m_classes; }
    /// Colours vertices from `first` on, as many as the part has, `mostVertices` or fewer.
    void paint(std::size_t first, const OverlayPart& part) const;

private:
    void paintLabels(std::size_t first, const OverlayPart& part) const;
    void paintLayers(std::size_t first, std::span<const float> scores, const OverlayPart& part) const;
    void showAreas(std::size_t first, const OverlayPart& part) const;
    void showStates(std::size_t first, const OverlayPart& part) const;
    void fadeByQ(std::size_t first, const OverlayPart& part) const;

    const CortexMap& m_map;
    const MapColors& m_colors;
    ClassRange m_classes;
    std::vector<Rgba8> m_labels;           ///< label maps: a colour a label
    std::vector<std::uint8_t> m_opacities; ///< by the leading bits of q, where it fades
};

} // namespace brainlike
