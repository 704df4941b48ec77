#pragma once

#include "core/session/Selection.h"
#include "views/scene/CortexGeometry.h"
#include "views/scene/MapStack.h"
#include "views/scene/SurfaceColors.h"
#include "views/scene/SurfaceLines.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace brainlike {

/// Every line that a selection wants on the cortex.
struct CortexLines {
    bool areOutlinesVisible = false;
    std::shared_ptr<const SurfaceLines> outlines; ///< null: those of the geometry's own parcellation
    std::vector<SurfaceLines> lines;              ///< over the outlines: chosen areas, regions of interest, contours
};

/// What contours are taken from: values a vertex, left then right, and the levels to draw.
struct ContourBasis {
    std::vector<float> values;
    std::vector<double> levels;
    Rgba8 color;
    std::vector<std::int32_t> labels = {}; ///< instead of values: all their borders are drawn
    std::vector<float> within = {};        ///< a value a vertex: only where it is 0 or more; empty: everywhere
};

/// The contours that a selection wants of its first map: around q < 0.01, and where the map equals its threshold (of a
/// map with colours on both sides of zero also the opposite).
[[nodiscard]] std::vector<ContourBasis> contoursOf(const CortexMap& map, const Selection& selection, bool isTwoTailed);

/// Lines around what maps above the first one show, of those that want one: where threshold and significance let them
/// begin, seen or not; the borders of labels.
[[nodiscard]] std::vector<ContourBasis> stackContours(std::span<const ColoredMap> maps);

/// @param parcellation  that the selection names; null: the geometry's own
/// Takes a while for all areas of another parcellation: call it in a job.
[[nodiscard]] CortexLines cortexLines(const CortexGeometry& geometry, const Parcellation* parcellation,
                                      const Selection& selection, std::span<const ContourBasis> contours);

/// Borders of the areas of these names, on both hemispheres or on one.
[[nodiscard]] SurfaceLines areaBorders(const CortexGeometry& geometry, const Parcellation& parcellation,
                                       std::span<const std::string> areas);

/// Borders of a region of interest, in its colour.
[[nodiscard]] SurfaceLines roiBorders(const CortexGeometry& geometry, const Roi& roi);

/// Vertices that keep their colours while a selection isolates: those of the chosen areas, without any those of the
/// regions of interest; a value a vertex, left then right. Empty: all.
[[nodiscard]] std::vector<std::uint8_t> isolatedVertices(const Parcellation* parcellation, const Selection& selection,
                                                         const VertexCounts& counts);

/// Takes the colours off all other vertices, with a sharp border.
/// @param keep  a value a vertex; empty: all
void isolate(Overlay& overlay, std::span<const std::uint8_t> keep);

} // namespace brainlike
