#pragma once

#include "core/base/Matrix.h"
#include "core/scores/DimensionGroups.h"
#include "core/stats/Correlation.h"

#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// Threshold on q below which a vertex takes part in vertex-wise scores (METHODS 6, 7).
inline constexpr double significanceThreshold = 0.01;

/// Spatial score: Pearson correlation over units (areas, vertices or ROIs) between the depth of the best layer and the
/// distance to V1. Units without a best layer or a distance are left out.
///
/// @param bestLayer    layer index a unit, −1 none
/// @param layerDepths  relative depth of each layer, in [0, 1]
/// @param distances    d* of each unit, mm; NaN: left out
/// @throws ShapeError if sizes differ or a layer index has no depth
/// Source: METHODS 6 "Spatial score".
[[nodiscard]] Correlation spatialScore(std::span<const std::int16_t> bestLayer, std::span<const double> layerDepths,
                                       std::span<const double> distances);

/// Spatial score of groups of vertices (areas, the default level, or ROIs): the best layer of each group's mean R.
///
/// @param mean       group R, layers × vertices
/// @param distances  d* of each group, mm
[[nodiscard]] Correlation spatialScore(const RowMatrix<float>& mean, const DimensionGroups& groups,
                                       std::span<const double> layerDepths, std::span<const double> distances);

/// Spatial score over the vertices of a mask.
///
/// @param mask  not 0: the vertex takes part (see significantAtBestLayer)
[[nodiscard]] Correlation spatialScore(std::span<const std::int16_t> bestLayer, std::span<const double> layerDepths,
                                       std::span<const double> distances, std::span<const std::uint8_t> mask);

/// 1 for every vertex that passes FDR: q below the threshold at its best layer.
///
/// @param q  layers × vertices
/// @throws ShapeError if sizes differ
[[nodiscard]] std::vector<std::uint8_t> significantAtBestLayer(std::span<const std::int16_t> bestLayer,
                                                               const RowMatrix<float>& q,
                                                               double threshold = significanceThreshold);

} // namespace brainlike
